/** Lists whose entries have cmdlets of their own: what is ours is put as a whole, what is others' is touched one entry at a time. */
import { describe, expect, it } from "vitest";
import { byHandOf } from "./by-hand";
import { callOf, noteAfter } from "./call";
import { type Change, idOf } from "./change";
import { between } from "./edits";
import { fold } from "./mine";

const A = "list@contoso.com";
const list = (Members: readonly string[]) => ({ Guid: A, Name: "People of the EU", PrimarySmtpAddress: A, Members });
const wanted = (Members: readonly string[]) => ({ Name: "People of the EU", PrimarySmtpAddress: A, Members });
const made = between("DistributionGroup", null, wanted(["a@x", "b@x"]));
const [ours] = fold(made.map((change) => ({ change, made: A })));
const cmdlets = (changes: readonly Change[]) => changes.map((c) => callOf(c).cmdlet);
const shuffled = (length: number) => Array.from({ length }, (_, i) => `p${i}@x`);

describe("a list of members", () => {
  it("is made with its members in one call", () => {
    expect(made.map(callOf)).toEqual([
      {
        cmdlet: "New-DistributionGroup",
        parameters: {
          Name: "People of the EU",
          Type: "Distribution",
          MemberDepartRestriction: "Closed",
          PrimarySmtpAddress: A,
          Members: ["a@x", "b@x"],
        },
      },
    ]);
  });

  it("that is ours and as we left it is put as a whole", () => {
    expect(between("DistributionGroup", list(["b@x", "a@x"]), { Members: ["a@x", "c@x", "d@x"] }, ours).map(callOf)).toEqual([
      {
        cmdlet: "Update-DistributionGroupMember",
        parameters: { Identity: A, Members: ["a@x", "c@x", "d@x"], BypassSecurityGroupManagerCheck: true, Confirm: false },
      },
    ]);
  });

  it("that is ours gets one entry more by one call that names it", () => {
    const [change] = between("DistributionGroup", list(["a@x", "b@x"]), { Members: ["a@x", "b@x", "c@x"] }, ours);
    expect(change && callOf(change)).toEqual({
      cmdlet: "Add-DistributionGroupMember",
      parameters: { Identity: A, Member: "c@x", BypassSecurityGroupManagerCheck: true, Confirm: false },
    });
  });

  it("that somebody else changed since is never replaced", () => {
    const changes = between("DistributionGroup", list(["a@x", "b@x", "theirs@x"]), { Members: ["b@x", "c@x", "d@x"] }, ours);
    expect(cmdlets(changes)).toEqual([
      "Add-DistributionGroupMember",
      "Add-DistributionGroupMember",
      "Remove-DistributionGroupMember",
      "Remove-DistributionGroupMember",
    ]);
  });

  it("that is others' gets entries one at a time, and gives only ours back", () => {
    const done = between("DistributionGroup", list(["theirs@x"]), { Members: { including: ["a@x", "b@x"] } });
    expect(cmdlets(done)).toEqual(["Add-DistributionGroupMember", "Add-DistributionGroupMember"]);
    const [mark] = fold(done.map((change) => ({ change })));
    const back = between("DistributionGroup", list(["theirs@x", "a@x", "b@x", "new@x"]), {}, mark);
    expect(back.map((c) => callOf(c).parameters["Member"])).toEqual(["a@x", "b@x"]);
  });

  it("is taken away while it is as we left it, and stays once somebody else has put people in", () => {
    expect(between("DistributionGroup", list(["b@x", "a@x"]), null, ours).map(callOf)).toEqual([
      { cmdlet: "Remove-DistributionGroup", parameters: { Identity: A, BypassSecurityGroupManagerCheck: true, Confirm: false } },
    ]);
    expect(between("DistributionGroup", list(["a@x", "b@x", "new@x"]), null, ours)).toEqual([]);
    expect(between("DistributionGroup", list(["a@x"]), null, ours)).toEqual([]);
  });

  it("of more than a call takes is begun with ten thousand, and the rest follows one at a time", () => {
    const people = shuffled(10_002);
    const [first] = between("DistributionGroup", null, wanted(people));
    expect(first && callOf(first).parameters["Members"]).toHaveLength(10_000);
    const [mark] = fold([{ change: first ?? neverMade, made: A }]);
    const rest = between("DistributionGroup", list(people.slice(0, 10_000)), { Members: people }, mark);
    expect(cmdlets(rest)).toEqual(["Add-DistributionGroupMember", "Add-DistributionGroupMember"]);
  });
});

const neverMade: Change = { do: "new", kind: "DistributionGroup", key: "", name: "", hands: "us", edits: {} };

describe("an act that is told more than its object", () => {
  const tried: Change = {
    do: "set",
    kind: "OutboundConnectorValidation",
    key: "Deliver journal",
    name: "Deliver journal",
    hands: "us",
    edits: { IsValidated: { from: false, to: true }, ValidationRecipients: { add: ["c@j.example"], remove: [], whole: ["c@j.example"] } },
  };

  it("sends it to whom the change says, and notes on the connector that it came out well", () => {
    expect(callOf(tried)).toEqual({
      cmdlet: "Validate-OutboundConnector",
      parameters: { Identity: "Deliver journal", Recipients: ["c@j.example"], Confirm: false },
    });
    expect(noteAfter(tried)).toEqual({
      cmdlet: "Set-OutboundConnector",
      parameters: { Identity: "Deliver journal", IsValidated: true, ValidationRecipients: ["c@j.example"] },
    });
  });

  it("is told by hand as the portal has it, not as a switch that nobody finds there", () => {
    expect(byHandOf(tried)).toContain("open “Deliver journal”. Then select “Validate this connector”");
  });

  it("is taken back by the usual call, which is noted by nothing", () => {
    const back: Change = { ...tried, edits: { IsValidated: { from: true, to: false } } };
    expect(callOf(back)).toEqual({ cmdlet: "Set-OutboundConnector", parameters: { Identity: "Deliver journal", IsValidated: false } });
    expect(noteAfter(back)).toBeNull();
  });
});

it("a change with ten thousand entries has a short id", () => {
  const [large] = between("DistributionGroup", null, wanted(shuffled(10_000)));
  expect(large && idOf(large)).toMatch(/^[0-9a-f]{16}$/);
});
