/** The configured TTL of a thousand domains from their own name servers, against dig with the same questions; and whether memory stays where it is. */
import type { Dns } from "@/lib/clouds/dns/dns";
import { ask } from "@/lib/model/query";
import { adapter, rowOf } from "./asking";
import { ownDomains } from "./control";
import { digAll, HOST_SERVERS, hasDig, serverLines, zoneLine } from "./dig";
import type { House } from "./house";
import { FLAT_MB, held } from "./memory";
import { median, timed } from "./numbers";
import { at, bounded, type Row, told } from "./report";

const DOMAINS = 1_000;
const TIMES_DIG = 3;
const TRIES = 3;
const ROUNDS = 20;
const WARM_ROUND = 5;
/** Longer than zone cuts are kept, so that each round finds all of them anew. */
const STALE_MS = 11 * 60_000;

/** @throws unless every domain was answered, by all of its servers: a fast wrong answer is no result. */
async function ttls(dns: Dns, domains: readonly string[]): Promise<void> {
  const answers = await dns.ask(domains.map((domain) => ask("mx", domain)));
  for (const domain of domains) {
    const row = rowOf("mx", domain, answers);
    if (row.ttl <= 0 || !row.agreed) throw new Error(`${domain} has no configured TTL.`);
  }
}

/** Nothing known at first: every zone cut is found and every server of every domain asked. */
async function cold(house: House, domains: readonly string[]): Promise<number> {
  const dns = adapter(house);
  const { ms } = await timed(() => ttls(dns, domains));
  dns.close();
  return ms;
}

async function speed(house: House, domains: readonly string[]): Promise<readonly Row[]> {
  const measure = `Configured TTL of ${at(domains.length)} domains`;
  const isThere = hasDig();
  const lines = domains.flatMap((domain) => [zoneLine(house.settings, domain), ...serverLines(house.settings, HOST_SERVERS, domain)]);
  const ours: number[] = [];
  const digs: number[] = [];
  for (let round = 0; round < TRIES; round++) {
    ours.push(await cold(house, domains));
    if (isThere) digs.push(await digAll(house, lines));
  }
  const own = median(ours);
  if (!isThere) return [told(measure, `${at(own)} ms; there is no dig on this machine to compare with`)];
  const dig = median(digs);
  const result = `${at(own)} ms; dig ${at(dig)} ms: ${at(own / dig, 2)} times`;
  return [bounded(measure, own / dig, TIMES_DIG, { result, bound: `${TIMES_DIG} x dig -f` })];
}

async function memory(house: House, domains: readonly string[]): Promise<Row> {
  const dns = adapter(house);
  const heaps: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await ttls(dns, domains);
    heaps.push(held().heapMb);
    await house.control.advance(STALE_MS);
    await house.deps.clock.refresh();
  }
  dns.close();
  const warm = heaps[WARM_ROUND - 1] ?? Number.NaN;
  const last = heaps.at(-1) ?? Number.NaN;
  const result = `${at(warm, 1)} MB after round ${WARM_ROUND}, ${at(last, 1)} MB after round ${ROUNDS}`;
  return bounded("Memory while asking again", last - warm, FLAT_MB, { result, bound: `flat (± ${FLAT_MB} MB)` });
}

export async function dns(house: House): Promise<readonly Row[]> {
  const domains = ownDomains(await house.control.tenant("many", DOMAINS));
  return [...(await speed(house, domains)), await memory(house, domains)];
}
