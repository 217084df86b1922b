/** What is said about the handling of mail: whom Default does not reach, what older rules do, and what Microsoft does not do. */
import { type Check, fail, pass, warn } from "@/lib/model/check";
import { nothingIsMine } from "@/lib/model/mine";
import type { Profile } from "@/lib/profiles/profile";
import { groupsOf } from "./anti-spam-people";
import { orderChecks } from "./message-handling-order";
import { heldTwice, MAILS, type Outcome, outcomes } from "./message-handling-outcomes";
import { practiceChecks } from "./message-handling-practice";
import { actsOf, faultsOf, isVendors, isWorking, OUR_COMMENT } from "./message-handling-rules";
import { type HandlingSettings, vendorQuarantine } from "./message-handling-settings";
import { tagChecks } from "./message-handling-tags";
import { type HandlingReading, handlingOf } from "./message-handling-wants";
import { mailWords, placeWords, releaseWords } from "./message-handling-words";
import { listed } from "./spans";

const isThere = ({ policies }: HandlingReading): readonly Check[] =>
  policies.some((p) => p.Name === "Default")
    ? []
    : [
        fail(
          "default",
          "Microsoft shows no anti-spam policy called Default.",
          "Look again in a few minutes. If it stays, send the details to support.",
        ),
      ];

/** For whom a preset or custom policy decides, and what is different there. */
function outrankedChecks(reading: HandlingReading, all: readonly Outcome[], profile: Profile): readonly Check[] {
  const said = (o: Outcome | undefined) => (o ? `${placeWords(o.place, profile)}|${releaseWords(o, profile)}` : "");
  const of = (name: string, mail: Outcome["mail"]) => all.find((o) => o.mail === mail && o.group.name === name);
  const groups = groupsOf(reading);
  const standing = groups.find((g) => g.isDefault);
  return groups
    .filter((g) => !g.isDefault)
    .map((group) => {
      const about = `Policy “${group.name}”`;
      const different = MAILS.filter((mail) => !standing || said(of(group.name, mail)) !== said(of("Default", mail)));
      const decides = `It decides for ${group.people} before Default does.`;
      if (different.length === 0) return pass(`outranked/${group.name}`, `${decides} The same happens to their mail.`, { about });
      const what = different.map((mail) => {
        const outcome = of(group.name, mail);
        return outcome ? `${mailWords(mail)}: ${placeWords(outcome.place, profile)}` : mailWords(mail);
      });
      return warn(
        `outranked/${group.name}`,
        `${decides} The choice below does not count there: ${what.join("; ")}.`,
        "Give a custom policy the same actions, or accept that these people's mail is treated differently. A preset cannot be edited: leave people out of it.",
        { about },
      );
    });
}

/** Rules for the vendor's header that are not as they should be: an older guide's header, word or addresses, or another use case's. */
function olderRules(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Check[] {
  const { rules } = handlingOf(reading, settings, profile, nothingIsMine);
  return reading.flow.filter(isVendors).flatMap((rule) => {
    const about = `Rule “${rule.Name}”`;
    const serving = rules.find((r) => r.key === rule.Guid);
    const faults = faultsOf(rule, profile);
    if (faults.length > 0)
      return [
        warn(
          `older/${rule.Guid}`,
          `“${rule.Name}” does not do what it is there for: ${faults.join("; ")}.`,
          serving
            ? "Look at the plan: it puts this rule right in its place, and an undo brings back how it was."
            : "No rule of the chosen use case is like it. Turn it off, then delete it once nobody misses it.",
          { about },
        ),
      ];
    if (serving || !isWorking(rule) || rule.Comments === OUR_COMMENT) return [];
    return [
      warn(
        `leftover/${rule.Guid}`,
        `“${rule.Name}” belongs to another use case (${actsOf(rule)} for ${listed(rule.HeaderContainsWords)}), and works beside the chosen one. Cutover did not make it and leaves it alone.`,
        "Turn it off in Exchange admin center > Mail flow > Rules, or choose the use case it belongs to.",
        { about },
      ),
    ];
  });
}

function hostedCheck({ useCase }: HandlingSettings): readonly Check[] {
  if (useCase !== "5") return [];
  return [
    warn(
      "hosted-limits",
      "Hosted quarantine knows no quarantine policy: nobody is told about a held message, nobody but an administrator sees it, and after its release no further mail flow rule looks at it.",
      "Choose use case 3 if recipients should be told and may ask; else have administrators look into the quarantine every day.",
      { about: "Hosted quarantine" },
    ),
  ];
}

function twiceCheck(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Check[] {
  const twice = heldTwice(reading, settings, profile);
  if (twice.length === 0) return [];
  return [
    warn(
      "double",
      `${listed(twice)}: held at ${profile.vendor}, and moved once more by a mail flow rule of Microsoft 365 after it is let go there. People then search in two places.`,
      `Turn off the rule that the findings name. Until then a message is released twice: in ${profile.dashboard.value.quarantine}, then in Microsoft Defender > Email & collaboration > Review > Quarantine.`,
      { about: "Held twice" },
    ),
  ];
}

/** After the switch Microsoft is no longer first: its "secure by default" no longer overrides what somebody allowed. */
function allowedChecks({ policies }: HandlingReading): readonly Check[] {
  return policies.flatMap((p) => {
    const allowed = [...p.AllowedSenders, ...p.AllowedSenderDomains];
    if (allowed.length === 0) return [];
    const some = allowed.length > 5 ? `${allowed.slice(0, 5).join(", ")} and ${allowed.length - 5} more` : listed(allowed);
    return [
      warn(
        `allowed/${p.Guid}`,
        `The policy “${p.Name}” lets senders past the spam filter: ${some}. Once mail comes through another service first, even high-confidence phishing from them can be delivered.`,
        "Take them out: Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Anti-spam > Allowed and blocked senders and domains.",
        { about: `Allowed senders in “${p.Name}”` },
      ),
    ];
  });
}

/** The vendor's two pages contradict each other (facts: legacy page on Office 365). */
function vendorCheck(settings: HandlingSettings, profile: Profile): Check {
  const held = vendorQuarantine(settings, profile);
  const saw =
    held.length > 0
      ? `${profile.vendor} itself holds ${listed(held)} for this use case. That is set for each domain, in the step about the vendor's domains.`
      : `${profile.vendor} itself holds nothing for this use case. One of its pages says that it holds MALICIOUS and SPAM whatever is chosen; a test message will show it.`;
  return pass("at-vendor", saw, { about: `Held at ${profile.vendor}` });
}

export function handlingChecks(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Check[] {
  const all = outcomes(reading, settings, profile);
  return [
    ...isThere(reading),
    vendorCheck(settings, profile),
    ...practiceChecks(all, settings, profile),
    ...outrankedChecks(reading, all, profile),
    ...orderChecks(reading, settings, profile),
    ...olderRules(reading, settings, profile),
    ...hostedCheck(settings),
    ...twiceCheck(reading, settings, profile),
    ...allowedChecks(reading),
    ...tagChecks(settings, profile),
  ];
}
