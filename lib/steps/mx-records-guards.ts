/** What must be so before mail records may change: the old TTL has run out, the new hosts answer, the vendor knows the domain, no policy forbids the hosts. */
import { type Check, fail, pass, unknown, wait } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { combined } from "./combined";
import { hostCheck, wordCheck } from "./host-answers";
import { mtaStsCheck } from "./mta-sts";
import { targetOf } from "./mx-hosts";
import type { MxReading } from "./mx-records-reading";
import type { MxSettings } from "./mx-records-settings";
import { hostIn } from "./mx-rows";
import { ttlCheck } from "./mx-ttl-checks";
import { isVendorHost } from "./vendor-hosts";

export const MX_GUARDS = ["ttl-over", "hosts-answer", "vendor-knows", "policy-allows"] as const;

function ofAccount(domain: string, rows: readonly Row<"EmailSecurityDomain">[], now: number, { vendor }: Profile): Check {
  const about = domain;
  const row = rows.find((r) => r.Name === domain);
  const step = "area1-domains";
  if (!row) return fail(domain, `${vendor} does not know it.`, "Add it there first.", { about, step });
  if (row.forwardingTo === null || isVendorHost(row.forwardingTo))
    return fail(domain, "Its next hop is missing or leads back: mail would go round in a loop.", "Put the next hop right first.", {
      about,
      step,
    });
  if (row.status === "PENDING")
    return wait(domain, "It is not verified yet.", now + 15 * 60_000, { about, step, fix: "Set the TXT record, and wait." });
  if (row.status === "ACTIVE" || row.status === null) return pass(domain, `${vendor} takes mail for it.`, { about });
  return fail(domain, `${vendor} could not verify it (${row.status.toLowerCase()}).`, "Set the TXT record, and have it looked at again.", {
    about,
    step,
  });
}

function vendorCheck(domain: string, reading: MxReading, chosen: MxSettings, profile: Profile, now: number): Check {
  const about = domain;
  const account = reading.vendor["account"];
  if (account?.ok) return ofAccount(domain, account.value, now, profile);
  if (account && account.problem.code !== "not-asked") return unknown(domain, account.problem, { about });
  const first = targetOf(domain, chosen, profile)?.[0];
  const seen = first === undefined ? undefined : reading.taken[`${domain}@${hostIn(first)}`];
  const row = seen?.ok ? seen.value[0] : undefined;
  if (row && row.stage === "rcpt" && !row.refused) return pass(domain, `${profile.vendor}'s host takes mail for it.`, { about });
  if (chosen.entered.includes(domain)) return pass(domain, "It was entered there, by your word.", { about });
  return fail(domain, `Nobody has said that ${profile.vendor} knows it.`, "Enter it at the vendor first, and tick it there.", {
    about,
    step: "area1-domains",
  });
}

/**
 * @param meant domains whose records are still to be changed now, or cannot be read: of those nothing is certain.
 */
export function guardChecks(
  meant: readonly string[],
  reading: MxReading,
  chosen: MxSettings,
  profile: Profile,
  now: number,
): readonly Check[] {
  const known = meant.filter((domain) => targetOf(domain, chosen, profile) !== null);
  const seen = known.filter((domain) => reading.mx[domain]?.ok);
  const blind = known.flatMap((domain) => {
    const mx = reading.mx[domain];
    return mx && !mx.ok ? [unknown(domain, mx.problem, { about: domain })] : [];
  });
  const hosts = [...new Set(seen.flatMap((d) => targetOf(d, chosen, profile) ?? []).map(hostIn))];
  const inStep = (c: Check): Check => (c.verdict === "pass" ? c : { ...c, step: "mx-ttl" });
  const guard = (id: (typeof MX_GUARDS)[number], checks: readonly Check[], allWell: string, about: string) =>
    combined(id, [...blind, ...checks], allWell, about);
  return [
    guard(
      "ttl-over",
      seen.map((d) => inStep(ttlCheck(d, reading, chosen, profile, now))),
      "Nobody remembers the old records longer than the short TTL.",
      "The old TTL",
    ),
    guard(
      "hosts-answer",
      hosts.map((host) => hostCheck(host, reading.hosts[host], chosen.port25Word.length > 0)),
      "Every new host answers as it should.",
      "The new hosts",
    ),
    ...wordCheck(reading.hosts, chosen.port25Word.length > 0, "The new hosts"),
    guard(
      "vendor-knows",
      seen.map((d) => vendorCheck(d, reading, chosen, profile, now)),
      `${profile.vendor} takes mail for every domain.`,
      `${profile.vendor} knows them`,
    ),
    guard(
      "policy-allows",
      seen.flatMap((d) => mtaStsCheck(d, reading.mtaSts[d], targetOf(d, chosen, profile) ?? [])),
      "No policy of yours forbids senders to use the new hosts.",
      "MTA-STS",
    ),
  ];
}
