/** Switch the mail records: the vendor's hosts, in their order, and no others; then watch until everybody says so. */
import { type Check, fail, unknown } from "@/lib/model/check";
import { edit } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { handsFor } from "./dns-hands";
import { lockOff } from "./lock-off";
import { mtaStsCheck } from "./mta-sts";
import { targetOf } from "./mx-hosts";
import { mxEvidence } from "./mx-records-evidence";
import { mxFields } from "./mx-records-fields";
import { aroundFindings, forgotten, recordFindings } from "./mx-records-findings";
import { guardChecks, MX_GUARDS } from "./mx-records-guards";
import { type MxReading, mxQueries } from "./mx-records-reading";
import { type MxSettings, movingNow, mxAtFirst, mxSettings } from "./mx-records-settings";
import { mxRecordsTexts } from "./mx-records-texts";
import { domainCheck, isDone, isSpreading } from "./mx-records-watch";
import { rowIn } from "./mx-rows";
import { defineStep } from "./shape";

/** Domains of now whose records are not seen to be right: one that could not be read is among them. */
const stillMeant = ({ mx }: MxReading, chosen: MxSettings, profile: Profile): readonly string[] =>
  movingNow(chosen).filter((domain) => !isDone(rowIn(mx, domain), targetOf(domain, chosen, profile) ?? []));

function findings(domain: string, reading: MxReading, chosen: MxSettings, profile: Profile): readonly Check[] {
  const row = rowIn(reading.mx, domain);
  const target = targetOf(domain, chosen, profile);
  return [
    // While the new records spread, what is read is old and new together: no record is left over for that.
    ...(row && !isSpreading(row, target ?? []) ? recordFindings(domain, row, target, chosen, profile) : []),
    ...(target ? mtaStsCheck(domain, reading.mtaSts[domain], target) : []),
    ...aroundFindings(domain, reading, profile),
  ];
}

/** Zones that could not be asked for leave the change to a person: that is said, not passed over. */
function zonesCheck({ zones }: MxReading): readonly Check[] {
  const account = zones["account"];
  if (!account || account.ok || account.problem.code === "not-asked") return [];
  return [unknown("zones", account.problem, { about: "Zones in your Cloudflare account" })];
}

export const mxRecords = defineStep({
  id: "mx-records",
  needs: ["mx-ttl", "allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering", "message-handling", "area1-domains"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {
    access: "connect-tenant",
    domains: "choose-domains",
    regions: "choose-domains",
    dnsPerson: "choose-domains",
    lowest: "mx-ttl",
    oldTtl: "mx-ttl",
    entered: "area1-domains",
  },
  guards: MX_GUARDS,
  undoGuard: lockOff,
  through: "cloudflare",
  ways: {
    us: true,
    script: "Microsoft's PowerShell does not reach your DNS host: only its own page, or its own tool, changes records.",
    hand: true,
  },
  texts: mxRecordsTexts,
  settings: mxSettings,
  atFirst: mxAtFirst,
  queries: mxQueries,
  checks(reading, chosen, profile, now) {
    if (chosen.domains.length === 0)
      return [fail("chosen", "No domain is chosen yet.", "Choose your domains first.", { step: "choose-domains" })];
    return [
      ...guardChecks(stillMeant(reading, chosen, profile), reading, chosen, profile, now),
      ...chosen.domains.map((domain) => domainCheck(domain, reading, chosen, profile, now)),
      ...chosen.domains.flatMap((domain) => findings(domain, reading, chosen, profile)),
      ...forgotten(reading, chosen, profile),
      ...zonesCheck(reading),
    ];
  },
  changes: (reading, chosen, profile, mine) =>
    stillMeant(reading, chosen, profile).flatMap((domain) => {
      const row = rowIn(reading.mx, domain);
      const hosts = targetOf(domain, chosen, profile);
      return row && hosts ? edit("mx", row, { hosts }, mine, handsFor(domain, reading.dnsHosts, reading.zones)) : [];
    }),
  fields: mxFields,
  evidence: mxEvidence,
});
