/** A step as it stands: findings, what would change, and what was written but is not shown yet. */
import type { Change } from "@/lib/model/change";
import { type Check, SETTLED, wait } from "@/lib/model/check";
import { mineOf } from "@/lib/model/plan";
import type { Known } from "@/lib/model/query";
import type { Upload } from "@/lib/model/upload";
import type { Step } from "@/lib/steps/shape";
import { type Given, nothingGiven, readAll } from "./read";
import { type Hidden, hiddenOf, isAbout } from "./settling";
import type { Tenant } from "./world";

export type Seen = {
  readonly known: Known;
  readonly checks: readonly Check[];
  readonly changes: readonly Change[];
  /** Of objects that we wrote and that still read as before: waited for, never made again. */
  readonly settling: readonly Change[];
};

const NOT_SHOWN = "It was done. The service does not show it yet.";

/** While a write of ours is hidden, "wrong" is too early to say, and so is "all is well". */
function patient(checks: readonly Check[], hidden: readonly Hidden[]): readonly Check[] {
  if (hidden.length === 0) return checks;
  const again = Math.max(...hidden.map((h) => h.until));
  return checks.map((c) =>
    c.verdict === "fail" || c.id === SETTLED ? wait(c.id, NOT_SHOWN, again, c.about === undefined ? {} : { about: c.about }) : c,
  );
}

/** What bars a step may be what another step has just put right: a lock that was taken back is still shown for minutes. */
function patientGuards(checks: readonly Check[], guards: readonly string[], hidden: readonly Hidden[]): readonly Check[] {
  return checks.flatMap((c) => (guards.includes(c.id) ? patient([c], hidden) : [c]));
}

/** Judges a step from what is known. */
export function judge(step: Step, settings: unknown, tenant: Tenant, known: Known): Seen {
  const now = tenant.world.now();
  const entries = tenant.ledger.entries();
  const { checks, changes } = step.judge(settings, tenant.profile, known, now, mineOf(entries, step.id));
  const hidden = hiddenOf(entries, step.id, known, now);
  return {
    known,
    checks: patientGuards(patient(checks, hidden), step.guards, hiddenOf(entries, null, known, now)),
    changes: changes.filter((c) => !isAbout(hidden, c)),
    settling: changes.filter((c) => isAbout(hidden, c)),
  };
}

/** Reads and judges one step. */
export async function look(step: Step, settings: unknown, tenant: Tenant, given: Given = nothingGiven): Promise<Seen> {
  const known = await readAll([step.queries(settings, tenant.profile)], tenant, given);
  return judge(step, settings, tenant, known);
}

/** Judges a step from what a script read. DNS is asked by us all the same: an upload never holds it. */
export const lookAtUpload = (step: Step, settings: unknown, tenant: Tenant, upload: Upload): Promise<Seen> =>
  look(step, settings, tenant, upload.answers);

/** Reads and judges many steps: equal queries are sent once, all of them in the same waves. */
export async function lookAtAll(
  steps: readonly { readonly step: Step; readonly settings: unknown }[],
  tenant: Tenant,
  given: Given = nothingGiven,
): Promise<ReadonlyMap<string, Seen>> {
  const known = await readAll(
    steps.map(({ step, settings }) => step.queries(settings, tenant.profile)),
    tenant,
    given,
  );
  return new Map(steps.map(({ step, settings }) => [step.id, judge(step, settings, tenant, known)]));
}
