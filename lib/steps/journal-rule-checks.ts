/** Findings about journal rules: what has to be there first, what other rules do, and what no rule of this kind sees. */
import { type Check, fail, pass, warn } from "@/lib/model/check";
import { type Mine, markOf } from "@/lib/model/mine";
import type { Ensured } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { combined } from "./combined";
import { addressCheck, isVendorAddress } from "./journal-connector-addresses";
import { isNeeded, leavingBy } from "./journal-connector-gateway";
import { timeIn } from "./journal-connector-validation";
import { connectorDoing, type Job, jobsOf } from "./journal-connector-want";
import { listOf, listsGuard } from "./journal-rule-lists";
import type { JournalRuleReading } from "./journal-rule-reading";
import type { JournalRuleSettings } from "./journal-rule-settings";
import { ensuredRules, type JournalRule } from "./journal-rule-want";
import { listed } from "./spans";

export const JOURNAL_RULE_GUARDS = ["undeliverable", "addresses", "way", "lists"] as const;

const IN_PURVIEW = "Microsoft Purview > Data lifecycle management > Exchange (legacy) > Journal rules";

function undeliverableGuard({ config }: JournalRuleReading): Check {
  const about = "Undeliverable reports";
  const to = config.flatMap((row) => row.JournalingReportNdrTo ?? []);
  if (to.length > 0) return pass("undeliverable", `They go to ${listed(to)}.`, { about });
  return fail("undeliverable", "No address is set for them, and Microsoft makes no journal rule without one.", "Set it first.", {
    about,
    step: "undeliverable-reports",
  });
}

/** A validation that failed is recorded as one that never was, but with a time (Get-OutboundConnector, as measured). */
function jobWay(job: Job, jobs: readonly Job[], { outbound, validations }: JournalRuleReading): Check {
  const about = job.region.title;
  const step = "journal-connector";
  const connector = connectorDoing(job, jobs, outbound);
  if (!connector)
    return fail(job.region.id, `No connector takes mail for ${job.domain} past your gateway.`, "Make the connector first.", {
      about,
      step,
    });
  const row = validations.find(({ Name }) => Name === connector.Name);
  const hasFailed = row !== undefined && !row.IsValidated && timeIn(row.LastValidationTimestamp) !== null;
  if (hasFailed)
    return fail(job.region.id, `The last test of “${connector.Name}” failed.`, "Validate the connector first.", { about, step });
  return pass(job.region.id, `“${connector.Name}” takes them past your gateway.`, { about });
}

function wayGuard(jobs: readonly Job[], reading: JournalRuleReading, { gateway }: JournalRuleSettings): Check {
  const leaving = leavingBy(reading.outbound, reading.flowRules);
  const about = "The way of reports";
  if (!isNeeded(leaving, gateway)) {
    const isCentral = leaving.by === "hybrid" && gateway === "look";
    const saw = isCentral
      ? `Reports go through mail servers of your own (${listed(leaving.names)}). Whether they arrive is seen when they are counted.`
      : "No gateway is in their way, so they need no connector.";
    return pass("way", saw, { about });
  }
  return combined(
    "way",
    jobs.map((job) => jobWay(job, jobs, reading)),
    "Each region's reports have their connector past your gateway.",
    about,
  );
}

const who = ({ Recipient }: JournalRule): string => Recipient ?? "everyone";
const quoted = (rule: JournalRule): string => `“${rule.Name}”`;

/** What a rule that is none of the wanted ones does to the promise of the regions, or twice, or to nobody. */
function besideCheck(rule: JournalRule, jobs: readonly Job[], { lists }: JournalRuleSettings): Check {
  const id = `beside/${rule.Guid}`;
  const about = `Another rule, ${quoted(rule)}`;
  const job = jobs.find(({ address }) => address === rule.JournalEmailAddress);
  const saw = `${quoted(rule)} sends reports about ${who(rule)} to ${rule.JournalEmailAddress}`;
  const fix = `Find out who made it. If nobody needs it, turn it off in ${IN_PURVIEW}. Cutover leaves it alone.`;
  if (!job)
    return fail(
      id,
      `${saw}, which is none of your journaling addresses. Reports to an address that does not exist wait, and Microsoft may turn off the rule.`,
      fix,
      {
        about,
      },
    );
  if (jobs.length > 1 && rule.Recipient !== listOf(job.region.id, lists))
    return fail(
      id,
      `${saw}. People of other regions would be processed in “${job.region.title}” too, against what was promised them.`,
      fix,
      {
        about,
      },
    );
  return warn(id, `${saw}. So does the rule of this step: each message may be reported twice.`, fix, { about });
}

function archivesCheck(rules: readonly JournalRule[]): readonly Check[] {
  const archives = rules.filter((rule) => rule.Enabled && !isVendorAddress(rule.JournalEmailAddress));
  if (archives.length === 0) return [];
  return [
    warn(
      "archives",
      `${listed(archives.map((rule) => `${quoted(rule)} sends reports about ${who(rule)} to ${rule.JournalEmailAddress}`))}. It goes on as before, and shares the address for undeliverable reports.`,
      "Nothing to do, if you know it. Cutover leaves it alone.",
      { about: "Rules of other archives" },
    ),
  ];
}

/** Microsoft turns off a rule whose address does not take reports, two days after it has said so. */
function turnedOffChecks(rules: readonly JournalRule[], ensured: readonly Ensured[], mine: Mine): readonly Check[] {
  return rules
    .filter((rule) => !rule.Enabled && ensured.some(({ key }) => key === rule.Guid) && markOf(mine, "JournalRule", rule.Guid)?.made)
    .map((rule) =>
      warn(
        `turned-off/${rule.Guid}`,
        `${quoted(rule)} was made turned on, and is off. Somebody turned it off, or Microsoft did because reports could not be delivered.`,
        `Look for reports at the address for undeliverable ones, and compare ${rule.JournalEmailAddress} with the vendor's dashboard before you turn it on again.`,
        { about: `Rule ${quoted(rule)}` },
      ),
    );
}

const blindSpot = ({ vendor }: Profile): Check =>
  warn(
    "blind-spot",
    `Mail from outside that is sent under one of your own domains counts as internal for Microsoft, so no report of it reaches ${vendor}.`,
    `Refuse such mail with DMARC and spoof protection, or put ${vendor} in front of your mail as well: it sees it there.`,
    { about: "What these rules do not see" },
  );

export function journalRuleChecks(
  reading: JournalRuleReading,
  chosen: JournalRuleSettings,
  profile: Profile,
  mine: Mine,
): readonly Check[] {
  const jobs = jobsOf(chosen, profile);
  const addresses = jobs.map(({ region }) => {
    const check = addressCheck(region, chosen.addresses, profile);
    return check.verdict === "pass" ? check : { ...check, step: "journal-connector" };
  });
  const ensured = ensuredRules(reading.rules, chosen, profile, mine);
  const used = ensured.map(({ key }) => key);
  const beside = reading.rules.filter((rule) => rule.Enabled && isVendorAddress(rule.JournalEmailAddress) && !used.includes(rule.Guid));
  const isTyped = jobs.every(({ address }) => address !== null);
  return [
    undeliverableGuard(reading),
    combined("addresses", addresses, "Each region has its journaling address.", "Journaling addresses"),
    ...addresses.filter((c) => c.verdict === "warn"),
    wayGuard(jobs, reading, chosen),
    listsGuard(jobs, chosen.lists, reading.lists),
    ...(isTyped ? beside.map((rule) => besideCheck(rule, jobs, chosen)) : []),
    ...archivesCheck(reading.rules),
    ...turnedOffChecks(reading.rules, ensured, mine),
    blindSpot(profile),
  ];
}
