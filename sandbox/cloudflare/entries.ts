/** All that the vendor knows of a tenant's mail, newest first, and each of it by id. Made-up mail is made when it is come to, and kept. */
import { generatedAtFirst, generatedCount, generatedTime, newestStretches } from "../history/generated";
import type { Message } from "../mail/message";
import type { Tenant } from "../tenant";
import { byJournal, byMx, type Entry, madeUp, newestFirst, numberIn, textOf } from "./entry";

type Kept = { until: number; generatedPeople: number | undefined; byNumber: (Entry | undefined)[] };
const kept = new WeakMap<Tenant, Kept>();

/** A burst adds numbers and changes none. */
function byNumber(tenant: Tenant): (Entry | undefined)[] {
  const { generatedMail, generatedPeople } = tenant;
  if (!generatedMail) return [];
  const known = kept.get(tenant);
  if (known?.until === generatedMail.until && known.generatedPeople === generatedPeople) return known.byNumber;
  const made: Kept = { until: generatedMail.until, generatedPeople, byNumber: [] };
  kept.set(tenant, made);
  return made.byNumber;
}

function entryOf(tenant: Tenant, made: (Entry | undefined)[], number: number): Entry | undefined {
  const known = made[number];
  if (known) return known;
  const message = generatedAtFirst(tenant, number);
  const entry = message && madeUp(message);
  if (entry) made[number] = entry;
  return entry;
}

/** How many of a stretch are newer than this moment. */
function newerThan(tenant: Tenant, { first, last, step }: { first: number; last: number; step: 1 | -1 }, at: number): number {
  let [low, high] = [0, Math.abs(last - first) + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (generatedTime(tenant, first + middle * step) > at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Newest first, between two moments, both inclusive. */
function* madeUpEntries(tenant: Tenant, start: number, end: number): Generator<Entry> {
  const made = byNumber(tenant);
  for (const stretch of newestStretches(tenant)) {
    const stop = newerThan(tenant, stretch, start - 1);
    for (let place = newerThan(tenant, stretch, end); place < stop; place += 1) {
      const entry = entryOf(tenant, made, stretch.first + place * stretch.step);
      if (entry) yield entry;
    }
  }
}

/** What really came, newest first: a few thousand at most. Whether the vendor joins a report with what came through it is not on record; it does here. */
function arrived({ mail }: Tenant): Entry[] {
  const byTrace = new Map<string, Message[]>();
  for (const message of mail.vendor) {
    const copies = byTrace.get(message.traceId);
    if (copies) copies.push(message);
    else byTrace.set(message.traceId, [message]);
  }
  const direct = [...byTrace.values()].flatMap((copies) => (copies[0] ? [byMx(copies[0], copies)] : []));
  const known = new Set(mail.vendor.map(({ messageId }) => messageId));
  const journaled = mail.journal.flatMap((report) => (known.has(report.messageId) ? [] : (byJournal(report) ?? [])));
  return [...direct, ...journaled].sort(newestFirst);
}

/** All entries between two moments, both inclusive; newest first. */
export function* entriesBetween(tenant: Tenant, start: number, end: number): Generator<Entry> {
  const real = arrived(tenant).filter(({ at }) => at >= start && at <= end);
  let next = 0;
  for (const entry of madeUpEntries(tenant, start, end)) {
    for (let before = real[next]; before && newestFirst(before, entry) < 0; before = real[next]) {
      yield before;
      next += 1;
    }
    yield entry;
  }
  yield* real.slice(next);
}

/** By investigate id, or by the bare postfix id that older clients send. */
export function finder(tenant: Tenant): (id: string) => Entry | undefined {
  const byId = new Map<string, Entry>();
  for (const entry of arrived(tenant)) byId.set(entry.id, entry).set(entry.postfix, entry);
  const made = byNumber(tenant);
  return (id) => {
    const entry = byId.get(id) ?? entryOf(tenant, made, numberIn(id));
    if (entry?.id === id || entry?.postfix === id) return entry;
    return /^[0-9A-F]{12}$/.test(id) ? made.find((one) => one?.postfix === id) : undefined;
  };
}

export const entryWith = (tenant: Tenant, id: string): Entry | undefined => finder(tenant)(id);

const warmed = new WeakSet<(Entry | undefined)[]>();
/** Takes a few milliseconds. */
const atOnce = 500;

/** Makes all of it bit by bit while nobody waits, so that the first search of everything is as quick as the others. */
export function warmUp(tenant: Tenant): void {
  const made = byNumber(tenant);
  if (generatedCount(tenant) < atOnce || warmed.has(made)) return;
  warmed.add(made);
  const go = (from: number): void => {
    const until = Math.min(from + atOnce, generatedCount(tenant));
    for (let number = from; number < until; number += 1) {
      const entry = entryOf(tenant, made, number);
      if (entry) textOf(entry);
    }
    if (until < generatedCount(tenant) && byNumber(tenant) === made) setTimeout(go, 1, until).unref();
  };
  setTimeout(go, 1, 0).unref();
}
