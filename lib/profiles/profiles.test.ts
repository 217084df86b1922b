/** Promises about the vendors' facts. */
import { describe, expect, it } from "vitest";
import { coversIp, whyRefused } from "@/lib/model/addresses";
import { CHOICES, type Choice } from "@/lib/model/destinations";
import { profileOf, profiles } from "./all";
import { area1 } from "./area1";
import { cloudflare } from "./cloudflare";
import { moveChoice } from "./retraction";

/** What a value is made of, without what it says: lists by their first element. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, shape(v)]),
  );
};

const isFact = (value: unknown): value is { source: string; date: string } => typeof value === "object" && value !== null;
const factsIn = (profile: object) => Object.values(profile).filter(isFact);

describe.each(Object.values(profiles))("profile $id", (profile) => {
  it("names every egress address in a form that Microsoft 365 accepts", () => {
    expect(profile.egress.value.map(whyRefused).filter((why) => why !== null)).toEqual([]);
  });

  it("has 42 egress entries, none twice, none inside another", () => {
    const { value } = profile.egress;
    expect(value).toHaveLength(42);
    const inside = value.filter((one) => value.some((other) => other !== one && coversIp(other, one)));
    expect(inside).toEqual([]);
  });

  it("covers all of the published /19 and /23, and not one address more", () => {
    const covered = (network: string) => profile.egress.value.filter((entry) => coversIp(network, entry)).length * 256;
    expect(covered("104.30.32.0/19")).toBe(2 ** 13);
    expect(covered("134.195.26.0/23")).toBe(2 ** 9);
  });

  it("gives the source and the date of every fact", () => {
    for (const { source, date } of factsIn(profile)) {
      expect(source.length).toBeGreaterThan(10);
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it("takes only hosts of its own into its regions", () => {
    const hosts = profile.regions.value.flatMap((r) => r.hosts).map((h) => h.host);
    expect(hosts.filter((host) => !profile.mxSuffixes.value.some((suffix) => host.endsWith(`.${suffix}`)))).toEqual([]);
  });

  it("has each of the five choices once, in the order of harm, with a label and a line of its own", () => {
    const { choices } = profile.retraction.value;
    expect(choices.map(({ choice }) => choice)).toEqual([...CHOICES]);
    expect(new Set(choices.map(({ label }) => label)).size).toBe(CHOICES.length);
    expect(choices.every(({ says }) => says.trim().length > 10)).toBe(true);
    expect(CHOICES.map((choice) => moveChoice(choice, profile).choice)).toEqual([...CHOICES]);
  });

  it("a choice leads to the same folder in both products, but for the soft delete", () => {
    const folder = (choice: Choice) => moveChoice(choice, profile).folder;
    expect([folder("none"), folder("junk"), folder("trash"), folder("hard")]).toEqual([
      null,
      "JunkEmail",
      "DeletedItems",
      "RecoverableItemsPurges",
    ]);
    expect(folder("soft")).toBe(profile.id === "area1" ? "DeletedItems" : "RecoverableItemsDeletions");
  });

  it("says of choices that end in the same folder that they do", () => {
    const { choices } = profile.retraction.value;
    const twins = choices.filter((one) => choices.some((other) => other !== one && other.folder === one.folder));
    expect(twins.map(({ says }) => says.includes("ends in the same place") || says.includes("end in the same place"))).toEqual(
      twins.map(() => true),
    );
  });

  it("says of the hard delete that eDiscovery alone brings a message back", () => {
    expect(moveChoice("hard", profile).says).toContain("eDiscovery");
  });

  it("asks for the least set to move messages: it may write mail, and only read all else", () => {
    const { permissions } = profile.retraction.value;
    expect(permissions.filter((name) => !/^[A-Za-z]+\.Read\.All$/.test(name))).toEqual(["Mail.ReadWrite"]);
    expect(new Set(permissions).size).toBe(6);
  });

  it("has a message for support that names the menu that does not show", () => {
    const { support, menu } = profile.retraction.value;
    expect(support.message).toContain(menu);
    expect(support.place.length).toBeGreaterThan(5);
  });

  it("is found by its id", () => {
    expect(profileOf(profile.id)).toBe(profile);
  });
});

it("both profiles speak the same shape", () => {
  expect(shape(area1)).toEqual(shape(cloudflare));
});

it("Area 1 keeps its own words for retraction", () => {
  const { application, menu, choices } = area1.retraction.value;
  expect([application, menu]).toEqual(["Area 1 Security Synchronator", "RETRACT SETTINGS"]);
  expect(choices.map(({ label }) => label)).toEqual([
    "No Action",
    "Junk Email",
    "Trash",
    "Soft Delete — user recoverable (Microsoft only)",
    "Hard Delete — admin recoverable (Microsoft and Google)",
  ]);
});

it("Cloudflare's dashboard offers the trash for Google Workspace only", () => {
  expect(cloudflare.retraction.value.choices.filter(({ isGoogleOnly }) => isGoogleOnly).map(({ choice }) => choice)).toEqual(["trash"]);
  expect(area1.retraction.value.choices.some(({ isGoogleOnly }) => isGoogleOnly)).toBe(false);
});
