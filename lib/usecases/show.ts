/** Turns what the engine saw into what a page shows. */
import type { Seen } from "@/lib/engine/look";
import { type Check, SETTLED } from "@/lib/model/check";
import { changeView } from "@/lib/model/difference";
import type { Plan } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import type { Status } from "@/lib/model/status";
import { trackOf } from "@/lib/steps/index";
import type { Step, Ways } from "@/lib/steps/shape";
import type { Setup } from "./setup";
import { remembered, uploadsFor } from "./standing";
import type { Looked, StepRow, TenantHead, Visitor } from "./views";

export const hrefOf = (scope: TenantScope, step: Step): string => `/t/${scope.tenant}/${trackOf(step.id).id}/${step.id}`;

/** A plan of several steps is that of undoing all of them. */
export const titleOf = ({ parts }: Pick<Plan, "parts">, ofStep: string): string =>
  parts.length > 1 ? "Everything that Cutover did" : ofStep;

export const headOf = (setup: Setup, visitor: Visitor): TenantHead => ({
  id: setup.scope.tenant,
  name: setup.stored.tenant.name,
  access: setup.stored.tenant.access ?? "unknown",
  isVisit: visitor.isStaff && visitor.tenant !== setup.scope.tenant,
  hasMail: setup.stored.cloudflareToken !== null || setup.tracks.some(({ id }) => id === "retraction"),
  visitor,
});

export function rowOf(setup: Setup, step: Step, status: Status): StepRow {
  const texts = step.texts(setup.profile);
  return { id: step.id, track: trackOf(step.id).id, title: texts.title, hint: texts.hint, status, href: hrefOf(setup.scope, step) };
}

/** For the eye: what could not be read for one and the same reason is said once, and "all is well" not at all while something is wrong or could not be read. */
export function toldOnce(checks: readonly Check[]): readonly Check[] {
  const unknown = checks.filter((c) => c.verdict === "unknown");
  const reasons = new Map(unknown.map((c) => [c.saw, c]));
  const merged = [...reasons.values()].map((c): Check => {
    const about = unknown.filter((other) => other.saw === c.saw).flatMap((other) => other.about ?? []);
    return about.length > 1 ? { ...c, about: about.join(", ") } : c;
  });
  const isWell = checks.every((c) => c.verdict !== "unknown" && c.verdict !== "fail");
  const rest = checks.filter((c) => c.verdict !== "unknown" && (isWell || c.id !== SETTLED || c.verdict !== "pass"));
  return [...merged, ...rest];
}

export function lookedOf(setup: Setup, step: Step, seen: Seen, at: number, source: Looked["source"]): Looked {
  const settings = setup.settings(step);
  const [oldest] = uploadsFor(setup, step, seen.known);
  return {
    ...(oldest ? { at: oldest.last, source: "upload", by: oldest.by?.name ?? null } : { at, source, by: null }),
    checks: toldOnce(seen.checks),
    changes: seen.changes.map(changeView),
    settling: seen.settling.length,
    fields: step.fields(settings, setup.profile, seen.known),
    evidence: step.evidence(settings, setup.profile, seen.known),
  };
}

export function lastLookOf(setup: Setup, step: Step): Looked | null {
  const last = remembered(setup, step);
  return last && lookedOf(setup, step, last.seen, last.at, "remembered");
}

const GOES_ON = new Set<Status["code"]>(["not-started", "needs-you", "in-progress", "problem", "changed"]);
/** The step to continue with. */
export function nextOf(setup: Setup, statuses: ReadonlyMap<string, Status>): StepRow | null {
  const step = setup.steps.find((s) => GOES_ON.has(statuses.get(s.id)?.code ?? "done"));
  const status = step && statuses.get(step.id);
  return step && status ? rowOf(setup, step, status) : null;
}

const NO_ACCESS =
  "You set this up without giving Cutover access, so it cannot change anything in Microsoft 365 itself. Give access in the first step, or use the script.";

const NO_TOKEN =
  "Cutover has no Cloudflare API token of yours, so it cannot change anything there itself. Enter one on the Cloudflare page, or do it by hand.";

function whyNotUs(setup: Setup, step: Step): string | null {
  if (step.through === "cloudflare") return setup.stored.cloudflareToken === null ? NO_TOKEN : null;
  return setup.stored.tenant.access === "without" ? NO_ACCESS : null;
}

/** The ways that exist for this tenant: what a step offers, less what nobody gave us the right to. */
export function waysOf(setup: Setup, step: Step): Ways {
  const why = whyNotUs(setup, step);
  return step.ways.us === true && why !== null ? { ...step.ways, us: why } : step.ways;
}
