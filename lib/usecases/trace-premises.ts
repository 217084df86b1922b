/** What a report on message trace is judged by, read once when it begins: domains and since when, connectors, the vendor's addresses, SPF. */
import type { Result } from "@/lib/base/result";
import { readAll } from "@/lib/engine/read";
import type { World } from "@/lib/engine/world";
import { type Row, readRows } from "@/lib/model/nouns";
import { ask, each, nameOf, type Reading, resolve } from "@/lib/model/query";
import type { Premises } from "@/lib/model/trace-premises";
import { CLOUDFLARE_NETWORKS } from "@/lib/model/trace-premises";
import { MOST_LOOKUPS, readSpf } from "@/lib/model/trace-spf";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { gateQueries, isInitialDomain, ownDomain } from "@/lib/steps/lock-down-gate";
import { ourAddresses } from "@/lib/steps/vendor-connector";
import { isAtVendor, recordsSince, ttlBefore } from "@/lib/steps/vendor-hosts";
import type { Setup } from "./setup";

const queries = () => {
  const gate = gateQueries();
  return { ...gate, connectors: ask("InboundConnector"), spf: each(gate.accepted, "spf", ownDomain) };
};
type Read = Reading<ReturnType<typeof queries>>;

/** Since when no server has the old records in memory any more; null: not at the vendor, or not long enough. */
function settledAt(domain: string, { gateMx, gateBefore }: Read, now: number): number | null {
  const seen = gateMx[domain];
  const held = gateBefore[domain];
  const row = seen?.ok ? seen.value[0] : undefined;
  if (!row || !isAtVendor(row) || !held?.ok) return null;
  const since = recordsSince(held.value, (one) => isAtVendor(one) && one.agreed);
  if (since === null) return null;
  const at = since + ttlBefore(held.value, since) * 1000;
  return at <= now ? at : null;
}

type Listed = Premises["listed"][number];
type Spf = { readonly listed: readonly Listed[]; readonly gaps: readonly string[] };

const textsIn = (answer: Result<unknown> | undefined): readonly string[] | null => {
  const rows = answer?.ok ? readRows("spf", answer.value) : null;
  return rows?.ok ? rows.value.flatMap((row) => row.records) : null;
};

/** A record may include hundreds, and each of those as many again: what a stranger wrote must not set us to work without end. */
const MOST_RECORDS = 100;
const MOST_NETWORKS = 2_000;
const TOO_MANY = `Your SPF records include more than ${MOST_RECORDS} others, or more than ${MOST_NETWORKS} networks. The rest was not read, so their servers may stand among those that are not listed.`;

/** Records that were included, in waves, each once. What a service includes in turn still goes by the name that the domain includes. */
async function included(world: World, names: readonly string[]): Promise<Spf> {
  const listed: Listed[] = [];
  const gaps = new Set<string>();
  const known = new Set<string>();
  let wave = new Map(names.map((name) => [name, name]));
  for (let depth = 0; depth < MOST_LOOKUPS && wave.size > 0; depth++) {
    const asked = [...wave].slice(0, MOST_RECORDS - known.size);
    if (asked.length < wave.size) gaps.add(TOO_MANY);
    for (const [name] of asked) known.add(name);
    const answers = await world.ask(asked.map(([name]) => ask("spf", name)));
    const next = new Map<string, string>();
    for (const [name, by] of asked) {
      const texts = textsIn(answers.get(nameOf(ask("spf", name))));
      if (texts === null)
        gaps.add(`The SPF record of ${name} could not be read, so its servers may stand among those that are not listed.`);
      const { networks, includes } = readSpf(texts ?? []);
      const kept = networks.slice(0, MOST_NETWORKS - listed.length);
      if (kept.length < networks.length) gaps.add(TOO_MANY);
      listed.push(...kept.map((network) => ({ network, by })));
      for (const one of includes) if (!known.has(one) && !next.has(one)) next.set(one, by);
    }
    wave = next;
  }
  return { listed, gaps: [...gaps] };
}

async function senders(world: World, { spf }: Read): Promise<Spf> {
  const own = Object.entries(spf).map(([domain, seen]) => ({
    domain,
    read: seen.ok ? readSpf(seen.value.flatMap((r) => r.records)) : null,
  }));
  const rest = await included(world, [...new Set(own.flatMap(({ read }) => read?.includes ?? []))]);
  const unread = own.filter(({ read }) => read === null).map(({ domain }) => domain);
  return {
    listed: [...own.flatMap(({ read }) => (read?.networks ?? []).map((network) => ({ network, by: "" }))), ...rest.listed],
    gaps: [
      ...unread.map((domain) => `The SPF record of ${domain} could not be read, so its senders may stand among those that are not listed.`),
      ...rest.gaps,
    ],
  };
}

type Connector = Row<"InboundConnector">;
const named = (connectors: readonly Connector[]) =>
  connectors.map(({ Name, SenderIPAddresses }) => ({ name: Name, addresses: SenderIPAddresses }));

/** Each single network of the list as the /24 it lies in: the neighbours of a part are as likely the vendor's. */
const around = ({ egress }: Profile): readonly string[] =>
  egress.value.flatMap((entry) => (entry.includes("/") ? `${entry.slice(0, entry.lastIndexOf("."))}.0/24` : []));

function nearby(profile: Profile): readonly string[] {
  const all = Object.values(profiles);
  return [...new Set([...all.flatMap((p) => [...p.formerEgress.value, ...p.egress.value]), ...around(profile), ...CLOUDFLARE_NETWORKS])];
}

/** @returns the problem when the accepted domains or the connectors cannot be read: without them nothing can be told apart. */
export async function readPremises(setup: Pick<Setup, "tenant" | "given" | "profile">, now: number): Promise<Result<Premises>> {
  const { tenant, given, profile } = setup;
  const asked = queries();
  const known = await readAll([asked], tenant, given);
  for (const q of [ask("AcceptedDomain"), ask("InboundConnector")]) {
    const seen = resolve(q, known);
    if (!seen.ok) return seen;
  }
  const reading = Object.fromEntries(
    Object.entries(asked).map(([name, q]) => {
      const seen = resolve(q, known);
      return [name, seen.ok ? seen.value : {}];
    }),
  ) as Read; // every value was parsed by its own noun
  const accepted = reading.accepted["tenant"];
  const names = accepted?.ok ? accepted.value.map((row) => row.Name) : [];
  const connectors = reading.connectors.filter((c) => c.Enabled);
  const partners = connectors.filter((c) => c.ConnectorType === "Partner" && ourAddresses(c, profile).length === 0);
  const { listed, gaps } = await senders(tenant.world, reading);
  return {
    ok: true,
    value: {
      domains: names.filter((name) => !isInitialDomain(name)).map((name) => ({ name, since: settledAt(name, reading, now) })),
      initial: names.filter(isInitialDomain),
      vendor: profile.egress.value,
      vendorNearby: nearby(profile),
      onPremises: named(connectors.filter((c) => c.ConnectorType === "OnPremises")),
      partners: named(partners),
      listed,
      gaps,
    },
  };
}
