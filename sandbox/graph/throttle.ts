/** How much mail one application may ask of one mailbox: 10,000 requests in ten minutes, four at once (throttling limits, Outlook). */
import type { World } from "../world";
import { type GraphError, graphErrors } from "./errors";

const windowMs = 10 * 60_000;
const mostInWindow = 10_000;
export const mostAtOnce = 4;

type Meter = { since: number; count: number; atOnce: number };

/** Of the process: a restart forgets them, as it forgets faults. */
const metersOf = new WeakMap<World, Map<string, Meter>>();

function meterOf(world: World, key: string): Meter {
  const meters = metersOf.get(world) ?? new Map<string, Meter>();
  metersOf.set(world, meters);
  const now = world.clock.now();
  const known = meters.get(key) ?? { since: now, count: 0, atOnce: 0 };
  meters.set(key, known);
  // a clock that was put back begins anew, too
  if (now >= known.since + windowMs || now < known.since) Object.assign(known, { since: now, count: 0 });
  return known;
}

/** Makes the call, or says why not; calls that are refused count as well. `key` names application and mailbox. */
export async function throttled<T>(world: World, key: string, call: () => Promise<T>): Promise<T | GraphError> {
  const meter = meterOf(world, key);
  meter.count += 1;
  if (meter.count > mostInWindow) return graphErrors.throttled(Math.ceil((meter.since + windowMs - world.clock.now()) / 1_000));
  if (meter.atOnce >= mostAtOnce) return graphErrors.tooManyAtOnce();
  meter.atOnce += 1;
  try {
    return await call();
  } finally {
    meter.atOnce -= 1;
  }
}
