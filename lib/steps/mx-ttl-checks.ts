/** What is true of a domain's TTL, and whether the old one has run out. */
import { type Check, fail, pass, unknown, wait, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { editHelp, rowIn } from "./mx-rows";
import type { TtlReading } from "./mx-ttl-reading";
import { type Safe, safeSwitch } from "./safe-switch";
import { moment, span } from "./spans";
import { recordsSince } from "./vendor-hosts";

/** `lowest`: what the DNS host takes at least. `oldTtl`: the TTL of before, by word. Both in seconds, by domain. */
export type TtlChosen = {
  readonly lowest: Readonly<Record<string, number>>;
  readonly oldTtl: Readonly<Record<string, number>>;
  readonly dnsPerson: string;
};

export const aimFor = (domain: string, { lowest }: Pick<TtlChosen, "lowest">, { lowTtl }: Profile): number =>
  Math.max(lowTtl.value, lowest[domain] ?? 0);

function disagreement(row: Row<"mx">): string {
  const said = row.servers.map(
    (s) => `${s.name} ${s.problem ?? `says TTL ${s.ttl ?? "unknown"}, ${s.hosts.join(", ") || "no mail servers"}`}`,
  );
  return `Its name servers disagree: ${said.join("; ")}.`;
}

/** A change reaches one name server after the other, ours as well as anybody's: only what stays is wrong. */
const SPREADS_MS = 15 * 60_000;

function unequal(domain: string, row: Row<"mx">, { before }: TtlReading, now: number): Check {
  const about = domain;
  const held = before[domain];
  const moments = held?.ok ? held.value : [];
  const since = recordsSince(moments, (r) => !r.agreed);
  const wereEqual = moments.some((m) => m.rows.some((r) => r.agreed));
  if (since !== null && wereEqual && now < since + SPREADS_MS)
    return wait(domain, disagreement(row), since + SPREADS_MS, { about, fix: "Wait: a change goes from one of them to the next." });
  return fail(
    domain,
    disagreement(row),
    "Wait a quarter of an hour and look again. If it stays, ask your DNS host why its servers don't hold the same records.",
    { about },
  );
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

function shortCheck(domain: string, row: Row<"mx">, reading: TtlReading, chosen: TtlChosen, profile: Profile, now: number): Check {
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
        ? "If you know what the TTL was before, enter it below: the wait may be shorter."
        : "Wait. Nothing else is to be done here.";
    return wait(domain, `${is} ${because(safe, false)} The earliest safe switch is ${moment(safe.at)}.`, safe.at, { about, fix });
  }
  if (row.ttl > profile.lowTtl.value)
    return warn(domain, `${is} Your DNS host allows no less.`, `Reckon with ${span(row.ttl)} for the switch, and for going back.`, {
      about,
    });
  return pass(domain, `${is} Nobody remembers the records of before any more. ${because(safe, true)}`, { about });
}

export function ttlCheck(domain: string, reading: TtlReading, chosen: TtlChosen, profile: Profile, now: number): Check {
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
  if (!row.agreed) return unequal(domain, row, reading, now);
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
