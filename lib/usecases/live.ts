/** Live pages: a view again whenever something happened in the tenant, and on a polite beat, until it has settled or the person leaves. */
import type { Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";

type NextBeat = {
  /** Resolves at the next change of the tenant, after `ms`, when the person leaves, or when it is let go. */
  readonly heard: Promise<void>;
  readonly letGo: () => void;
};

function nextBeat(deps: Deps, tenant: string, ms: number, signal: AbortSignal): NextBeat {
  let letGo = () => {};
  const heard = new Promise<void>((resolve) => {
    const timer = setTimeout(() => letGo(), ms);
    const deafen = deps.store.live.on(tenant, () => letGo());
    letGo = () => {
      clearTimeout(timer);
      deafen();
      signal.removeEventListener("abort", letGo);
      resolve();
    };
    signal.addEventListener("abort", letGo);
  });
  return { heard, letGo };
}

export type Beat = {
  /** ms between looks while nothing happens. */
  readonly everyMs: number;
  /** After this long the beat slows down to a third. */
  readonly politeAfterMs: number;
};

/** A long run writes faster than its page is drawn: looking takes at most a third of the time. */
const rest = (tookMs: number, signal: AbortSignal): Promise<void> =>
  tookMs < WORTH_RESTING_MS
    ? Promise.resolve()
    : new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, 2 * tookMs);
        signal.addEventListener("abort", wake);
      });
const WORTH_RESTING_MS = 200;

/** @param isOver ends the stream after this view. The last view is always sent. */
export async function* follow<T>(
  deps: Deps,
  scope: TenantScope,
  look: () => Promise<Result<T>>,
  isOver: (view: T) => boolean,
  signal: AbortSignal,
  beat: Beat,
): AsyncGenerator<T> {
  const since = deps.wall.now();
  let said = "";
  let tookMs = 0;
  while (!signal.aborted) {
    const isPolite = deps.wall.now() - since > beat.politeAfterMs;
    // Listening begins before the look: what happens meanwhile must not be missed.
    const next = nextBeat(deps, scope.tenant, isPolite ? beat.everyMs * 3 : beat.everyMs, signal);
    try {
      await rest(tookMs, signal);
      const begun = deps.wall.now();
      const view = await look();
      tookMs = deps.wall.now() - begun;
      if (!view.ok) return;
      const says = JSON.stringify(view.value);
      if (says !== said) yield view.value;
      said = says;
      if (isOver(view.value)) return;
      await next.heard;
    } finally {
      next.letGo(); // also when whoever reads the stream stops reading
    }
  }
}
