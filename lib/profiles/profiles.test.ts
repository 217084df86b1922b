/** Promises about the vendors' facts. */
import { describe, expect, it } from "vitest";
import { coversIp, whyRefused } from "@/lib/model/addresses";
import { profileOf, profiles } from "./all";
import { area1 } from "./area1";
import { cloudflare } from "./cloudflare";

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

  it("is found by its id", () => {
    expect(profileOf(profile.id)).toBe(profile);
  });
});

it("both profiles speak the same shape", () => {
  expect(shape(area1)).toEqual(shape(cloudflare));
});
