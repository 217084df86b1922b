/** What has to be known about the way of journal reports: connectors, rules that send mail through them, the vendor's hosts and domains. */
import { ask, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { jobsOf } from "./journal-connector-want";

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

export const journalConnectorQueries = (chosen: JournalConnectorSettings, profile: Profile) => {
  const jobs = jobsOf(chosen, profile);
  // Whoever says that no gateway is there needs no smart hosts.
  const hosts = chosen.gateway === "no" ? [] : unique(jobs.flatMap((job) => job.hosts));
  return {
    outbound: ask("OutboundConnector"),
    validations: ask("OutboundConnectorValidation"),
    rules: ask("TransportRule"),
    journal: ask("JournalRule"),
    targets: per(unique(jobs.flatMap((job) => (job.address === null ? [] : [job.domain]))), (domain) => ask("mxTargets", domain)),
    hosts: per(hosts, (host) => ask("smtpHost", host)),
  };
};
export type JournalConnectorReading = Reading<ReturnType<typeof journalConnectorQueries>>;
