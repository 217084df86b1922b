/** Asks in waves until nothing new is asked; every wave is one call a cloud, whatever number of steps it is for. */
import type { Result } from "@/lib/base/result";
import { factsOf, readRows, saidIn } from "@/lib/model/nouns";
import { type Ask, asksOf, type Known, nameOf, type Queries, type RawMoment } from "@/lib/model/query";
import type { Memory, Told, World } from "./world";

/** Answers that are known already, such as an upload; they are not asked again. */
export type Given = ReadonlyMap<string, Result<unknown>>;
export const nothingGiven: Given = new Map();

function freshAsks(all: readonly Queries[], known: Known): ReadonlyMap<string, Ask> {
  const asks = all.flatMap((queries) => Object.values(queries)).flatMap((q) => asksOf(q, known));
  return new Map(asks.filter((q) => !known.raw.has(nameOf(q))).map((q) => [nameOf(q), q]));
}

/** Only what we can read is remembered: an answer of an unknown shape is evidence of nothing. */
function readable(asks: ReadonlyMap<string, Ask>, answers: Given, at: number): readonly Told[] {
  return [...answers].flatMap(([name, answer]) => {
    const q = asks.get(name);
    if (!q || !answer.ok) return [];
    const rows = readRows(q.kind, answer.value);
    return rows.ok
      ? [{ name, raw: answer.value, said: saidIn(q.kind, rows.value), at, isRemembered: factsOf(q.kind).isRemembered === true }]
      : [];
  });
}

/** The stretches as they are once these answers are added. */
function grown(held: ReadonlyMap<string, readonly RawMoment[]>, told: readonly Told[]): ReadonlyMap<string, readonly RawMoment[]> {
  const next = new Map(held);
  for (const { name, raw, at } of told) next.set(name, [...(next.get(name) ?? []), { raw, first: at, last: at }]);
  return next;
}

/**
 * @returns raw answers by name, failures included, and the stretches of time in which answers stayed the same.
 * A failed ask is a Problem under its name, never an empty answer.
 */
export async function readAll(
  all: readonly Queries[],
  tenant: { readonly world: World; readonly memory: Memory },
  given: Given = nothingGiven,
): Promise<Known> {
  const raw = new Map(given);
  let past = tenant.memory.moments();
  for (;;) {
    const fresh = freshAsks(all, { raw, past });
    if (fresh.size === 0) return { raw, past };
    const answers = await tenant.world.ask([...fresh.values()]);
    for (const [name, answer] of answers) raw.set(name, answer);
    const told = readable(fresh, answers, tenant.world.now());
    await tenant.memory.remember(told);
    past = grown(past, told);
  }
}
