import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, type Choice, standingOf } from "./journal-regions-assign";

const place = (usageLocation: string, office: string, ...addresses: string[]) => ({ usageLocation, office, addresses });
const choice = (more: Partial<Choice> = {}): Choice => ({ regions: ["us", "eu"], by: "usageLocation", values: {}, people: {}, ...more });

const PLACES = [place("US", "Austin", "ann@x.com"), place("DE", "Berlin", "bob@x.com"), place("", "", "cyd@x.com")];

describe("who belongs where", () => {
  it("everybody else belongs to the first region", () => {
    expect(assign(PLACES, choice({ values: { eu: ["DE"] } })).of).toEqual({ us: ["ann@x.com", "cyd@x.com"], eu: ["bob@x.com"] });
  });

  it("whoever is picked is where they were picked, whatever their usage location", () => {
    const picked = choice({ values: { eu: ["DE"] }, people: { us: ["bob@x.com"], eu: ["Ann@x.com"] } });
    expect(assign(PLACES, picked).of).toEqual({ us: ["bob@x.com", "cyd@x.com"], eu: ["ann@x.com"] });
  });

  it("picked for both: the region that is not everybody else's", () => {
    expect(assign(PLACES, choice({ people: { us: ["ann@x.com"], eu: ["ann@x.com"] } })).of["eu"]).toEqual(["ann@x.com"]);
  });

  it("no usage location can be chosen like any other", () => {
    expect(assign(PLACES, choice({ values: { eu: ["-"] } })).of["eu"]).toEqual(["cyd@x.com"]);
  });

  it("by office, whatever its case", () => {
    expect(assign(PLACES, choice({ by: "office", values: { eu: ["berlin"] } })).of["eu"]).toEqual(["bob@x.com"]);
  });

  it("by group: its members, and those that are nobody are named and left out", () => {
    const { of, outsiders } = assign(PLACES, choice({ by: "group" }), { eu: ["bob@x.com", "all-of-berlin@x.com"] });
    expect(of).toEqual({ us: ["ann@x.com", "cyd@x.com"], eu: ["bob@x.com"] });
    expect(outsiders["eu"]).toEqual(["all-of-berlin@x.com"]);
  });

  it("somebody picked who is not in the directory is named and left out", () => {
    const { of, strangers } = assign(PLACES, choice({ people: { eu: ["gone@x.com"] } }));
    expect(of["eu"]).toEqual([]);
    expect(strangers).toEqual([{ address: "gone@x.com", region: "eu" }]);
  });

  it("without the directory, only who was named belongs anywhere", () => {
    const { of, strangers } = assign(null, choice({ people: { eu: ["bob@x.com"] } }));
    expect(of).toEqual({ us: [], eu: ["bob@x.com"] });
    expect(strangers).toEqual([]);
  });

  it("nobody twice, nobody lost, whatever is chosen", () => {
    const region = fc.constantFrom("us", "eu", "asia");
    const address = fc.integer({ min: 0, max: 12 }).map((n) => `p${n}@x.com`);
    const lists = fc.dictionary(region, fc.array(address, { maxLength: 6 }));
    const any = fc.record({
      by: fc.constantFrom("usageLocation", "office", "group", "picked"),
      values: fc.dictionary(region, fc.array(fc.constantFrom("DE", "US", "-", "Berlin"))),
      people: lists,
      members: lists,
    });
    const places = fc
      .uniqueArray(fc.tuple(address, fc.constantFrom("DE", "US", ""), fc.constantFrom("Berlin", "")), { selector: ([a]) => a })
      .map((all) => all.map(([a, usageLocation, office]) => place(usageLocation, office, a)));
    fc.assert(
      fc.property(places, any, (all, { members, ...chosen }) => {
        const { of } = assign(all, { ...chosen, regions: ["us", "eu", "asia"] }, members);
        const put = Object.values(of).flat().sort();
        expect(put).toEqual(all.flatMap((p) => p.addresses).sort());
      }),
    );
  });
});

describe("the lists, held against that", () => {
  const assigned = assign(PLACES, choice({ values: { eu: ["DE"] } }));

  it("names who is missing, in two lists, in the wrong one, in none, and who is nobody", () => {
    const standing = standingOf(assigned, { us: ["bob@x.com", "ann@x.com", "list@x.com"], eu: ["ann@x.com"] }, true);
    expect(standing).toEqual({
      missing: { us: ["cyd@x.com"], eu: ["bob@x.com"] },
      twice: [{ address: "ann@x.com", regions: ["us", "eu"] }],
      astray: [{ address: "bob@x.com", is: "us", should: "eu" }],
      nowhere: ["cyd@x.com"],
      foreign: { us: ["list@x.com"], eu: [] },
    });
  });

  it("nothing is wrong when everybody is where they belong", () => {
    const { missing, twice, astray, nowhere } = standingOf(assigned, assigned.of, true);
    expect([missing["us"], missing["eu"], twice, astray, nowhere].flat()).toEqual([]);
  });
});
