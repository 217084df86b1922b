/** Live pages: a view again whenever something happened in the tenant, and on a polite beat, until it has settled or the person leaves. */
import type { Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";

/** Resolves at the next change of the tenant, after `ms`, or when the person leaves. */
function nextBeat(deps: Deps, tenant: string, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stop = deps.store.live.on(tenant, done);
    signal.addEventListener("abort", done);
  });
}

export type Beat = {
  /** ms between looks while nothing happens. */ readonly everyMs: number /** After this long the beat slows down to a third. */;
  readonly politeAfterMs: number;
};

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
  while (!signal.aborted) {
    const heard = nextBeat(deps, scope.tenant, deps.wall.now() - since > beat.politeAfterMs ? beat.everyMs * 3 : beat.everyMs, signal);
    const view = await look();
    if (!view.ok) return;
    const says = JSON.stringify(view.value);
    if (says !== said) yield view.value;
    said = says;
    if (isOver(view.value)) return;
    await heard;
  }
}
