/** Shorten how long old mail records are remembered, before they are changed, and know from when the switch is safe. */
import { z } from "zod";
import { fail } from "@/lib/model/check";
import { ask, per } from "@/lib/model/query";
import { edit } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { handsFor } from "./dns-hands";
import { domainList } from "./domain-name";
import { rowIn } from "./mx-rows";
import { aimFor, ttlCheck } from "./mx-ttl-checks";
import { mxTtlEvidence } from "./mx-ttl-evidence";
import { type TtlReading, ttlQueries } from "./mx-ttl-reading";
import { mxTtlTexts } from "./mx-ttl-texts";
import { defineStep, type Field } from "./shape";

/** A week is the most that DNS hosts offer; more than that is a slip of the keys. */
const MOST_SECONDS = 7 * 86_400;
const seconds = z.coerce
  .number("Enter a number of seconds, such as 3600 for an hour.")
  .int("Enter whole seconds.")
  .min(1, "Enter at least one second.")
  .max(MOST_SECONDS, "That is more than a week. Enter the TTL in seconds.");

const settings = z.object({
  domains: domainList.default([]),
  /** The lowest TTL that the domain's DNS host takes, where that is more than is asked for. */
  lowest: z.record(z.string(), seconds).default({}),
  /** The TTL before it was lowered, by word, where it was low already when Cutover first looked. */
  oldTtl: z.record(z.string(), seconds).default({}),
  /** Who looks after DNS. */
  dnsPerson: z.string().default(""),
});
type Settings = z.infer<typeof settings>;

const entry = (value: number | undefined): string => (value === undefined ? "" : String(value));

/** Asked only where the answer matters: a host that takes no less, and a TTL that was low before we could see the old one. */
function fieldsFor(domain: string, { mx, before }: TtlReading, chosen: Settings, profile: Profile): readonly Field[] {
  const row = rowIn(mx, domain);
  if (!row || row.hosts.length === 0) return [];
  const aim = aimFor(domain, chosen, profile);
  const held = before[domain];
  const wasHigh = held?.ok ? held.value.some((m) => m.rows.some((r) => r.ttl > aim)) : false;
  const lowest: Field = {
    name: `lowest.${domain}`,
    type: "number",
    label: `Lowest TTL that the DNS host of ${domain} takes, in seconds`,
    hint: `Only if it does not take ${profile.lowTtl.value}.`,
    placeholder: "3600",
    value: entry(chosen.lowest[domain]),
  };
  const old: Field = {
    name: `oldTtl.${domain}`,
    type: "number",
    label: `TTL of ${domain} before it was shortened, in seconds`,
    hint: "It was short already when Cutover first looked. Without your answer, a day is assumed.",
    placeholder: "3600",
    value: entry(chosen.oldTtl[domain]),
  };
  return [...(row.ttl > profile.lowTtl.value ? [lowest] : []), ...(row.ttl <= aim && !wasHigh ? [old] : [])];
}

export const mxTtl = defineStep({
  id: "mx-ttl",
  needs: ["choose-domains"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: { domains: "choose-domains", dnsPerson: "choose-domains" },
  through: "cloudflare",
  ways: {
    us: true,
    script: "Microsoft's PowerShell does not reach your DNS host: only its own page, or its own tool, changes a TTL.",
    hand: true,
  },
  texts: mxTtlTexts,
  settings,
  atFirst: { domains: [], lowest: {}, oldTtl: {}, dnsPerson: "" },
  queries: ({ domains }) => ({ ...ttlQueries(domains), zones: per(["account"], () => ask("cfZone")) }),
  checks: (reading, chosen, profile, now) =>
    chosen.domains.length === 0
      ? [fail("chosen", "No domain is chosen yet.", "Choose your domains first.", { step: "choose-domains" })]
      : chosen.domains.map((domain) => ttlCheck(domain, reading, chosen, profile, now)),
  changes: ({ mx, dnsHosts, zones }, chosen, profile, mine) => {
    const rows = chosen.domains.flatMap((domain) => rowIn(mx, domain) ?? []);
    const high = rows.filter((row) => row.hosts.length > 0 && row.agreed && row.ttl > aimFor(row.Guid, chosen, profile));
    return high.flatMap((row) => edit("mx", row, { ttl: aimFor(row.Guid, chosen, profile) }, mine, handsFor(row.Guid, dnsHosts, zones)));
  },
  fields: (reading, chosen, profile) => chosen.domains.flatMap((domain) => fieldsFor(domain, reading, chosen, profile)),
  evidence: (reading, chosen) => mxTtlEvidence(reading, chosen.domains),
});
