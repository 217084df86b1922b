/** A change that spreads, watched: a thousand domains asked again at every server that counts, against dig with the same questions; and whether anything grows over a hundred sweeps. */
import type { Dns } from "@/lib/clouds/dns/dns";
import { readAll } from "@/lib/engine/read";
import { ask } from "@/lib/model/query";
import { ttlQueries } from "@/lib/steps/mx-ttl-reading";
import { loadSetup } from "@/lib/usecases/setup";
import { adapter, rowOf } from "./asking";
import { digAll, HOST_SERVERS, hasDig, resolverLines, serverLines } from "./dig";
import type { Customer, House } from "./house";
import { FLAT_MB, held } from "./memory";
import { median, timed } from "./numbers";
import { at, bounded, type Row, told } from "./report";

const DOMAINS = 1_000;
/** With the two of the sandbox's ordinary DNS host and the three resolvers there are six. */
const THIRD = { name: "ns3.dnsimple.com", address: "127.0.0.19" };
const NAME_SERVERS = [...HOST_SERVERS, THIRD.address];
const SERVERS = 6;
/** Shortened before mail records are changed. */
const TTL_SECONDS = 300;
const TIMES_DIG = 3;
const TRIES = 5;
const SWEEPS = 100;
const WARM_SWEEP = 10;
/** How often the step of the MX records looks again while its change spreads. */
const BEAT_MS = 60_000;
/** The system takes pages back when it likes, so this says less than the heap does. */
const FLAT_RSS_MB = 32;

/** @throws unless each of the servers answered for each domain. */
async function sweep(dns: Dns, domains: readonly string[]): Promise<void> {
  const answers = await dns.ask(domains.flatMap((domain) => [ask("mx", domain), ask("resolvers", domain)]));
  for (const domain of domains) {
    const heard = [...rowOf("mx", domain, answers).servers, ...rowOf("resolvers", domain, answers).seen];
    if (heard.filter(({ problem, hosts }) => problem === null && hosts.length > 0).length !== SERVERS)
      throw new Error(`${domain} was not answered by ${SERVERS} servers.`);
  }
}

const span = (all: readonly number[], digits = 0): string => `${at(Math.min(...all), digits)} to ${at(Math.max(...all), digits)}`;

/** Where zones begin is known from the first sweep on, as it is while a step is watched. In turns with dig, so that other work hits both. */
async function speed(house: House, domains: readonly string[]): Promise<Row> {
  const measure = `Propagation sweep, ${at(domains.length)} domains x ${SERVERS} servers`;
  const lines = domains.flatMap((domain) => [
    ...serverLines(house.settings, NAME_SERVERS, domain),
    ...resolverLines(house.settings, domain),
  ]);
  const isThere = hasDig();
  const ours: number[] = [];
  const digs: number[] = [];
  const dns = adapter(house);
  await sweep(dns, domains);
  for (let round = 0; round < TRIES; round++) {
    ours.push((await timed(() => sweep(dns, domains))).ms);
    if (isThere) digs.push(await digAll(house, lines));
  }
  dns.close();
  const own = `${at(median(ours))} ms (${span(ours)})`;
  if (!isThere) return told(measure, `${own}; there is no dig on this machine to compare with`);
  const times = ours.map((ms, nth) => ms / (digs[nth] ?? Number.NaN));
  const result = `${own}; dig ${at(median(digs))} ms (${span(digs)}): ${at(median(times), 2)} times (${span(times, 2)})`;
  return bounded(measure, median(times), TIMES_DIG, { result, bound: `${TIMES_DIG} x dig -f` });
}

/** What a watch does each time: loads the setup, asks everything anew, remembers it. @throws where something was not answered. */
async function look({ deps }: House, { scope, domains }: Customer): Promise<void> {
  const setup = await loadSetup(deps, scope);
  if (!setup.ok) throw new Error(setup.problem.say);
  const { raw } = await readAll([ttlQueries(domains)], setup.value.tenant);
  for (const [name, answer] of raw) if (!answer.ok) throw new Error(`${name}: ${answer.problem.say}`);
}

const stretchesOf = async ({ deps }: House, { scope }: Customer): Promise<number> =>
  [...(await deps.store.moments.stretches(scope)).values()].reduce((sum, one) => sum + one.length, 0);

type Kept = { readonly heapMb: number; readonly rssMb: number; readonly stretches: number; readonly lookMs: number };

async function keptAfter(house: House, customer: Customer): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (let nth = 1; nth <= SWEEPS; nth++) {
    const { ms: lookMs } = await timed(() => look(house, customer));
    if (nth === WARM_SWEEP || nth === SWEEPS) kept.push({ ...held(), stretches: await stretchesOf(house, customer), lookMs });
    await house.control.advance(BEAT_MS);
    await house.deps.clock.refresh();
  }
  return kept;
}

async function growth(house: House, customer: Customer): Promise<readonly Row[]> {
  const [warm, last] = await keptAfter(house, customer);
  if (!warm || !last) throw new Error("Nothing was measured.");
  const both = (of: keyof Kept, unit: string, digits = 0) =>
    `${at(warm[of], digits)}${unit} after sweep ${WARM_SWEEP}, ${at(last[of], digits)}${unit} after sweep ${SWEEPS}`;
  return [
    bounded("Heap while a change is watched", last.heapMb - warm.heapMb, FLAT_MB, {
      result: both("heapMb", " MB", 1),
      bound: `flat (± ${FLAT_MB} MB)`,
    }),
    bounded("Resident memory meanwhile", last.rssMb - warm.rssMb, FLAT_RSS_MB, {
      result: both("rssMb", " MB"),
      bound: `flat (± ${FLAT_RSS_MB} MB)`,
    }),
    bounded("Stretches kept while nothing changes", last.stretches - warm.stretches, 0, {
      result: both("stretches", ""),
      bound: "none more",
    }),
    told("One look of the watch, remembered", both("lookMs", " ms")),
  ];
}

export async function propagation(house: House): Promise<readonly Row[]> {
  const customer = await house.customer("many", DOMAINS);
  await house.control.spread(customer.tenant, THIRD, TTL_SECONDS);
  return [await speed(house, customer.domains), ...(await growth(house, customer))];
}
