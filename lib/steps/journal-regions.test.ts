import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { fold, type Mine } from "@/lib/model/mine";
import { journalRegions } from "./journal-regions";
import { judged, refusals } from "./testing";

const EU = "journaling-eu@contoso.com";
const US = "journaling-us@contoso.com";
const PEOPLE = [
  { usageLocation: "US", office: "Austin", addresses: ["ann@contoso.com", "abe@contoso.com"] },
  { usageLocation: "DE", office: "Berlin", addresses: ["bob@contoso.com"] },
];
const settings = (more: object = {}) => ({
  domains: ["contoso.com"],
  regions: ["us", "eu"],
  lists: { us: US, eu: EU },
  values: { eu: ["DE"] },
  ...more,
});
const list = (PrimarySmtpAddress: string, Members: readonly string[], more: object = {}) => ({
  Guid: "a-guid-of-exchange",
  Name: PrimarySmtpAddress.split("@")[0],
  PrimarySmtpAddress,
  IsDirSynced: false,
  RecipientTypeDetails: "MailUniversalDistributionGroup",
  Members,
  ...more,
});
const holder = (PrimarySmtpAddress: string) => ({
  Guid: "h",
  Name: "Team Europe",
  PrimarySmtpAddress,
  EmailAddresses: [],
  RecipientTypeDetails: "GroupMailbox",
});
const raw = (more: object = {}) => ({
  people: PEOPLE,
  [`DistributionGroup/${US}`]: [],
  [`DistributionGroup/${EU}`]: [],
  [`Recipient/${US}`]: [],
  [`Recipient/${EU}`]: [],
  ...more,
});
const right = {
  [`DistributionGroup/${US}`]: [list(US, ["ann@contoso.com", "abe@contoso.com"])],
  [`DistributionGroup/${EU}`]: [list(EU, ["bob@contoso.com"])],
};
/** What is ours after these changes were made. */
const madeBy = (changes: ReturnType<typeof judged>["changes"]): Mine =>
  fold(changes.map((change) => ({ change, ...(change.do === "new" ? { made: change.name === "journaling-eu" ? EU : US } : {}) })));

describe("one region", () => {
  it("needs no list, and asks nobody who works where", () => {
    const { checks, changes, fields } = judged(journalRegions, settings({ regions: ["eu"] }), raw());
    expect(checks.map((c) => c.verdict)).toEqual(["pass", "pass"]);
    expect([...changes, ...fields]).toEqual([]);
  });

  it("while nobody has chosen regions, shows who works where, for that choice", () => {
    const { checks, evidence } = judged(journalRegions, settings({ regions: [] }), raw());
    expect(checks.map((c) => c.verdict)).toEqual(["pass", "pass"]);
    expect(evidence.map((t) => t.title)).toEqual(["People by usage location", "People by office"]);
  });

  it("lists that were made for several regions are taken back", () => {
    const mine = madeBy(judged(journalRegions, settings(), raw()).changes);
    const { changes } = judged(journalRegions, settings({ regions: ["us"] }), raw(right), { mine });
    expect(changes.map((c) => [c.do, c.key])).toEqual([
      ["remove", EU],
      ["remove", US],
    ]);
  });
});

describe("several regions", () => {
  it("makes each list with its people in one call", () => {
    const { changes, check } = judged(journalRegions, settings(), raw());
    expect(changes.map((c) => [c.do, c.name])).toEqual([
      ["new", "journaling-us"],
      ["new", "journaling-eu"],
    ]);
    expect(changes[0]?.edits["Members"]).toMatchObject({ add: ["abe@contoso.com", "ann@contoso.com"] });
    expect(check("nowhere")?.saw).toContain("3 people are in no list");
    expect(check("nowhere")?.verdict).toBe("fail");
  });

  it("is right when everybody is in exactly one", () => {
    const { checks, changes } = judged(journalRegions, settings(), raw(right));
    expect(changes).toEqual([]);
    expect(checks.filter((c) => c.verdict !== "pass")).toEqual([]);
  });

  it("overlapping lists: who is in both is named, and what others added is left to them", () => {
    const both = { ...right, [`DistributionGroup/${EU}`]: [list(EU, ["bob@contoso.com", "ann@contoso.com"])] };
    const { check, changes } = judged(journalRegions, settings(), raw(both));
    expect(check("twice")).toMatchObject({ verdict: "fail" });
    expect(check("twice")?.saw).toContain("ann@contoso.com");
    expect(changes).toEqual([]);
  });

  it("who was ours in one list and moves is taken out of it and put into the other", () => {
    const mine = madeBy(judged(journalRegions, settings(), raw()).changes);
    const { changes } = judged(journalRegions, settings({ people: { eu: ["ann@contoso.com"] } }), raw(right), { mine });
    expect(changes.map((c) => [c.key, c.edits["Members"]])).toMatchObject([
      [US, { add: [], remove: ["ann@contoso.com"] }],
      [EU, { add: ["ann@contoso.com"], remove: [] }],
    ]);
  });

  it("a synchronised list is never changed, and says where it can be", () => {
    const synced = { ...right, [`DistributionGroup/${EU}`]: [list(EU, [], { IsDirSynced: true })] };
    const { check, changes } = judged(journalRegions, settings(), raw(synced));
    expect(check("list/eu")?.fix).toBe("Change it on-premises, or choose another list below.");
    expect(changes).toEqual([]);
  });

  it("an address that something else has is not taken", () => {
    const { check, changes } = judged(journalRegions, settings(), raw({ [`Recipient/${EU}`]: [holder(EU)] }));
    expect(check("list/eu")?.saw).toContain("Team Europe");
    expect(changes.map((c) => c.name)).toEqual(["journaling-us"]);
  });

  it("a list in a domain that is not theirs is not made", () => {
    const strange = "eu@fabrikam.com";
    const there = { [`DistributionGroup/${strange}`]: [], [`Recipient/${strange}`]: [] };
    const { check, changes } = judged(journalRegions, settings({ lists: { us: US, eu: strange } }), raw(there));
    expect(check("list/eu")?.saw).toContain("none of your domains");
    expect(changes.map((c) => c.name)).toEqual(["journaling-us"]);
  });

  it("any domain that takes mail is good for a new list", () => {
    const other = "eu@sub.contoso.com";
    const accepted = [{ Guid: "d", Name: "sub.contoso.com", DomainName: "sub.contoso.com", DomainType: "Authoritative", Default: false }];
    const there = { [`DistributionGroup/${other}`]: [], [`Recipient/${other}`]: [], AcceptedDomain: accepted };
    const { changes } = judged(journalRegions, settings({ lists: { us: US, eu: other } }), raw(there));
    expect(changes.map((c) => c.name)).toEqual(["journaling-us", "eu"]);
  });

  it("a directory that cannot be read changes nothing", () => {
    const { people: _, ...rest } = raw();
    const { check, changes } = judged(journalRegions, settings(), rest, { failed: { people: no("denied", "User.Read.All is missing.") } });
    expect(check("people")?.verdict).toBe("unknown");
    expect(changes).toEqual([]);
  });

  it("a list that cannot be read leaves open who is in none, and changes nothing", () => {
    const { [`DistributionGroup/${EU}`]: _, ...rest } = raw(right);
    const failed = { [`DistributionGroup/${EU}`]: no("unreachable", "Exchange does not answer.") };
    const { check, changes } = judged(journalRegions, settings(), rest, { failed });
    expect(["list/us", "list/eu", "twice", "nowhere"].map((id) => check(id)?.verdict)).toEqual(["pass", "unknown", "unknown", "unknown"]);
    expect(changes).toEqual([]);
  });

  it("a list of ours for a region that nobody belongs to any more is taken back", () => {
    const mine = madeBy(judged(journalRegions, settings(), raw()).changes);
    const { changes } = judged(journalRegions, settings({ values: {} }), raw(right), { mine });
    expect(changes.map((c) => [c.do, c.key])).toEqual([
      ["set", US],
      ["remove", EU],
    ]);
  });

  it("without access, the lists hold who was picked, and who is in none stays unknown", () => {
    const { people: _, ...rest } = raw();
    const { check, changes } = judged(
      journalRegions,
      settings({ access: "without", by: "picked", people: { eu: ["bob@contoso.com"] } }),
      rest,
    );
    expect(changes.map((c) => c.name)).toEqual(["journaling-eu"]);
    expect(check("list/us")?.verdict).toBe("fail");
  });

  it("by group: a group that can't be read changes nothing", () => {
    const chosen = settings({ by: "group", values: { eu: ["staff@contoso.com"] } });
    const { check, changes } = judged(journalRegions, chosen, raw({ "DistributionGroup/staff@contoso.com": [] }));
    expect(check("group/eu")?.verdict).toBe("fail");
    expect(changes).toEqual([]);
    const read = judged(
      journalRegions,
      chosen,
      raw({ "DistributionGroup/staff@contoso.com": [list("staff@contoso.com", ["abe@contoso.com"])] }),
    );
    expect(read.changes[1]?.edits["Members"]).toMatchObject({ add: ["abe@contoso.com"] });
  });

  it("shows before anything is chosen how many people each place has", () => {
    const { evidence, fields } = judged(journalRegions, settings({ lists: {}, values: {} }), { people: PEOPLE });
    expect(evidence.find((t) => t.title === "People by usage location")?.rows).toEqual([
      ["US", "2", "United States and everybody else"],
      ["DE", "1", "United States and everybody else"],
    ]);
    expect(fields.map((f) => [f.name, f.value])).toEqual([
      ["lists.us", US],
      ["lists.eu", EU],
      ["by", undefined],
      ["values.eu", undefined],
    ]);
  });

  it("ten thousand people are told apart in the time of a page", () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `person-${n}@contoso.com`);
    const begun = performance.now();
    const { changes } = judged(
      journalRegions,
      settings(),
      raw({ people: [{ usageLocation: "DE", office: "", addresses: many }, ...PEOPLE] }),
    );
    expect(changes[1]?.edits["Members"]).toMatchObject({ add: { length: 10_000 } });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

it("refuses an address that is none, and one list for two regions", () => {
  expect(refusals(journalRegions, settings({ lists: { us: "no address" } }))).toEqual([
    "Enter the list's address in the form name@company.com.",
  ]);
  expect(refusals(journalRegions, settings({ lists: { us: US, eu: ` ${US.toUpperCase()}` } }))).toEqual([
    "Each region needs a list of its own.",
  ]);
});
