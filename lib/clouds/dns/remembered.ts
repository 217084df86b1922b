/** Answers kept for a while: the same question asked twice at once is sent once, a failure is not kept. */
import type { Clock } from "@/lib/base/clock";
import type { Result } from "@/lib/base/result";

export type Kept<T> = { readonly value: T; readonly ttlSeconds: number };

export type Memory<T> = (key: string) => Promise<Result<Kept<T>>>;

const MOST = 20_000;
/** Long enough to be worth it, short enough that a moved domain is soon seen. */
const SHORTEST_MS = 30_000;
const LONGEST_MS = 600_000;

/** Asks through a memory. `look` says how long its answer may be kept; that is held within half a minute and ten. */
export function createMemory<T>(clock: Clock, look: Memory<T>): Memory<T> {
  const kept = new Map<string, { readonly answer: Promise<Result<Kept<T>>>; until: number }>();

  const ask = async (key: string): Promise<Result<Kept<T>>> => {
    const entry = { answer: look(key), until: clock.now() + SHORTEST_MS };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    const answer = await entry.answer;
    if (answer.ok) entry.until = clock.now() + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, answer.value.ttlSeconds * 1_000));
    else if (kept.get(key) === entry) kept.delete(key);
    return answer;
  };

  return (key) => {
    const entry = kept.get(key);
    return entry !== undefined && clock.now() < entry.until ? entry.answer : ask(key);
  };
}
