import { describe, expect, it } from "vitest";
import { changeView, countsOf, differenceOf } from "./difference";
import { between } from "./edits";

const connector = { Guid: "c", Name: "Ours", Comment: null, Enabled: true, EFSkipLastIP: false, SenderIPAddresses: ["9.9.9.9", "1.1.1.1"] };

describe("a change as a person checks it", () => {
  it("uses the portal's labels and says yes, no, on, off and not set", () => {
    const [change] = between("InboundConnector", connector, { Comment: "Made by Cutover", Enabled: false, EFSkipLastIP: true });
    expect(change && differenceOf(change)).toEqual([
      { form: "value", label: "Description", now: "not set", after: "Made by Cutover" },
      { form: "value", label: "Turned on", now: "Yes", after: "No" },
      { form: "value", label: "Enhanced filtering: automatically detect and skip the last IP address", now: "Off", after: "On" },
    ]);
  });

  it("counts the entries of a list that stay", () => {
    const [change] = between("InboundConnector", connector, { SenderIPAddresses: ["9.9.9.9", "2.2.2.2"] });
    expect(change && differenceOf(change)).toEqual([
      { form: "list", label: "Sender IP addresses", add: ["2.2.2.2"], remove: ["1.1.1.1"], kept: 1, more: 0 },
    ]);
  });

  it("does not mention settings of a new object that stay empty", () => {
    const [change] = between("InboundConnector", null, { Name: "New", Comment: null, EFUsers: [], Enabled: true });
    expect(change && differenceOf(change).map((row) => row.label)).toEqual(["Turned on"]);
  });

  it("says that customising an organisation cannot be undone", () => {
    const config = { Guid: "OrganizationConfig", Name: "OrganizationConfig", IsDehydrated: true };
    const [change] = between("OrganizationConfig", config, { IsDehydrated: false });
    expect(change && changeView(change)).toMatchObject({ cannotBeUndone: true, command: "Enable-OrganizationCustomization", hands: "us" });
  });

  it("tells where to go and what to set by hand", () => {
    const [change] = between("InboundConnector", connector, { Enabled: false, SenderIPAddresses: { including: ["2.2.2.2"] } });
    expect(change && changeView(change).byHand).toBe(
      "In Exchange admin center > Mail flow > Connectors, open “Ours”. Then set “Turned on” to No; under “Sender IP addresses” add 2.2.2.2.",
    );
  });

  it("sends whoever runs DNS to the DNS host, and shows no command", () => {
    const [change] = between("mx", { Guid: "contoso.com", Name: "contoso.com", ttl: 3600 }, { ttl: 300 }, undefined, "person");
    expect(change && changeView(change)).toMatchObject({
      command: "",
      byHand: "At your DNS host, open “contoso.com”. Then set “TTL in seconds” to 300.",
    });
  });

  it("counts what is added, changed and removed", () => {
    const changes = [...between("InboundConnector", null, { Name: "New" }), ...between("InboundConnector", connector, { Enabled: false })];
    expect(countsOf(changes)).toBe("1 to add, 1 to change, 0 to remove");
  });
});
