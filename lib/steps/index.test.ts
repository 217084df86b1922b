/** Promises of the whole catalogue. */
import { describe, expect, it } from "vitest";
import { profiles } from "@/lib/profiles/all";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { catalogue, chooseAccess, domainsIn, profileIn, stepOf, trackOf, tracks } from "./index";
import { usedBy } from "./permissions";
import { settingsFor } from "./shape";

const ids = catalogue.map((step) => step.id);

it("every step is in exactly one track, in the catalogue's order", () => {
  expect(tracks.flatMap((track) => track.steps)).toEqual(ids);
  for (const id of ids) expect(trackOf(id).steps).toContain(id);
});

it("every step comes after those it needs", () => {
  for (const step of catalogue) for (const need of step.needs) expect(ids.indexOf(need)).toBeLessThan(ids.indexOf(step.id));
});

it("what a step takes over is a setting of an earlier step", () => {
  for (const step of catalogue) {
    for (const [property, from] of Object.entries(step.inherits)) {
      // Which tracks were chosen decides what the first step asks for; the second is where they are chosen.
      if (property !== "tracks") expect(ids.indexOf(from)).toBeLessThan(ids.indexOf(step.id));
      expect(Object.keys(stepOf(from)?.atFirst ?? {})).toContain(property);
    }
  }
});

it("first settings parse, and parse to themselves", () => {
  for (const step of catalogue) expect(step.parse(step.atFirst)).toEqual({ ok: true, settings: step.atFirst });
});

it("the profile, the domains and the access are found where they are kept", () => {
  const saved = (step: string) => (step === "choose-domains" ? { profile: "area1", domains: ["contoso.com"] } : {});
  expect(profileIn(saved)).toBe("area1");
  expect(profileIn(() => ({}))).toBeNull();
  expect(domainsIn((step) => settingsFor(step, saved))).toEqual(["contoso.com"]);
  expect(chooseAccess("without")).toEqual({ step: "connect-tenant", value: { access: "without" } });
});

it("asks for exactly these permissions, none to read mail, none that writes to the directory", () => {
  const asked = [...usedBy(catalogue, cloudflare).keys()].sort();
  expect(asked).toEqual([
    "Application.Read.All",
    "Domain.Read.All",
    "Exchange.ManageAsApp",
    "Organization.Read.All",
    "RoleManagement.Read.Directory",
    "User.Read.All",
  ]);
});

describe.each(Object.values(profiles))("texts of $id", (profile) => {
  it.each(ids)("%s says everything a person needs", (id) => {
    const texts = stepOf(id)?.texts(profile);
    expect(texts?.why).toHaveLength(3);
    for (const text of [texts?.title, texts?.hint, texts?.should, texts?.role, texts?.takes, texts?.undo])
      expect(text?.trim().length ?? 0).toBeGreaterThan(3);
    expect(texts?.fails.length).toBeGreaterThan(0);
    expect(texts?.byHand.length).toBeGreaterThan(0);
    expect(texts?.links.every(({ href }) => href.startsWith("https://"))).toBe(true);
  });

  it.each(ids)("%s has no cmdlet and no full stop in its title", (id) => {
    const { title = "", hint = "" } = stepOf(id)?.texts(profile) ?? {};
    expect(title).not.toMatch(/\b(Get|Set|New|Enable|Remove)-[A-Z]/);
    expect(`${title} ${hint}`).not.toMatch(/\.$/);
  });
});

it("says once that Office 365 means Microsoft 365", () => {
  const said = catalogue.filter((step) => JSON.stringify(step.texts(cloudflare)).includes("Office 365"));
  expect(said.map((step) => step.id)).toEqual(["connect-tenant"]);
});
