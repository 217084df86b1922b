/** The connectors that journal reports need, one for each region: what each must be, and which of those that are there does it. */
import { domainIn } from "@/lib/model/mail-address";
import { type Mine, markOf } from "@/lib/model/mine";
import { does, type Ensured, type Want } from "@/lib/model/want";
import type { JournalRegion, Profile } from "@/lib/profiles/profile";
import { addressOf, domainsOfRegion, hostsOfRegion, isOfAnyRegion } from "./journal-connector-addresses";
import { covers, domainsIn, isInUse, type Outbound } from "./journal-connector-gateway";
import { ensureEach, nameFor } from "./journal-connector-names";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { regionsIn } from "./journal-regions-settings";

type Chosen = Pick<JournalConnectorSettings, "regions" | "addresses">;

/** Where the reports of one region go. No hosts: by the MX records of the domain. */
export type Job = {
  readonly region: JournalRegion;
  readonly address: string | null;
  readonly domain: string;
  readonly hosts: readonly string[];
};

export const jobsOf = (chosen: Chosen, profile: Profile): readonly Job[] =>
  regionsIn(chosen, profile).map((region) => {
    const address = addressOf(region.id, chosen.addresses);
    const domain = address === null ? region.domain : domainIn(address);
    return { region, address, domain, hosts: isOfAnyRegion(domain) ? [] : region.smartHosts };
  });

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((host) => other.includes(host));

/** Hosts of the region as the other product names them are as good, where somebody has set them already. */
function acceptedHosts({ region, domain, hosts }: Job, rows: readonly Outbound[]): readonly string[] {
  if (hosts.length === 0) return hosts;
  const there = rows.find(
    (c) => isInUse(c) && domainsIn(c).includes(domain) && hostsOfRegion(region.id).some((known) => isSameSet(known, c.SmartHosts)),
  );
  return there ? there.SmartHosts : hosts;
}

const connectorWant = ({ domain, hosts }: Job) =>
  ({
    ConnectorType: "Partner",
    Enabled: true,
    RecipientDomains: { including: [domain], covers },
    UseMXRecord: hosts.length === 0,
    SmartHosts: hosts,
    TlsSettings: "CertificateValidation",
  }) satisfies Want<"OutboundConnector">;

const isOrdinary = (c: Outbound): boolean => c.ConnectorType === "Partner" && !c.IsTransportRuleScoped && !c.TestMode;
const isOfRegion = (held: string, job: Job): boolean => held === job.domain || domainsOfRegion(job.region.id).includes(held);

/**
 * One that carries other mail as well may do the job as it is; put right it is not, for that would move the other mail too. One that takes
 * another region's reports to this region's hosts does nobody's job.
 */
function canServe(c: Outbound, job: Job, jobs: readonly Job[]): boolean {
  const held = domainsIn(c);
  if (!isOrdinary(c) || held.includes("*")) return false;
  if (held.every((domain) => isOfRegion(domain, job))) return true;
  const isOthers = jobs.some((other) => other !== job && held.some((domain) => covers(domain, other.domain)));
  return does("OutboundConnector", c, connectorWant(job)) && !isOthers;
}

/** The connector of each job: there, put right, or new. */
export function connectorsFor(all: readonly Job[], rows: readonly Outbound[], profile: Profile, mine: Mine): readonly Ensured[] {
  const { name, comment } = profile.journaling.value.connector;
  const others = rows.filter((c) => markOf(mine, "OutboundConnector", c.Guid) === undefined);
  const jobs = all.map((job) => ({ ...job, hosts: acceptedHosts(job, others) }));
  const wants = jobs.map((job, i) => ({ ...connectorWant(job), Name: nameFor(name, job.region.id, i) }));
  return ensureEach("OutboundConnector", rows, wants, mine, {
    atBirth: { Comment: comment },
    canServe: (before, _want, i) => jobs.some((job, n) => n === i && canServe(before, job, jobs)),
    isMeantFor: (before, _want, i) => domainsIn(before).some((held) => jobs.some((job, n) => n === i && isOfRegion(held, job))),
  });
}

/** Whether reports of this job find a connector that does it, whoever made it. */
export function connectorDoing(job: Job, jobs: readonly Job[], rows: readonly Outbound[]): Outbound | undefined {
  const want = connectorWant({ ...job, hosts: acceptedHosts(job, rows) });
  return rows.find((c) => canServe(c, job, jobs) && does("OutboundConnector", c, want));
}

/** Connectors in use that take mail for a domain by name, not because they take all mail. */
export const takersOf = (domain: string, rows: readonly Outbound[]): readonly Outbound[] =>
  rows.filter((c) => isInUse(c) && domainsIn(c).some((held) => held !== "*" && covers(held, domain)));
