/** What cannot be taken back: of which changes it is true, and what is said about it. */
import { describe, expect, it } from "vitest";
import type { Change } from "./change";
import { finalitiesOf, isFinal, isForGood } from "./final";

const change = (does: Change["do"], kind: Change["kind"], edits: Change["edits"] = {}): Change => ({
  do: does,
  kind,
  key: does === "new" ? "" : "1",
  name: "One",
  edits,
  hands: "us",
});

const customized = change("set", "OrganizationConfig", { IsDehydrated: { from: true, to: false } });
const othersOfIt = change("set", "OrganizationConfig", { RejectDirectSend: { from: false, to: true } });
const firstNotice = change("new", "GlobalQuarantinePolicy");
const laterNotice = change("set", "GlobalQuarantinePolicy", { EndUserSpamNotificationFrequency: { from: "1.00:00:00", to: "7.00:00:00" } });
const unsecured = change("remove", "EmailSecurityDomain");
const secured = change("new", "EmailSecurityDomain");
const connector = change("remove", "InboundConnector");

describe("a change is", () => {
  it.each([
    ["a property that has no way back", customized, true, true],
    ["another property of the same object", othersOfIt, false, false],
    ["an object that cannot be unmade", firstNotice, true, true],
    ["a later setting of that object", laterNotice, false, false],
    ["a removal that has to be made good by making it anew", unsecured, false, true],
    ["making such an object", secured, false, false],
    ["a removal that can be put back", connector, false, false],
  ])("%s: for good, final", (_, c, forGood, final) => {
    expect([isForGood(c), isFinal(c)]).toEqual([forGood, final]);
  });
});

it("what is final is said in a sentence, each once, and nothing is said of the rest", () => {
  expect(finalitiesOf([unsecured, connector, unsecured, customized])).toEqual([
    expect.stringContaining("added and verified anew"),
    expect.stringContaining("no way back"),
  ]);
  expect(finalitiesOf([secured, othersOfIt, laterNotice])).toEqual([]);
});
