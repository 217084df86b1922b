/** The journal rules: one for everyone or one for each list, each to its region's address and turned on; and what other rules do beside them. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import { fold, nothingIsMine } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import { journalRule } from "./journal-rule";
import { judged } from "./testing";
import { configRow, EU, gateway, journalRuleRow, RULE, recipientRow, straight, US, validation } from "./testing-journal";

const LISTS = { us: "journal-us@contoso.com", eu: "journal-eu@contoso.com" };
const ONE = { addresses: { us: US.address } };
const TWO = { regions: ["us", "eu"], addresses: { us: US.address, eu: EU.address }, lists: LISTS };

type World = {
  readonly rules?: readonly object[];
  readonly ndr?: string | null;
  readonly outbound?: readonly { readonly Name: string }[];
  readonly validations?: readonly object[];
  readonly lists?: Readonly<Record<string, readonly object[]>>;
  readonly failed?: object;
  readonly mine?: ReturnType<typeof fold>;
};
const group = (address: string) => [recipientRow(address, "MailUniversalDistributionGroup")];
function found(settings: object, world: World = {}) {
  const { rules = [], ndr = "ndr@vault.example", outbound = [], lists = {} } = world;
  const there = { [LISTS.us]: group(LISTS.us), [LISTS.eu]: group(LISTS.eu), ...lists };
  return judged(
    journalRule,
    settings,
    {
      JournalRule: rules,
      TransportConfig: [configRow(ndr)],
      OutboundConnector: outbound,
      OutboundConnectorValidation: world.validations ?? outbound.map((c) => validation(c.Name)),
      TransportRule: [],
      ...Object.fromEntries(Object.entries(there).map(([address, rows]) => [`Recipient/${address}`, rows])),
    },
    { profile: area1, mine: world.mine ?? nothingIsMine, failed: { ...world.failed } },
  );
}
const done = (changes: readonly Change[]) =>
  fold(changes.map((change, i) => (change.do === "new" ? { change, made: `made-${i}` } : { change })));

describe("what is planned", () => {
  it("one rule for everyone, external messages only, turned on", () => {
    const { changes } = found(ONE);
    expect(changes).toMatchObject([
      {
        do: "new",
        name: "Journal Messages to CloudflareArea 1",
        edits: { JournalEmailAddress: { to: US.address }, Scope: { to: "External" }, Enabled: { to: true } },
      },
    ]);
    expect(changes[0]?.edits["Recipient"]).toBeUndefined();
  });
  it("with two regions one for each list, to that region's address, under names that are unique and short enough", () => {
    const { changes } = found(TWO);
    expect(changes).toMatchObject([
      { do: "new", name: RULE, edits: { JournalEmailAddress: { to: US.address }, Recipient: { to: LISTS.us } } },
      { do: "new", name: `${RULE} (EU)`, edits: { JournalEmailAddress: { to: EU.address }, Recipient: { to: LISTS.eu } } },
    ]);
    expect(changes.every((c) => c.name.length <= 64)).toBe(true);
  });
  it("a rule made by hand that does it is the job done, whatever it is called", () => {
    expect(found(ONE, { rules: [journalRuleRow("1", "By hand", US.address.toUpperCase())] }).changes).toEqual([]);
  });
  it("one that is off is turned on, by a change of its own", () => {
    expect(found(ONE, { rules: [journalRuleRow("1", "By hand", US.address, { Enabled: false, Scope: "Global" })] }).changes).toMatchObject([
      { do: "set", key: "1", edits: { Scope: { from: "Global", to: "External" } } },
      { do: "set", key: "1", edits: { Enabled: { from: false, to: true } } },
    ]);
  });
  it("a rule for everyone becomes the first list's when a second region is chosen", () => {
    const mine = done(found(ONE).changes);
    const { changes } = found(TWO, { rules: [journalRuleRow("made-0", RULE, US.address)], mine });
    expect(changes).toMatchObject([
      { do: "new", name: `${RULE} (EU)` },
      { do: "set", key: "made-0", edits: { Recipient: { from: null, to: LISTS.us } } },
    ]);
  });
  it("and back: what was made for the second region is removed", () => {
    const mine = done(found(TWO).changes);
    const rules = [
      journalRuleRow("made-0", RULE, US.address, { Recipient: LISTS.us }),
      journalRuleRow("made-1", `${RULE} (EU)`, EU.address, { Recipient: LISTS.eu }),
    ];
    expect(found(ONE, { rules, mine }).changes).toMatchObject([
      { do: "set", edits: { Recipient: { from: LISTS.us, to: null } } },
      { do: "remove", key: "made-1" },
    ]);
  });
  it("another archive's rule is nobody's to change", () => {
    const { changes, check } = found(ONE, { rules: [journalRuleRow("a", "Archive", "journal@vault.example", { Scope: "Global" })] });
    expect(changes).toMatchObject([{ do: "new", name: RULE }]);
    expect(check("archives")?.saw).toContain("“Archive”");
  });
});

describe("what has to be there first", () => {
  it("an address for undeliverable reports", () => {
    const { check, changes } = found(ONE, { ndr: null });
    expect(check("undeliverable")).toMatchObject({ verdict: "fail", step: "undeliverable-reports" });
    expect(changes).toEqual([]);
  });
  it("the journaling address, and the right region's", () => {
    expect(found({}).check("addresses")).toMatchObject({ verdict: "fail", step: "journal-connector" });
    expect(found({ regions: ["eu"], addresses: { eu: US.address } }).changes).toEqual([]);
  });
  it("a connector for each region, where a gateway carries outgoing mail", () => {
    const us = straight("1", "Journal", US);
    const { check, changes } = found(TWO, { outbound: [gateway(), us] });
    expect(check("way")).toMatchObject({ verdict: "fail", step: "journal-connector" });
    expect(check("way")?.saw).toContain(EU.domain);
    expect(changes).toEqual([]);
    expect(found(TWO, { outbound: [gateway(), us, straight("2", "Journal EU", EU)] }).changes).toHaveLength(2);
    expect(found({ ...TWO, gateway: "no" }, { outbound: [gateway()] }).changes).toHaveLength(2);
    expect(found({ ...ONE, gateway: "yes" }).changes).toEqual([]);
  });
  it("one whose last test failed is not there yet", () => {
    const validations = [validation("Journal", { IsValidated: false, LastValidationTimestamp: "2026-05-02T10:00:00" })];
    expect(found(ONE, { outbound: [gateway(), straight("1", "Journal", US)], validations }).check("way")?.saw).toContain("failed");
  });
  it("the lists, when there are two regions", () => {
    const gone = found(TWO, { lists: { [LISTS.eu]: [] } });
    expect(gone.check("lists")).toMatchObject({ verdict: "fail", step: "journal-regions" });
    expect(gone.changes).toEqual([]);
    expect(found({ ...TWO, lists: {} }).check("lists")?.verdict).toBe("fail");
    expect(found(TWO, { lists: { [LISTS.eu]: [recipientRow(LISTS.eu, "UserMailbox")] } }).check("lists")?.verdict).toBe("fail");
    expect(found(TWO, { failed: { [`Recipient/${LISTS.us}`]: no("denied", "Not allowed.") } }).check("lists")?.verdict).toBe("unknown");
    expect(found(ONE).check("lists")?.verdict).toBe("pass");
  });
});

describe("journal target typo", () => {
  const typo = "contosso@journaling.mxrecord.io";
  it("a rule of ours that points elsewhere is put right", () => {
    expect(found(ONE, { rules: [journalRuleRow("1", RULE, "contoso@journaling.mxrecord.example")] }).changes).toMatchObject([
      { do: "set", key: "1", edits: { JournalEmailAddress: { to: US.address } } },
    ]);
    expect(found(ONE, { rules: [journalRuleRow("1", "By hand", typo)] }).changes).toMatchObject([
      { do: "set", key: "1", edits: { JournalEmailAddress: { from: typo, to: US.address } } },
    ]);
  });
  it("beside a right one it is named, and left alone", () => {
    const { check, changes } = found(ONE, { rules: [journalRuleRow("1", RULE, US.address), journalRuleRow("2", "Old", typo)] });
    expect(check("beside/2")).toMatchObject({ verdict: "fail" });
    expect(check("beside/2")?.saw).toContain("none of your journaling addresses");
    expect(changes).toEqual([]);
  });
  it("a rule of ours that was turned off says what Microsoft may have had against it", () => {
    const mine = done(found(ONE).changes);
    const { check, changes } = found(ONE, { rules: [journalRuleRow("made-0", RULE, US.address, { Enabled: false })], mine });
    expect(check("turned-off/made-0")?.saw).toContain("Microsoft did because reports could not be delivered");
    expect(changes).toMatchObject([{ edits: { Enabled: { to: true } } }]);
  });
});

describe("two rules about the same people", () => {
  it("to the same address: warned", () => {
    const { check, changes } = found(ONE, {
      rules: [journalRuleRow("1", RULE, US.address), journalRuleRow("2", "Again", US.address, { Scope: "Global" })],
    });
    expect(check("beside/2")).toMatchObject({ verdict: "warn" });
    expect(check("beside/2")?.saw).toContain("twice");
    expect(changes).toEqual([]);
  });
  it("for everyone beside the lists: EU people would be processed in the US, which fails", () => {
    const rules = [
      journalRuleRow("1", RULE, US.address, { Recipient: LISTS.us }),
      journalRuleRow("2", `${RULE} (EU)`, EU.address, { Recipient: LISTS.eu }),
      journalRuleRow("3", "Everyone", US.address),
    ];
    const { check, changes } = found(TWO, { rules });
    expect(check("beside/3")).toMatchObject({ verdict: "fail" });
    expect(check("beside/3")?.saw).toContain("against what was promised");
    expect(changes).toEqual([]);
  });
  it("one that is off does nothing", () => {
    const rules = [journalRuleRow("1", RULE, US.address), journalRuleRow("2", "Off", US.address, { Enabled: false })];
    expect(found(ONE, { rules }).check("beside/2")).toBeUndefined();
  });
});

it("external-only journal misses spoofed own-domain mail: told", () => {
  expect(found(ONE).check("blind-spot")).toMatchObject({ verdict: "warn" });
  expect(found(ONE).check("blind-spot")?.saw).toContain("counts as internal");
  expect(journalRule.texts(area1).fails.some(({ when }) => when.includes("your own domain"))).toBe(true);
});

it("shows the rules that are there", () => {
  const { evidence } = found(ONE, { rules: [journalRuleRow("a", "Archive", "journal@vault.example", { Scope: "Global" })] });
  expect(evidence[0]?.rows).toEqual([["Archive", "journal@vault.example", "Everyone", "All messages", "Yes"]]);
});
