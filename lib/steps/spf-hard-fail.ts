/** Turn off the hard SPF check in the default anti-spam policy: it judges the gateway, not the sender. */
import { z } from "zod";
import { type Check, fail, warn } from "@/lib/model/check";
import { ask } from "@/lib/model/query";
import { edit } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { type Policy, type PolicyRule, peopleOf, policyOf, presetsOn, rulesOn } from "./anti-spam-people";
import { mailGone } from "./mail-gone";
import { defineStep, type Evidence, type Texts } from "./shape";

const texts = ({ vendor }: Profile): Texts => ({
  title: "Turn off the hard SPF check",
  hint: `So that mail is not blamed for coming through ${vendor}`,
  why: [
    "SPF says which servers may send mail for a domain.",
    `With ${vendor} in front, Microsoft sees ${vendor}'s server where it used to see the sender's, so honest mail fails the check.`,
    "Microsoft itself recommends this setting off when another service is in front of it.",
  ],
  should: "In the default anti-spam policy, “SPF record: hard fail” is Off.",
  role: "Exchange Administrator (in Microsoft Defender, Security Administrator is enough for a person)",
  takes: "Minutes to an hour.",
  undo: "The setting goes back to what it was, if nobody changed it since.",
  fails: [
    {
      when: "Some people still get good mail as spam",
      remedy: "A custom or preset policy decides for them before Default does. The findings name it and its people.",
    },
    {
      when: "The setting cannot be edited in a policy called Standard or Strict Preset",
      remedy: "Nobody can edit presets. Give those people a custom policy in its place, or accept Microsoft's settings for them.",
    },
    {
      when: "Microsoft asks to allow customisation first",
      remedy: "Do the step about customising your organisation. This one is tried again by itself.",
    },
  ],
  byHand: [
    {
      say: "Open Microsoft Defender and go to Email & collaboration > Policies & rules > Threat policies > Anti-spam.",
      copy: ["https://security.microsoft.com/antispam"],
    },
    { say: "Select Anti-spam inbound policy (Default)." },
    { say: "At the end of “Bulk email threshold & spam properties”, select Edit spam threshold and properties." },
    { say: "Scroll to Mark as spam > SPF record: hard fail, and set it to this.", copy: ["Off"] },
    { say: "Select Save, then come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: configure anti-spam policies",
      href: "https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure",
    },
  ],
});

function customCheck(rule: PolicyRule, policies: readonly Policy[]): Check {
  const about = `Policy “${rule.Name}”`;
  const value = policyOf(rule, policies)?.MarkAsSpamSpfRecordHardFail;
  const saw = `It comes before Default for ${peopleOf(rule)}. Its own hard SPF check is ${value ?? "not known"}.`;
  const fix =
    value === "Off" ? "Nothing to do now. Leave it off there as well." : "Turn it off in this policy too, or leave those people out of it.";
  return warn(`custom/${rule.Name}`, saw, fix, { about });
}

function presetCheck(rule: PolicyRule, policies: readonly Policy[]): Check {
  const about = rule.Name;
  const value = policyOf(rule, policies)?.MarkAsSpamSpfRecordHardFail;
  const saw = `It comes before Default for ${peopleOf(rule)}, and nobody can edit it.${value === undefined ? "" : ` Its hard SPF check is ${value}.`}`;
  return warn(
    `preset/${rule.Name}`,
    saw,
    value === "Off"
      ? "Nothing to do now. Know that Default's other settings don't count for those people."
      : "Ask whether those people need the preset. A custom policy can do what the preset cannot.",
    { about },
  );
}

const table = (policies: readonly Policy[], rules: readonly PolicyRule[]): Evidence => ({
  title: "Anti-spam policies, in the order in which they decide",
  columns: ["Policy", "For whom", "SPF record: hard fail"],
  rows: [
    ...rules.map((rule) => [rule.Name, peopleOf(rule), policyOf(rule, policies)?.MarkAsSpamSpfRecordHardFail ?? "not known"]),
    ...policies.filter((p) => p.Name === "Default").map((p) => [p.Name, "everybody else", p.MarkAsSpamSpfRecordHardFail]),
  ],
});

export const spfHardFail = defineStep({
  id: "spf-hard-fail",
  needs: ["choose-domains", "organization-customization"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: {},
  undoGuard: mailGone,
  ways: { us: true, script: true, hand: true },
  texts,
  settings: z.object({}),
  atFirst: {},
  queries: () => ({
    policies: ask("HostedContentFilterPolicy"),
    rules: ask("HostedContentFilterRule"),
    presets: ask("EOPProtectionPolicyRule"),
  }),
  checks(reading) {
    const { policies } = reading;
    const isThere = policies.some((p) => p.Name === "Default");
    const gone = fail(
      "default",
      "Microsoft shows no anti-spam policy called Default.",
      "Look again in a few minutes. If it stays, send the details to support.",
    );
    return [
      ...(isThere ? [] : [gone]),
      ...presetsOn(reading).map((r) => presetCheck(r, policies)),
      ...rulesOn(reading).map((r) => customCheck(r, policies)),
    ];
  },
  changes: ({ policies }, _settings, _profile, mine) =>
    policies
      .filter((p) => p.Name === "Default")
      .flatMap((p) => edit("HostedContentFilterPolicy", p, { MarkAsSpamSpfRecordHardFail: "Off" }, mine)),
  evidence: (reading) => [table(reading.policies, [...presetsOn(reading), ...rulesOn(reading)])],
});
