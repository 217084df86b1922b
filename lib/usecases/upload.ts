/** A script's answers, uploaded: the admin's word about the tenant, kept with their name and judged by the same functions as our own reading. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { isStorable, storable } from "@/lib/base/storable";
import { receive } from "@/lib/engine/receive";
import { carryOutJob } from "@/lib/jobs/carry-out";
import { factsOf, isKind, readRows, saidIn } from "@/lib/model/nouns";
import type { TenantScope } from "@/lib/model/scope";
import { parseUpload, type Upload } from "@/lib/model/upload";
import type { PlanRow } from "@/lib/store/plans";
import type { Groups } from "@/lib/store/store";
import type { Deps } from "./deps";
import { loadSetup, type Setup, stepById } from "./setup";
import { noSuchStep } from "./step";
import type { ActionAnswer } from "./views";

export type Uploaded = { readonly step: string; readonly planId?: string; readonly text: string; readonly name: string };

const nonceOf = z.object({ nonce: z.string() });

/** The plan whose script wrote the file; null for a script that only looks. */
async function planOf(deps: Deps, scope: TenantScope, { step, planId }: Uploaded): Promise<Result<PlanRow | null>> {
  if (planId === undefined) return ok(null);
  const plan = await deps.store.plans.find(scope, planId);
  if (!plan?.parts.some((part) => part.step === step))
    return no("gone", "There is no such plan.", { fix: "Go back to the step and make a new one." });
  if (await deps.store.runs.find(scope, plan.id)) return ok(plan);
  return no("not-ready", "Nobody has agreed to this plan yet, so what its script did could not be written down.", {
    fix: "Agree to the plan, then upload the same file again.",
  });
}

/** The script that the file must come from. */
type Script = { readonly nonce: string; readonly madeAt: number };

/** The plan's, or that of the last download. */
async function expectedScript(deps: Deps, scope: TenantScope, step: string, plan: PlanRow | null): Promise<Script | null> {
  if (plan) return { nonce: plan.nonce, madeAt: plan.createdAt };
  const [made] = await deps.store.events.list(scope, { step, kinds: ["script-made"], limit: 1 });
  const read = nonceOf.safeParse(made?.detail);
  return made && read.success ? { nonce: read.data.nonce, madeAt: made.at } : null;
}

type File = { readonly upload: Upload; readonly script: Script };

async function read(deps: Deps, scope: TenantScope, { step, text }: Uploaded, plan: PlanRow | null): Promise<Result<File>> {
  const script = await expectedScript(deps, scope, step, plan);
  if (script === null)
    return no("rejected", "No script was downloaded for this step yet.", {
      fix: "Download the script here, run it, and upload the file it writes.",
    });
  const file = parseUpload(text, { tenant: scope.tenant, nonce: script.nonce, plan: plan?.id ?? null });
  if (!file.ok) return file;
  if (isStorable([[...file.value.answers], [...file.value.made]])) return ok({ upload: file.value, script });
  return no("unreadable", "The file holds characters that no setting has.", {
    fix: "Run the script again, and upload the file unchanged.",
  });
}

/** When the script read, by its machine's clock as far as that can be: not before the script was made or after now, nor before what is known already. */
function readAt({ stored }: Setup, { answers, at }: Upload, { madeAt }: Script, now: number): number {
  const known = [...answers.keys()].map((name) => stored.moments.get(name)?.at(-1)?.last ?? 0);
  return Math.min(now, Math.max(at, madeAt, ...known));
}

type Answers = Parameters<Groups["moments"]["remember"]>[1];

/** Only answers that our own nouns can read are kept; the first that cannot be read is told. */
function answersOf(upload: Upload, at: number): Result<Answers> {
  const kept = [];
  for (const [name, answer] of upload.answers) {
    const kind = name.split("/")[0] ?? "";
    if (!answer.ok || !isKind(kind)) continue;
    const rows = readRows(kind, answer.value);
    if (!rows.ok)
      return no("unreadable", `The file says something about “${factsOf(kind).title}” that cannot be read: ${rows.problem.say}`, {
        fix: "Run the script again, and upload the file unchanged.",
      });
    kept.push({ name, raw: answer.value, said: saidIn(kind, rows.value), at, isRemembered: factsOf(kind).isRemembered === true });
  }
  return ok(kept);
}

type Kept = { readonly given: Uploaded; readonly file: Upload; readonly answers: Answers; readonly plan: PlanRow | null };

/** Answers, receipts and event belong together. */
async function keep(store: Groups, { scope, stored, tenant }: Setup, { given, file, answers, plan }: Kept, at: number): Promise<void> {
  // Where consent was given we read ourselves: the file then only says what the script made.
  if (stored.tenant.access !== "consent") await store.moments.remember(scope, answers, "upload");
  if (plan) {
    const ledger = {
      entries: tenant.ledger.entries,
      write: (entry: Parameters<typeof tenant.ledger.write>[0]) => store.ledger.write(scope, entry),
    };
    await receive(plan, file, { ...tenant, ledger });
  }
  await store.events.add(scope, {
    kind: "uploaded",
    at,
    step: given.step,
    detail: { name: storable(given.name, 200), ranAt: file.at, answers: answers.length },
  });
}

/** What became of the file: also what of it the script could not read, and what we do not need. */
function sayOf({ stored }: Setup, { answers, stopped, plan }: Upload, kept: number): string {
  if (stopped) return `The file was read. The script stopped half-way: ${stopped}`;
  if (stored.tenant.access === "consent" && plan === null)
    return "The file was read. Cutover has access itself, so what it sees there counts.";
  const [failed] = [...answers.values()].filter((answer) => !answer.ok);
  const count = `The file was read: ${kept === 1 ? "1 answer" : `${kept} answers`}.`;
  return failed && !failed.ok ? `${count} ${failed.problem.say}` : count;
}

async function take(deps: Deps, scope: TenantScope, given: Uploaded): Promise<ActionAnswer> {
  const plan = await planOf(deps, scope, given);
  if (!plan.ok) return plan;
  const file = await read(deps, scope, given, plan.value);
  if (!file.ok) return file;
  const setup = await loadSetup(deps, scope);
  if (!setup.ok) return setup;
  const at = deps.clock.now();
  const { upload: said, script } = file.value;
  const answers = answersOf(said, readAt(setup.value, said, script, at));
  if (!answers.ok) return answers;
  const kept = { given, file: said, answers: answers.value, plan: plan.value };
  await deps.store.together(scope, (store) => keep(store, setup.value, kept, at));
  return { ok: true, say: sayOf(setup.value, said, answers.value.length) };
}

/** A run that waited for its script goes on at once. Only after the tenant's lock is free: its worker needs that. */
async function wake(deps: Deps, scope: TenantScope, id: string): Promise<void> {
  const run = await deps.store.runs.find(scope, id);
  if (run?.state === "needs-you") await deps.store.runs.requeue(scope, id, { at: deps.clock.now(), job: carryOutJob(scope.tenant, id) });
}

export const upload =
  (deps: Deps) =>
  async (scope: TenantScope, given: Uploaded): Promise<ActionAnswer> => {
    if (!stepById(given.step)) return noSuchStep();
    if (given.planId === undefined) return take(deps, scope, given);
    // The same file handed in twice at once, or while the run is at work, must not write its receipts twice.
    const taken = await deps.store.exclusively(scope.tenant, () => take(deps, scope, given));
    if (taken?.ok) await wake(deps, scope, given.planId);
    return taken ?? no("busy", "Another change is being made in this tenant.", { fix: "Wait a moment and upload the file again." });
  };
