/** What the sweep gives out again when nobody shows a sign of life, but not every second. */
import type { Clock } from "@/lib/base/clock";

/** @returns whether this may be given out now; if so it counts as given. By this machine's clock: ours may be moved. */
export function onceIn(restMs: number, wall: Pick<Clock, "now">): (key: string) => boolean {
  /** The oldest first. */
  const given = new Map<string, number>();
  return (key) => {
    const now = wall.now();
    for (const [one, at] of given) {
      if (now - at <= restMs) break;
      given.delete(one);
    }
    if (given.has(key)) return false;
    given.set(key, now);
    return true;
  };
}
