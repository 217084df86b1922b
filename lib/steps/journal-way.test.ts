/** The picture of the reports' way says what rules and connectors said. */
import { describe, expect, it } from "vitest";
import { ok } from "@/lib/base/result";
import { profileOf } from "@/lib/profiles/all";
import { journalConnectorAtFirst } from "./journal-connector-settings";
import { journalWayOf } from "./journal-way";

const profile = profileOf("area1");
const rule = {
  Guid: "j",
  Name: "Journal",
  JournalEmailAddress: "contoso@journaling.mxrecord.io",
  Recipient: null,
  Scope: "External",
  Enabled: true,
};
const connector = (Guid: string, RecipientDomains: readonly string[]) => ({
  Guid,
  Name: Guid,
  Enabled: true,
  ConnectorType: "Partner",
  RecipientDomains,
  SmartHosts: ["smart.example"],
  UseMXRecord: false,
});

const wayOf = (rules: readonly unknown[], outbound: readonly unknown[]) => {
  const raw = new Map([
    ["JournalRule", ok(rules)],
    ["OutboundConnector", ok(outbound)],
    ["TransportRule", ok([])],
  ]);
  return journalWayOf(journalConnectorAtFirst, { raw, past: new Map() }, profile);
};
const names = (stations: readonly { readonly name: string }[] | undefined) => stations?.map(({ name }) => name);

describe("the way of journal reports", () => {
  it("ends at Microsoft while no rule sends any, and goes straight to the vendor afterwards", () => {
    expect(names(wayOf([], [])?.now)).toEqual(["Microsoft 365"]);
    expect(names(wayOf([], [])?.after)).toEqual(["Microsoft 365", "Area 1 Email Security"]);
    expect(names(wayOf([rule], [])?.now)).toEqual(["Microsoft 365", "Area 1 Email Security"]);
  });

  it("leads to the gateway where one carries all that leaves, and past it once a connector does", () => {
    expect(names(wayOf([rule], [connector("all", ["*"])])?.now)).toContain("Your outgoing gateway");
    const both = [connector("all", ["*"]), connector("ours", ["journaling.mxrecord.io"])];
    expect(names(wayOf([rule], both)?.now)).toEqual(["Microsoft 365", "A connector of its own", "Area 1 Email Security"]);
  });

  it("is not drawn while something was not read", () => {
    expect(journalWayOf(journalConnectorAtFirst, { raw: new Map(), past: new Map() }, profile)).toBeNull();
  });
});
