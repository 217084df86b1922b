/** Tags and links: no API sets them, so a person does, by hand, and says so. */
import { type Check, onWord, warn } from "@/lib/model/check";
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS, type Disposition } from "@/lib/profiles/use-cases";
import type { HandlingSettings } from "./message-handling-settings";
import type { Option } from "./shape";
import { listed } from "./spans";

/** Rewritten links open there. Source: "Link actions". */
export const ISOLATION_HOST = "https://linkdefender.cloudflare.com";

const BOTH: readonly Disposition[] = ["MALICIOUS", "SUSPICIOUS", "SPOOF"];
const taggedIn = (disposition: Disposition): string => (BOTH.includes(disposition) ? "subject and body" : "subject");
const tagOf = (disposition: Disposition): string => `tag-${disposition}`;

/** What can be ticked as entered, for the plan that was bought. */
export function toEnter({ plan }: HandlingSettings): readonly Option[] {
  const tags = DISPOSITIONS.map((d) => ({ value: tagOf(d), label: `${d} tagged in ${taggedIn(d)}` }));
  if (plan === "Advantage") return [...tags, { value: "links-defang", label: "SUSPICIOUS: links defanged" }];
  return [
    ...tags,
    { value: "links-host", label: "Email Link Isolation: its host allowed in Microsoft's Tenant Allow/Block List", hint: ISOLATION_HOST },
    { value: "links-isolation", label: "Email Link Isolation turned on" },
  ];
}

const SEEN_LATER = "Send a test message once mail takes the new way, and look at its subject, body and links.";

function tagCheck({ entered }: HandlingSettings, { dashboard }: Profile): Check {
  const about = "Tags";
  const missing = DISPOSITIONS.filter((d) => !entered.includes(tagOf(d)));
  if (missing.length === 0)
    return onWord("tags", "Tags are set for every disposition, by somebody's word. No API shows them.", SEEN_LATER, { about });
  return warn(
    "tags",
    `Nobody has said that ${listed(missing)} ${missing.length === 1 ? "is" : "are"} tagged yet. People then can't see what the vendor thinks of a message.`,
    `Set them in ${dashboard.value.tags}: ${missing.map((d) => `${d} in ${taggedIn(d)}`).join(", ")}. Then tick them below.`,
    { about },
  );
}

function linkCheck({ plan, entered }: HandlingSettings, { dashboard }: Profile): Check {
  const about = "Links";
  const needed = plan === "Enterprise" ? ["links-host", "links-isolation"] : ["links-defang"];
  if (needed.every((one) => entered.includes(one))) {
    const saw = plan === "Enterprise" ? "Email Link Isolation is on, its host is allowed" : "Links in SUSPICIOUS mail are defanged";
    return onWord("links", `${saw}, by somebody's word. No API shows it.`, SEEN_LATER, { about });
  }
  const fix =
    plan === "Enterprise"
      ? `First allow ${ISOLATION_HOST} in Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > URLs. Where a Safe Links policy rewrites links, too, they would be rewritten twice: select “Do not rewrite URLs, do checks via Safe Links API only” in it. Then turn on Email Link Isolation in ${dashboard.value.links}. Then tick both above.`
      : `Set URL defang for SUSPICIOUS in ${dashboard.value.links}. Then tick it below.`;
  return warn("links", "Nobody has said yet what happens to links in SUSPICIOUS mail.", fix, { about });
}

export const tagChecks = (settings: HandlingSettings, profile: Profile): readonly Check[] => [
  tagCheck(settings, profile),
  linkCheck(settings, profile),
];
