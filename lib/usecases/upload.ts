/** A script's answers, uploaded: the admin's word about the tenant, kept with their name and judged by the same functions as our own reading. */
import { z } from "zod";
import { no, type Result } from "@/lib/base/result";
import { receive } from "@/lib/engine/receive";
import { factsOf, isKind, readRows } from "@/lib/model/nouns";
import type { TenantScope } from "@/lib/model/scope";
import { parseUpload, type Upload } from "@/lib/model/upload";
import type { Deps } from "./deps";
import { loadSetup, stepById } from "./setup";
import { noSuchStep } from "./step";
import type { ActionAnswer } from "./views";

export type Uploaded = { readonly step: string; readonly planId?: string; readonly text: string; readonly name: string };

const nonceOf = z.object({ nonce: z.string() });

/** The nonce that the last download of this script carried. */
async function expectedNonce(deps: Deps, scope: TenantScope, { step, planId }: Uploaded): Promise<string | null> {
  if (planId) return (await deps.store.plans.find(scope, planId))?.nonce ?? null;
  const [made] = await deps.store.events.list(scope, { step, kinds: ["script-made"], limit: 1 });
  return nonceOf.safeParse(made?.detail).data?.nonce ?? null;
}

async function read(deps: Deps, scope: TenantScope, upload: Uploaded): Promise<Result<Upload>> {
  const nonce = await expectedNonce(deps, scope, upload);
  if (nonce === null)
    return no("rejected", "No script was downloaded for this step yet.", {
      fix: "Download the script here, run it, and upload the file it writes.",
    });
  return parseUpload(upload.text, { tenant: scope.tenant, nonce, plan: upload.planId ?? null });
}

/** Only answers that our own nouns can read are kept; the first that cannot be read is told. */
function answersOf(
  upload: Upload,
  at: number,
): Result<readonly { readonly name: string; readonly raw: unknown; readonly said: string; readonly at: number }[]> {
  const kept = [];
  for (const [name, answer] of upload.answers) {
    const kind = name.split("/")[0] ?? "";
    if (!answer.ok || !isKind(kind)) continue;
    const rows = readRows(kind, answer.value);
    if (!rows.ok)
      return no("unreadable", `The file says something about “${factsOf(kind).title}” that cannot be read: ${rows.problem.say}`, {
        fix: "Run the script again, and upload the file unchanged.",
      });
    kept.push({ name, raw: answer.value, said: JSON.stringify(rows.value), at });
  }
  return { ok: true, value: kept };
}

export const upload =
  (deps: Deps) =>
  async (scope: TenantScope, given: Uploaded): Promise<ActionAnswer> => {
    if (!stepById(given.step)) return noSuchStep();
    const file = await read(deps, scope, given);
    if (!file.ok) return file;
    const at = deps.clock.now();
    const answers = answersOf(file.value, at);
    if (!answers.ok) return answers;
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const plan = given.planId ? await deps.store.plans.find(scope, given.planId) : null;
    // Where consent was given we read ourselves: the file then only says what the script made.
    if (setup.value.stored.tenant.access !== "consent") await deps.store.moments.remember(scope, answers.value, "upload");
    if (plan && (await deps.store.runs.find(scope, plan.id))) await receive(plan, file.value, setup.value.tenant);
    await deps.store.events.add(scope, {
      kind: "uploaded",
      at,
      step: given.step,
      detail: { name: given.name.slice(0, 200), ranAt: file.value.at, answers: answers.value.length },
    });
    const stopped = file.value.stopped;
    return {
      ok: true,
      say: stopped ? `The file was read. The script stopped half-way: ${stopped}` : `The file was read: ${answers.value.length} answers.`,
    };
  };
