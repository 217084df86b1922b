/** What a fresh look means for the setup: a step that settled is written down, one that waits is watched. */
import type { Seen } from "@/lib/engine/look";
import { SETTLED } from "@/lib/model/check";
import { answer, ask } from "@/lib/model/query";
import type { Step } from "@/lib/steps/shape";
import type { NewEvent } from "@/lib/store/events";
import { doneKinds } from "@/lib/store/pages";
import type { Deps } from "./deps";
import type { Setup } from "./setup";
import { statusesOf } from "./standing";

const HOUR_MS = 3_600_000;
/** A watch gives up after two weeks; whoever looks at the step begins it anew. */
export const WATCH_LIFE_MS = 14 * 24 * HOUR_MS;

/** When to look again: at the time the check names, else sooner at first and slower later. In ms since 1970. */
export function nextLookAt(seen: Pick<Seen, "checks">, now: number, tries: number): number {
  const named = seen.checks.flatMap((c) => (c.verdict === "wait" && c.again !== undefined && c.again > now ? [c.again] : []));
  const backedOff = now + Math.min(10 * 60_000, 20_000 * 1.5 ** tries);
  if (named.length === 0) return backedOff;
  const atIt = Math.max(Math.min(...named), now + 5_000);
  // A write that is not shown yet is shown at that time at the latest, mostly within seconds.
  if (seen.checks.some((c) => c.id === SETTLED && c.verdict === "wait")) return Math.min(atIt, backedOff);
  // A time far ahead is looked at on the way as well: what it waits for may be undone meanwhile.
  return Math.min(atIt, now + 6 * HOUR_MS);
}

export const isWaiting = (seen: Pick<Seen, "checks">): boolean => seen.checks.some((c) => c.verdict === "wait");

/** What a look brings into the activity list: done, turned since, and done again, each once. */
function turnOf(setup: Setup, step: Step, seen: Seen): NewEvent | null {
  const { dones, turns } = setup.stored;
  const last = dones.find((e) => e.step === step.id);
  const done = last?.kind === "step-done" ? last : undefined;
  const turned = turns.find((e) => e.step === step.id && done !== undefined && e.id > done.id);
  const status = statusesOf(setup, new Map([[step.id, seen]])).get(step.id);
  const at = setup.tenant.world.now();
  if (status?.code === "done" && (!done || turned)) return { kind: "step-done", at, step: step.id };
  if (status?.code !== "changed" || !done || turned) return null;
  const why = seen.checks.find((c) => c.verdict === "fail" && c.id !== SETTLED) ?? seen.checks.find((c) => c.verdict === "fail");
  return { kind: "step-turned", at, step: step.id, detail: { say: why?.saw ?? "" } };
}

/** Until Graph was asked, the company is called after its sign-in names. */
async function noteName(deps: Deps, setup: Setup, seen: Seen): Promise<void> {
  const rows = answer(ask("organization"), seen.known);
  const name = rows.ok ? rows.value[0]?.Name : undefined;
  if (name && name !== setup.stored.tenant.name) await deps.store.tenants.edit(setup.scope, { name: name.slice(0, 200) });
}

export async function noteLook(deps: Deps, setup: Setup, step: Step, seen: Seen): Promise<void> {
  await noteName(deps, setup, seen);
  const { scope, stored } = setup;
  const now = deps.clock.now();
  const turn = turnOf(setup, step, seen);
  const isWatched = stored.watches.some((w) => w.step === step.id && w.state === "watching");
  const isToWatch = isWaiting(seen) && !isWatched;
  if (!turn && !isToWatch) return;
  await deps.store.together(scope, async (store) => {
    // Two looks at once, a page's and the worker's, must not tell the same turn twice.
    if (turn) await store.events.addTurn(scope, turn, [...doneKinds, "step-turned"]);
    if (isToWatch)
      await store.watches.begin(scope, { step: step.id, dueAt: nextLookAt(seen, now, 0), since: now, deadline: now + WATCH_LIFE_MS });
  });
}
