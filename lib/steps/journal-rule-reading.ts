/** What has to be known before a journal rule may send reports: rules that are there, where undeliverable reports go, the way, and the lists. */
import { ask, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { jobsOf } from "./journal-connector-want";
import { listOf } from "./journal-rule-lists";
import type { JournalRuleSettings } from "./journal-rule-settings";

export const journalRuleQueries = (chosen: JournalRuleSettings, profile: Profile) => {
  const jobs = jobsOf(chosen, profile);
  const lists = jobs.length > 1 ? [...new Set(jobs.flatMap(({ region }) => listOf(region.id, chosen.lists) ?? []))] : [];
  return {
    rules: ask("JournalRule"),
    config: ask("TransportConfig"),
    outbound: ask("OutboundConnector"),
    validations: ask("OutboundConnectorValidation"),
    flowRules: ask("TransportRule"),
    lists: per(lists, (address) => ask("Recipient", address)),
  };
};
export type JournalRuleReading = Reading<ReturnType<typeof journalRuleQueries>>;
