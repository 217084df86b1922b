/** What shows delivered mail to the vendor: without it, nothing is ever found after delivery, and nothing is moved. */
import { type Check, fail, onWord, pass, unknown } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import type { AutoRetractReading } from "./auto-retract-reading";
import type { AutoRetractSettings } from "./auto-retract-settings";
import { isVendorAddress } from "./journal-connector-addresses";
import { jobsOf } from "./journal-connector-want";
import { listed } from "./spans";

const about = "What shows delivered mail";
const ID = "source";
const step = "journal-rule";

const WORDS = {
  bcc: "Copies of each message by a mail flow rule (BCC)",
  graph: "A look into mailboxes through Microsoft Graph",
} as const;

const quoted = (rules: readonly Row<"JournalRule">[]): string => listed(rules.map((rule) => `“${rule.Name}”`));

/** By the addresses typed for the journaling steps; where none is typed, any address of the vendor will do. */
function judged(rules: readonly Row<"JournalRule">[], chosen: AutoRetractSettings, profile: Profile): Check {
  const jobs = jobsOf(chosen, profile).filter(({ address }) => address !== null);
  const meant = rules.filter(({ JournalEmailAddress: to }) =>
    jobs.length > 0 ? jobs.some(({ address }) => address === to) : isVendorAddress(to),
  );
  const on = meant.filter((rule) => rule.Enabled);
  const without = jobs.filter(({ address }) => !on.some((rule) => rule.JournalEmailAddress === address));
  if (on.length > 0 && without.length === 0)
    return pass(ID, `Journal reports: ${quoted(on)} ${on.length === 1 ? "is" : "are"} on.`, { about });
  if (meant.length === 0)
    return fail(
      ID,
      `No journal rule sends reports to ${profile.vendor}, so it sees no message after delivery, also where your mail passes it before.`,
      "Make the journal rule, or choose below what else shows delivered mail.",
      { about, step },
    );
  const where = without.length > 0 && jobs.length > 1 ? ` for ${listed(without.map(({ region }) => region.title))}` : "";
  const off = meant.filter((rule) => !rule.Enabled);
  const saw = off.length > 0 ? `${quoted(off)} ${off.length === 1 ? "is" : "are"} off` : "No journal rule sends reports";
  return fail(ID, `${saw}${where}, so ${profile.vendor} sees no message after delivery there.`, "Put the journal rule right.", {
    about,
    step,
  });
}

export function sourceCheck({ rules }: AutoRetractReading, chosen: AutoRetractSettings, profile: Profile): Check {
  if (chosen.source !== "journal")
    return onWord(
      ID,
      `${WORDS[chosen.source]}, by your word.`,
      `Send a message from outside and look for it with ${profile.retraction.value.trace}.`,
      { about },
    );
  const { tenant: answer } = rules;
  if (answer?.ok) return judged(answer.value, chosen, profile);
  if (chosen.access === "without")
    return onWord(
      ID,
      "Journal reports, by your word: Cutover has no access to your organisation.",
      "Upload what the script of the journal rule found.",
      {
        about,
        step,
      },
    );
  return unknown(ID, answer?.problem ?? { code: "not-asked", say: "Journal rules have not been read yet.", fix: "Look again." }, { about });
}
