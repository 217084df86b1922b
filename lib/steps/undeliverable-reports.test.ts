/** Where undeliverable reports go: who may receive them, and whose address is never replaced unasked. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { fold, nothingIsMine } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import { judged, refusals } from "./testing";
import { configRow, journalRuleRow, recipientRow, targetsRow, US } from "./testing-journal";
import { acceptedRow } from "./testing-switch";
import { undeliverableReports } from "./undeliverable-reports";

const HERE = "reports@contoso.com";
const OUTSIDE = "reports@fabrikam.com";
const VAULT = "ndr@vault.example";
const archive = journalRuleRow("a", "Archive", "journal@vault.example");

type World = {
  readonly now?: string | null;
  readonly type?: string | null;
  readonly rules?: readonly object[];
  readonly hosts?: readonly string[];
  readonly failed?: object;
  readonly mine?: ReturnType<typeof fold>;
};
function found(settings: { readonly address?: string; readonly replace?: string }, world: World = {}) {
  const { now = null, type = "MailContact", rules = [], hosts = ["mx.fabrikam.com"] } = world;
  const { address = "", replace = "" } = settings;
  const domain = address.slice(address.indexOf("@") + 1).toLowerCase();
  return judged(
    undeliverableReports,
    { domains: ["contoso.com"], ...settings },
    {
      TransportConfig: [configRow(now)],
      JournalRule: rules,
      AcceptedDomain: [acceptedRow("contoso.onmicrosoft.com"), acceptedRow("contoso.com")],
      [`Recipient/${replace.toLowerCase()}`]: [],
      [`Recipient/${address.toLowerCase()}`]: type === null ? [] : [recipientRow(address.toLowerCase(), type)],
      [`mxTargets/${domain}`]: [targetsRow(domain, hosts)],
    },
    { profile: area1, mine: world.mine ?? nothingIsMine, failed: { ...world.failed } },
  );
}
const put = (from: string | null, to: string) =>
  fold([
    {
      change: {
        do: "set",
        kind: "TransportConfig",
        key: "TransportConfig",
        name: "TransportConfig",
        hands: "us",
        edits: { JournalingReportNdrTo: { from, to } },
      },
    },
  ]);

describe("who may receive them", () => {
  it("a journaling address itself may not: what it refuses would come back to it", () => {
    const { check, changes } = found({ address: US.address }, { type: null });
    expect(check("usable")?.verdict).toBe("fail");
    expect(changes).toEqual([]);
  });
  it.each(["MailUser", "MailContact"])("a %s may", (type) => {
    const { check, changes } = found({ address: HERE }, { type });
    expect(check("usable")?.verdict).toBe("pass");
    expect(changes).toMatchObject([{ do: "set", kind: "TransportConfig", edits: { JournalingReportNdrTo: { from: null, to: HERE } } }]);
  });
  it("an address outside may, when its domain receives mail", () => {
    expect(found({ address: OUTSIDE }, { type: null }).changes).toHaveLength(1);
    const without = found({ address: OUTSIDE }, { type: null, hosts: [] });
    expect(without.check("usable")).toMatchObject({ verdict: "fail" });
    expect(without.changes).toEqual([]);
  });
  it("NDR address is an Exchange Online mailbox: allowed, with one sentence on the seed and Microsoft's later rule", () => {
    const { check, changes } = found({ address: HERE }, { type: "UserMailbox" });
    expect(check("recipient")).toMatchObject({ verdict: "warn" });
    expect(check("recipient")?.saw).toContain("valid user account");
    expect(check("recipient")?.saw).toContain("not supported");
    expect(changes).toHaveLength(1);
  });
  it.each([
    "MailUniversalDistributionGroup",
    "MailUniversalSecurityGroup",
    "DynamicDistributionGroup",
    "GroupMailbox",
    "SharedMailbox",
    "RoomMailbox",
    "GuestMailUser",
    "SomethingNew",
  ])("a %s is refused", (type) => {
    const { check, changes } = found({ address: HERE }, { type });
    expect(check("usable")).toMatchObject({ verdict: "fail" });
    expect(changes).toEqual([]);
  });
  it("an address that does not exist in a domain of ours is refused", () => {
    const { check, changes } = found({ address: HERE }, { type: null });
    expect(check("usable")?.saw).toContain("contoso.com is yours");
    expect(changes).toEqual([]);
  });
  it("what can't be looked up is unknown, and nothing is planned", () => {
    const { check, changes } = found({ address: HERE }, { failed: { [`Recipient/${HERE}`]: no("denied", "Not allowed.") } });
    expect(check("usable")?.verdict).toBe("unknown");
    expect(changes).toEqual([]);
  });
  it("an answer about somebody else is not taken for the address", () => {
    const world = judged(
      undeliverableReports,
      { address: HERE, domains: [] },
      {
        TransportConfig: [configRow(null)],
        JournalRule: [],
        AcceptedDomain: [acceptedRow("contoso.com")],
        [`Recipient/${HERE}`]: [recipientRow("somebody@contoso.com", "MailUser")],
        "mxTargets/contoso.com": [targetsRow("contoso.com")],
      },
    );
    expect(world.check("usable")?.verdict).toBe("fail");
  });
});

describe("itself journaled", () => {
  it("by a rule for it, or for everyone: nothing that is sent to it is journaled", () => {
    const forIt = journalRuleRow("1", "Finance", US.address, { Recipient: HERE });
    expect(found({ address: HERE }, { rules: [forIt] }).check("journaled")?.saw).toContain("“Finance”");
    const everyone = journalRuleRow("1", "All", US.address);
    expect(found({ address: HERE }, { rules: [everyone] }).check("journaled")?.verdict).toBe("warn");
    expect(found({ address: OUTSIDE }, { type: null, rules: [everyone] }).check("journaled")).toBeUndefined();
    expect(found({ address: HERE }, { rules: [{ ...everyone, Enabled: false }] }).check("journaled")).toBeUndefined();
  });
});

describe("existing NDR address used by another archive", () => {
  it("is shown with who seems to use it, and never replaced unasked", () => {
    const { check, changes, fields } = found({ address: OUTSIDE }, { type: null, now: VAULT, rules: [archive] });
    expect(check("replace")).toMatchObject({ verdict: "fail" });
    expect(check("replace")?.saw).toContain(VAULT);
    expect(check("replace")?.saw).toContain("“Archive” (to journal@vault.example)");
    expect(changes).toEqual([]);
    expect(fields.map((f) => f.name)).toEqual(["address", "replace"]);
  });
  it("another one typed back is no leave to replace it; the very one is", () => {
    const world = { type: null, now: VAULT, rules: [archive] };
    expect(found({ address: OUTSIDE, replace: "other@vault.example" }, world).changes).toEqual([]);
    expect(found({ address: OUTSIDE, replace: "NDR@vault.example" }, world).changes).toMatchObject([
      { edits: { JournalingReportNdrTo: { from: VAULT, to: OUTSIDE } } },
    ]);
  });
  it("kept, it is shared, and that is said", () => {
    const { check, changes } = found({ address: VAULT }, { type: null, now: VAULT, rules: [archive] });
    expect(check("usable")?.verdict).toBe("pass");
    expect(check("shared")?.saw).toContain("“Archive”");
    expect(changes).toEqual([]);
  });
  it("in another spelling it is the same address", () => {
    expect(found({ address: VAULT }, { type: null, now: "NDR@Vault.example" }).changes).toEqual([]);
  });
  it("while nobody has said whether it stays, the form is filled with it and nothing is planned", () => {
    const { check, changes, fields } = found({}, { now: VAULT });
    expect(check("usable")?.saw).toContain(VAULT);
    expect(fields[0]?.value).toBe(VAULT);
    expect(changes).toEqual([]);
  });
  it("what we put is changed freely, what was there before us is still asked for", () => {
    expect(found({ address: HERE }, { now: OUTSIDE, mine: put(null, OUTSIDE) }).changes).toHaveLength(1);
    const over = put(VAULT, OUTSIDE);
    expect(found({ address: HERE }, { now: OUTSIDE, mine: over }).check("replace")?.verdict).toBe("fail");
    expect(found({ address: HERE, replace: VAULT }, { now: OUTSIDE, mine: over }).changes).toHaveLength(1);
    // Whoever goes back to it needs nothing but the old value.
    expect(found({ address: VAULT }, { type: null, now: OUTSIDE, mine: over }).changes).toMatchObject([
      { edits: { JournalingReportNdrTo: { from: OUTSIDE, to: VAULT } } },
    ]);
  });
});

it("none set and none typed: says why one is needed", () => {
  const { check, changes } = found({}, { now: "<>" });
  expect(check("usable")?.saw).toContain("No address is set");
  expect(changes).toEqual([]);
});

it("what is no address is refused", () => {
  expect(refusals(undeliverableReports, { address: "the archive" })).toEqual(["Enter an address in the form name@company.com."]);
});
