/** The journal rules: one for everyone, or one for each region's list, to that region's address, about mail from and to outside. */
import { domainIn } from "@/lib/model/mail-address";
import type { Mine } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import type { Ensured, Want } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { isOfAnyRegion, isVendorAddress, regionOfDomain } from "./journal-connector-addresses";
import { ensureEach, nameFor } from "./journal-connector-names";
import { type Job, jobsOf } from "./journal-connector-want";
import { listOf } from "./journal-rule-lists";
import type { JournalRuleSettings } from "./journal-rule-settings";

export type JournalRule = Row<"JournalRule">;

const ruleWant = (job: Job, list: string | null) =>
  ({ JournalEmailAddress: job.address ?? "", Recipient: list, Scope: "External", Enabled: true }) satisfies Want<"JournalRule">;

const namesOf = (jobs: readonly Job[], { journaling }: Profile): readonly string[] =>
  jobs.map((job, i) => nameFor(journaling.value.rule, job.region.id, i));

/** A rule of others to an address of the region, mistyped or not, was meant for it. Where the address says no region, anybody's is. */
function isMeantFor({ JournalEmailAddress }: JournalRule, job: Job): boolean {
  const domain = domainIn(JournalEmailAddress);
  const whose = regionOfDomain(domain);
  return (
    isVendorAddress(JournalEmailAddress) &&
    (whose === job.region.id || (whose === null && isOfAnyRegion(domain) && JournalEmailAddress === job.address))
  );
}

/** The rule of each job: there, put right, or new. Rules of other archives are nobody's of these. */
function rulesFor(jobs: readonly Job[], rules: readonly JournalRule[], { lists }: JournalRuleSettings, profile: Profile, mine: Mine) {
  const names = namesOf(jobs, profile);
  const wants = jobs.map((job, i) => ({
    ...ruleWant(job, jobs.length > 1 ? listOf(job.region.id, lists) : null),
    Name: names[i] ?? profile.journaling.value.rule,
  }));
  return ensureEach("JournalRule", rules, wants, mine, {
    canServe: (before, want) => isVendorAddress(before.JournalEmailAddress) || before.Name === want.Name,
    isMeantFor: (before, _want, i) => jobs.some((job, n) => n === i && isMeantFor(before, job)),
  });
}

export const ensuredRules = (
  rules: readonly JournalRule[],
  chosen: JournalRuleSettings,
  profile: Profile,
  mine: Mine,
): readonly Ensured[] => rulesFor(jobsOf(chosen, profile), rules, chosen, profile, mine);
