/** The hard SPF check: Default is turned off, and whoever another policy decides for is named. */
import { expect, it } from "vitest";
import { spfHardFail } from "./spf-hard-fail";
import { judged } from "./testing";

const policy = (Name: string, value: string, RecommendedPolicyType = "Custom") => ({
  Guid: Name,
  Name,
  MarkAsSpamSpfRecordHardFail: value,
  RecommendedPolicyType,
});
const rule = (Name: string, more: object = {}) => ({
  Guid: Name,
  Name,
  State: "Enabled",
  Priority: 0,
  HostedContentFilterPolicy: Name,
  SentTo: null,
  SentToMemberOf: null,
  RecipientDomainIs: null,
  ...more,
});
const tenant = (policies: object[], rules: object[] = [], presets: object[] = []) => ({
  HostedContentFilterPolicy: policies,
  HostedContentFilterRule: rules,
  EOPProtectionPolicyRule: presets,
});

it("turns it off in Default and nowhere else", () => {
  const { changes } = judged(spfHardFail, {}, tenant([policy("Default", "On"), policy("Sales", "On")], [rule("Sales")]));
  expect(changes).toMatchObject([{ do: "set", name: "Default", edits: { MarkAsSpamSpfRecordHardFail: { from: "On", to: "Off" } } }]);
});

it("the same word in another case is not drift", () => {
  expect(judged(spfHardFail, {}, tenant([policy("Default", "off")])).changes).toEqual([]);
});

it("a custom policy that outranks Default is named with its people and its own value", () => {
  const { check } = judged(
    spfHardFail,
    {},
    tenant(
      [policy("Default", "Off"), policy("Sales", "On")],
      [rule("Sales", { SentToMemberOf: ["sales@contoso.com"], RecipientDomainIs: ["contoso.com"] })],
    ),
  );
  expect(check("custom/Sales")?.verdict).toBe("warn");
  expect(check("custom/Sales")?.saw).toContain("members of sales@contoso.com");
  expect(check("custom/Sales")?.saw).toContain("everybody at contoso.com");
  expect(check("custom/Sales")?.saw).toContain("is On");
});

it("a preset that outranks Default is named, and nobody is told to edit it", () => {
  const preset = rule("Standard Preset Security Policy", {
    SentTo: ["boss@contoso.com"],
    HostedContentFilterPolicy: "Standard Preset Security Policy1",
  });
  const { check } = judged(
    spfHardFail,
    {},
    tenant([policy("Default", "Off"), policy("Standard Preset Security Policy1", "Off", "Standard")], [], [preset]),
  );
  expect(check("preset/Standard Preset Security Policy")?.verdict).toBe("warn");
  expect(check("preset/Standard Preset Security Policy")?.saw).toContain("boss@contoso.com");
});

it("a policy that is turned off outranks nobody", () => {
  const { checks } = judged(
    spfHardFail,
    {},
    tenant([policy("Default", "Off")], [rule("Sales", { State: "Disabled" })], [rule("Strict", { State: "Disabled" })]),
  );
  expect(checks.map((c) => c.id)).toEqual(["settled"]);
});
