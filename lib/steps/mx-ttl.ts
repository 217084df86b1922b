/** Shorten how long old mail records are remembered, before they are changed, and know from when the switch is safe. */
import { z } from "zod";
import { type Check, fail, pass, unknown, wait, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import { edit } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { domainList } from "./domain-name";
import { editHelp, rowIn } from "./mx-rows";
import { mxTtlEvidence } from "./mx-ttl-evidence";
import { type TtlReading, ttlQueries } from "./mx-ttl-reading";
import { mxTtlTexts } from "./mx-ttl-texts";
import { type Safe, safeSwitch } from "./safe-switch";
import { defineStep, type Field } from "./shape";
import { moment, span } from "./spans";

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

const aimFor = (domain: string, { lowest }: Settings, { lowTtl }: Profile): number => Math.max(lowTtl.value, lowest[domain] ?? 0);

function disagreement(row: Row<"mx">): string {
  const said = row.servers.map(
    (s) => `${s.name} ${s.problem ?? `says TTL ${s.ttl ?? "unknown"}, ${s.hosts.join(", ") || "no mail servers"}`}`,
  );
  return `Its name servers disagree: ${said.join("; ")}.`;
}

function because({ because: why, oldTtl }: Safe, isOver: boolean): string {
  switch (why) {
    case "seen":
      return `The old TTL was ${span(oldTtl)}.`;
    case "word":
      return `The old TTL was ${span(oldTtl)}, by your word.`;
    case "resolver":
      return `A public resolver still had old records ${isOver ? "then" : "now"}, so the old TTL was at least ${span(oldTtl)}.`;
    case "unknown":
      return "It was short already when Cutover first looked, so the old TTL is not known: a day is assumed.";
  }
}

/** Without a history of our own, the public resolvers have a say: when they cannot be asked, nothing is certain. */
function needsResolvers(domain: string, { resolvers }: TtlReading, { because: why }: Safe): Check | null {
  const seen = resolvers[domain];
  if (why === "seen" || seen === undefined || seen.ok) return null;
  return unknown(domain, seen.problem, { about: domain });
}

function shortCheck(domain: string, row: Row<"mx">, reading: TtlReading, chosen: Settings, profile: Profile, now: number): Check {
  const about = domain;
  const { before, remembered } = reading;
  const configured = before[domain];
  const left = remembered[domain];
  const history = {
    configured: configured?.ok ? configured.value : [],
    remembered: left?.ok ? left.value : [],
    word: chosen.oldTtl[domain],
  };
  const safe = safeSwitch(history, aimFor(domain, chosen, profile));
  const blind = needsResolvers(domain, reading, safe);
  if (blind) return blind;
  const is = `Its TTL is ${span(row.ttl)}.`;
  if (now < safe.at) {
    const fix =
      safe.because === "unknown"
        ? "If you know what the TTL was before, enter it above: the wait may be shorter."
        : "Wait. Nothing else is to be done here.";
    return wait(domain, `${is} ${because(safe, false)} The earliest safe switch is ${moment(safe.at)}.`, safe.at, { about, fix });
  }
  if (row.ttl > profile.lowTtl.value)
    return warn(domain, `${is} Your DNS host allows no less.`, `Reckon with ${span(row.ttl)} for the switch, and for going back.`, {
      about,
    });
  return pass(domain, `${is} Nobody remembers the records of before any more. ${because(safe, true)}`, { about });
}

function check(domain: string, reading: TtlReading, chosen: Settings, profile: Profile, now: number): Check {
  const about = domain;
  const seen = reading.mx[domain];
  if (!seen?.ok) return unknown(domain, seen?.problem ?? { code: "not-asked", say: "Its mail records have not been read yet." }, { about });
  const row = seen.value[0];
  if (!row || row.hosts.length === 0)
    return warn(
      domain,
      "It has no MX records, so there is no TTL to shorten.",
      "If it should receive mail, look at it again after the switch. Else leave it out.",
      { about },
    );
  if (!row.agreed)
    return fail(
      domain,
      disagreement(row),
      "Wait a quarter of an hour and look again. If it stays, ask your DNS host why its servers don't hold the same records.",
      { about },
    );
  const aim = aimFor(domain, chosen, profile);
  if (row.ttl <= aim) return shortCheck(domain, row, reading, chosen, profile, now);
  const help = editHelp(rowIn(reading.dnsHosts, domain));
  const where = help === null ? "at your DNS host" : `at your DNS host, which describes it here: ${help}`;
  return fail(
    domain,
    `Its TTL is ${span(row.ttl)}.`,
    `Set the TTL of all its MX records to ${aim} seconds (${span(aim)}) ${where}.${chosen.dnsPerson ? ` Your DNS is looked after by: ${chosen.dnsPerson}.` : ""}`,
    {
      about,
    },
  );
}

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
  ways: {
    us: "Comes with the MX switch: until then Cutover explains how to do it by hand.",
    script: "Microsoft's PowerShell does not reach your DNS host: only its own page, or its own tool, changes a TTL.",
    hand: true,
  },
  texts: mxTtlTexts,
  settings,
  atFirst: { domains: [], lowest: {}, oldTtl: {}, dnsPerson: "" },
  queries: ({ domains }) => ttlQueries(domains),
  checks: (reading, chosen, profile, now) =>
    chosen.domains.length === 0
      ? [fail("chosen", "No domain is chosen yet.", "Choose your domains first.", { step: "choose-domains" })]
      : chosen.domains.map((domain) => check(domain, reading, chosen, profile, now)),
  changes: ({ mx }, chosen, profile, mine) => {
    const rows = chosen.domains.flatMap((domain) => rowIn(mx, domain) ?? []);
    const high = rows.filter((row) => row.hosts.length > 0 && row.agreed && row.ttl > aimFor(row.Guid, chosen, profile));
    return high.flatMap((row) => edit("mx", row, { ttl: aimFor(row.Guid, chosen, profile) }, mine, "person"));
  },
  fields: (reading, chosen, profile) => chosen.domains.flatMap((domain) => fieldsFor(domain, reading, chosen, profile)),
  evidence: (reading, chosen) => mxTtlEvidence(reading, chosen.domains),
});
