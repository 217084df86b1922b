/** Findings about the way of journal reports: addresses, the domains behind them, the vendor's hosts, connectors beside ours, and how each was tried. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import { domainIn } from "@/lib/model/mail-address";
import type { Mine } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import type { Ensured } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { combined } from "./combined";
import { hostCheck, wordCheck } from "./host-answers";
import { addressCheck, isVendorAddress } from "./journal-connector-addresses";
import { domainsIn, isInUse, isNeeded, leavingBy, neededCheck } from "./journal-connector-gateway";
import type { JournalConnectorReading } from "./journal-connector-reading";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { type Proof, proofOf } from "./journal-connector-validation";
import { connectorsFor, type Job, jobsOf, takersOf } from "./journal-connector-want";
import { listed, moment } from "./spans";

export const JOURNAL_CONNECTOR_GUARDS = ["addresses", "hosts"] as const;

/** Without a connector that names hosts, Microsoft finds the vendor by the MX records of the address's domain. */
function mxCheck(domain: string, seen: Result<readonly Row<"mxTargets">[]> | undefined, isByMx: boolean): readonly Check[] {
  const about = `Mail servers of ${domain}`;
  const id = `mx/${domain}`;
  if (!seen) return [];
  if (!seen.ok) return [unknown(id, seen.problem, { about })];
  const hosts = seen.value.flatMap((row) => row.targets.map(({ host }) => host)).filter((host) => host !== "" && host !== ".");
  if (hosts.length > 0) return [pass(id, `It receives mail, at ${listed(hosts)}.`, { about })];
  const saw = `${domain} has no MX records.`;
  const fix = "Compare the address with the one in the vendor's dashboard, letter by letter. If it is right, ask the vendor's support.";
  return [
    isByMx
      ? fail(id, `${saw} Reports have no way to it.`, fix, { about })
      : warn(id, `${saw} The connector names hosts, so reports arrive all the same.`, fix, { about }),
  ];
}

function hostsGuard(jobs: readonly Job[], { hosts }: JournalConnectorReading, { port25Word }: JournalConnectorSettings): readonly Check[] {
  const names = [...new Set(jobs.flatMap((job) => job.hosts))];
  const allWell =
    names.length > 0
      ? `${listed(names)} ${names.length === 1 ? "answers as it should" : "answer as they should"}.`
      : "Reports go by MX records, so no smart host has to be called.";
  const isWord = port25Word.length > 0;
  return [
    combined(
      "hosts",
      names.map((host) => hostCheck(host, hosts[host], isWord)),
      allWell,
      "The vendor's hosts",
    ),
    ...wordCheck(hosts, isWord, "The vendor's hosts"),
  ];
}

const isVendorDomain = (held: string): boolean => isVendorAddress(`any@${held.replace(/^\*\./, "")}`);

/** A connector for one region's addresses does not cover another's: those reports go past it, to the gateway. */
function bypassChecks(jobs: readonly Job[], { outbound }: JournalConnectorReading, { vendor }: Profile): readonly Check[] {
  return jobs.flatMap((job) => {
    if (takersOf(job.domain, outbound).length > 0) return [];
    const others = outbound.filter((c) => isInUse(c) && domainsIn(c).some(isVendorDomain));
    if (others.length === 0) return [];
    return [
      fail(
        `bypass/${job.region.id}`,
        `${listed(others.map((c) => `“${c.Name}” takes mail for ${listed(domainsIn(c))}`))}, not for ${job.domain}. Reports to ${job.address ?? `addresses at ${job.domain}`} go past it, to the gateway, and may never reach ${vendor}.`,
        "Look at the plan and agree to it: each region gets its own connector.",
        { about: `Reports of ${job.region.title}` },
      ),
    ];
  });
}

/** Two connectors for one domain: which of them Microsoft takes is not said anywhere. */
function besideChecks(jobs: readonly Job[], { outbound }: JournalConnectorReading, ensured: readonly Ensured[]): readonly Check[] {
  const used = ensured.map(({ key }) => key);
  const beside = new Map(jobs.flatMap((job) => takersOf(job.domain, outbound).map((c) => [c.Guid, c] as const)));
  return [...beside.values()]
    .filter((c) => !used.includes(c.Guid))
    .map((c) =>
      warn(
        `beside/${c.Guid}`,
        `“${c.Name}” takes mail for ${listed(domainsIn(c))} as well, to ${listed(c.SmartHosts) || "whatever MX records say"}. Which of two connectors Microsoft takes is not certain.`,
        "Find out who made it. If nobody needs it, turn it off in Exchange admin center > Mail flow > Connectors. Cutover leaves it alone.",
        { about: `Another connector, “${c.Name}”` },
      ),
    );
}

/** A region that is no longer chosen, and whose rule still sends: the plan takes its connector away. */
const strandedChecks = (jobs: readonly Job[], { journal }: JournalConnectorReading): readonly Check[] =>
  journal
    .filter(({ Enabled, JournalEmailAddress: to }) => Enabled && isVendorAddress(to) && jobs.every(({ domain }) => domain !== domainIn(to)))
    .map((rule) =>
      warn(
        `stranded/${rule.Guid}`,
        `“${rule.Name}” sends reports to ${rule.JournalEmailAddress}, which is none of the addresses chosen here: no connector is kept for them.`,
        "Choose its region again below, or change or remove the rule first.",
        { about: `Journal rule “${rule.Name}”`, step: "journal-rule" },
      ),
    );

function proofIn(name: string, proof: Proof): string {
  if (proof.by === "record") return `“${name}” was tried by Cutover, and every part of the test came out well (see its record).`;
  const when = proof.at === null ? "" : ` on ${moment(proof.at)}`;
  return `“${name}” was validated${when}, says Microsoft${proof.to.length > 0 ? `, by sending to ${listed(proof.to)}` : ""}.`;
}

/** Said only when all of them are proven: what is still to be tried is in the plan. */
function validatedCheck(jobs: readonly Job[], reading: JournalConnectorReading, ensured: readonly Ensured[], mine: Mine): readonly Check[] {
  const about = "Validated";
  const found = jobs.flatMap((job, i) => {
    const one = ensured[i];
    const row = reading.validations.find(({ Name }) => Name === one?.name);
    if (!one || !row || one.key === "" || one.changes.length > 0 || job.address === null) return [];
    const proof = proofOf(one.key, row, job.address, mine);
    return proof ? [{ name: one.name, proof }] : [];
  });
  if (found.length < jobs.length || found.length === 0) return [];
  const saw = found.map(({ name, proof }) => proofIn(name, proof)).join(" ");
  const stale = found.filter(({ proof }) => proof.by === "record" && proof.isStale).map(({ name }) => `“${name}”`);
  if (stale.length === 0) return [pass("validated", saw, { about })];
  return [
    warn(
      "validated",
      `${saw} Since then ${listed(stale)} was changed.`,
      "Open it in Exchange admin center > Mail flow > Connectors, and select “Validate this connector”. Then look again.",
      { about },
    ),
  ];
}

/** All findings, in the order in which they matter. */
export function journalConnectorChecks(
  reading: JournalConnectorReading,
  chosen: JournalConnectorSettings,
  profile: Profile,
  mine: Mine,
): readonly Check[] {
  const leaving = leavingBy(reading.outbound, reading.rules);
  const jobs = jobsOf(chosen, profile);
  const addresses = jobs.map(({ region }) => addressCheck(region, chosen.addresses, profile));
  const needed = neededCheck(leaving, chosen.gateway, profile);
  const isWanted = isNeeded(leaving, chosen.gateway);
  const domains = [...new Set(jobs.map((job) => job.domain))];
  const mx = domains.flatMap((domain) =>
    mxCheck(domain, reading.targets[domain], !isWanted || jobs.some((job) => job.domain === domain && job.hosts.length === 0)),
  );
  if (!isWanted) return [needed, ...addresses, ...mx];
  const ensured = connectorsFor(jobs, reading.outbound, profile, mine);
  return [
    needed,
    combined("addresses", addresses, "Each region has its journaling address.", "Journaling addresses"),
    ...addresses.filter((c) => c.verdict !== "fail"),
    ...mx,
    ...hostsGuard(jobs, reading, chosen),
    ...bypassChecks(jobs, reading, profile),
    ...besideChecks(jobs, reading, ensured),
    ...strandedChecks(jobs, reading),
    ...validatedCheck(jobs, reading, ensured, mine),
  ];
}
