import { describe, expect, it } from "vitest";
import { callOf } from "./call";
import type { Change } from "./change";
import { between } from "./edits";

const callsOf = (changes: readonly Change[]) => changes.map(callOf);

describe("the call of a change", () => {
  it("names a new object, and says nothing about what is empty anyway", () => {
    expect(
      callsOf(between("InboundConnector", null, { Name: "Ours", Comment: null, EFUsers: [], SenderDomains: ["*"], Enabled: false })),
    ).toEqual([{ cmdlet: "New-InboundConnector", parameters: { Name: "Ours", SenderDomains: ["*"], Enabled: false } }]);
  });

  it("edits a list in place", () => {
    const policy = { Guid: "p", Name: "Default", IPAllowList: ["1.1.1.1", "2.2.2.2"] };
    expect(callsOf(between("HostedConnectionFilterPolicy", policy, { IPAllowList: ["2.2.2.2", "3.3.3.3"] }))).toEqual([
      { cmdlet: "Set-HostedConnectionFilterPolicy", parameters: { Identity: "p", IPAllowList: { Add: ["3.3.3.3"], Remove: ["1.1.1.1"] } } },
    ]);
  });

  it("replaces a list that the service only takes as a whole", () => {
    const rule = { Guid: "r", Name: "Rule", SenderIpRanges: ["1.1.1.1"] };
    expect(callsOf(between("TransportRule", rule, { SenderIpRanges: ["1.1.1.1", "2.2.2.2"] }))).toEqual([
      { cmdlet: "Set-TransportRule", parameters: { Identity: "r", SenderIpRanges: ["1.1.1.1", "2.2.2.2"] } },
    ]);
  });

  it("enables by the verb, where Set- cannot", () => {
    const rule = { Guid: "r", Name: "Rule", Enabled: false };
    expect(callsOf(between("TransportRule", rule, { Enabled: true }))).toEqual([
      { cmdlet: "Enable-TransportRule", parameters: { Identity: "r", Confirm: false } },
    ]);
  });

  it("gives no identity to what there is one of, and asks for no confirmation when it removes", () => {
    const config = { Guid: "OrganizationConfig", Name: "OrganizationConfig", IsDehydrated: true };
    expect(callsOf(between("OrganizationConfig", config, { IsDehydrated: false }))).toEqual([
      { cmdlet: "Enable-OrganizationCustomization", parameters: {} },
    ]);
    expect(callsOf(between("InboundConnector", { Guid: "c", Name: "Ours" }, null))).toEqual([
      { cmdlet: "Remove-InboundConnector", parameters: { Identity: "c", Confirm: false } },
    ]);
  });
});
