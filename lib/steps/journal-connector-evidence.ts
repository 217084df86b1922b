/** Tables and form of the way of journal reports: which connectors there are and what each covers, and where each region's reports go. */
import type { Profile } from "@/lib/profiles/profile";
import { isShut } from "./host-answers";
import { addressOf } from "./journal-connector-addresses";
import { covers, domainsIn, isInUse, type Outbound } from "./journal-connector-gateway";
import type { JournalConnectorReading } from "./journal-connector-reading";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { type Job, jobsOf } from "./journal-connector-want";
import { regionsIn } from "./journal-regions-settings";
import type { Evidence, Field } from "./shape";

const yes = (is: boolean): string => (is ? "Yes" : "No");

/** Of several connectors for a domain Microsoft takes the one that names it most closely (Configure mail flow using connectors). */
const closeness = (c: Outbound, domain: string): number =>
  Math.max(0, ...domainsIn(c).map((held) => (covers(held, domain) ? (held === domain ? 3 : held === "*" ? 1 : 2) : 0)));

function carries(c: Outbound, jobs: readonly Job[], all: readonly Outbound[]): string {
  if (c.IsTransportRuleScoped) return "No, only what a mail flow rule sends";
  if (c.TestMode) return "No, it is a test";
  const covered = jobs.filter(({ domain }) => closeness(c, domain) > 0);
  const taken = covered.filter(({ domain }) => !all.some((other) => isInUse(other) && closeness(other, domain) > closeness(c, domain)));
  const titles = (some: readonly Job[]) => some.map(({ region }) => region.title).join(", ");
  if (covered.length === 0) return "No";
  if (!isInUse(c)) return `No, it is turned off (${titles(covered)})`;
  return taken.length > 0 ? titles(taken) : "No, another names their domain";
}

const CERTIFICATES: Readonly<Record<string, string>> = {
  EncryptionOnly: "Any",
  CertificateValidation: "Trusted",
  DomainValidation: "Trusted, with the right name",
};

const line = (c: Outbound, jobs: readonly Job[], all: readonly Outbound[]): readonly string[] => [
  `${c.Name}${c.ConnectorType === "Partner" ? "" : " (to your own servers)"}${c.Enabled ? "" : " (turned off)"}`,
  c.RouteAllMessagesViaOnPremises ? "All mail, through servers of your own" : domainsIn(c).join(", ") || "No domain",
  c.UseMXRecord ? "MX records" : c.SmartHosts.join(", "),
  CERTIFICATES[c.TlsSettings ?? ""] ?? c.TlsSettings ?? "Not required",
  carries(c, jobs, all),
];

const hostLine = (host: string, { hosts }: JournalConnectorReading): readonly string[] => {
  const seen = hosts[host];
  const row = seen?.ok ? seen.value[0] : undefined;
  if (!row) return [host, "Not called", "", ""];
  const { certificate } = row;
  return [host, yes(row.connected), yes(row.starttls), certificate ? `${certificate.subject} (${certificate.issuer})` : "None"];
};

export function journalConnectorEvidence(
  reading: JournalConnectorReading,
  chosen: JournalConnectorSettings,
  profile: Profile,
): readonly Evidence[] {
  const jobs = jobsOf(chosen, profile);
  const hosts = [...new Set(jobs.flatMap((job) => job.hosts))].filter((host) => Object.hasOwn(reading.hosts, host));
  const tables: readonly Evidence[] = [
    {
      title: "Outbound connectors, and what each covers",
      columns: ["Name", "For", "Sends to", "Certificate", "Carries journal reports"],
      rows: reading.outbound.map((c) => line(c, jobs, reading.outbound)),
    },
    {
      title: "Where the reports of each region go",
      columns: ["Region", "Journaling address", "Domain", "Hosts"],
      rows: jobs.map((job) => [job.region.title, job.address ?? "Not entered yet", job.domain, job.hosts.join(", ") || "MX records"]),
    },
    {
      title: "The vendor's hosts for them",
      columns: ["Host", "Answers", "Encrypts", "Certificate"],
      rows: hosts.map((host) => hostLine(host, reading)),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const addressFields = (chosen: JournalConnectorSettings, profile: Profile): readonly Field[] =>
  regionsIn(chosen, profile).map((region) => ({
    name: `addresses.${region.id}`,
    type: "text",
    label: `Your journaling address, ${region.title}`,
    hint: `It stands in ${profile.journaling.value.addresses}.`,
    placeholder: `your-company@${region.domain}`,
    value: addressOf(region.id, chosen.addresses) ?? "",
  }));

const wordField = (reading: JournalConnectorReading, { port25Word }: JournalConnectorSettings): readonly Field[] =>
  isShut(reading.hosts) || port25Word.length > 0
    ? [
        {
          name: "port25Word",
          type: "choices",
          label: "The vendor's hosts can't be called from here",
          options: [
            {
              value: "yes",
              label: "Go on without looking at the hosts",
              hint: "It is kept as your word, with your name. Microsoft's own test of the connector calls them all the same.",
            },
          ],
        },
      ]
    : [];

export function journalConnectorFields(
  reading: JournalConnectorReading,
  chosen: JournalConnectorSettings,
  profile: Profile,
): readonly Field[] {
  return [
    {
      name: "regions",
      type: "choices",
      label: "Where should journal reports be processed?",
      hint: "Choose two only if the law, or a promise, asks for it: then each person belongs to one of them.",
      options: profile.journaling.value.regions.map(({ id, title, hint }) => ({ value: id, label: title, hint })),
    },
    ...addressFields(chosen, profile),
    {
      name: "gateway",
      type: "choice",
      label: "Does a gateway carry your outgoing mail?",
      hint: "Reports are outgoing mail too. You may know better than what can be read.",
      options: [
        { value: "look", label: "Look for it", hint: "What your connectors say counts." },
        { value: "yes", label: "A gateway does", hint: "Reports get a connector of their own." },
        { value: "no", label: "No gateway", hint: "Reports go straight to the vendor." },
      ],
    },
    ...wordField(reading, chosen),
  ];
}
