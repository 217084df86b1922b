/** What a script says it made becomes receipts, so that what it did can be taken back like anything else. */
import { type Change, keyOf } from "@/lib/model/change";
import { readRows } from "@/lib/model/nouns";
import type { Plan, What } from "@/lib/model/plan";
import { scriptKeyOf } from "@/lib/model/powershell/change-line";
import type { Upload } from "@/lib/model/upload";
import type { Tenant } from "./world";

/** The service's id of a new object, by its name, where the script could not tell it. */
function keyByName(upload: Upload, kind: Parameters<typeof readRows>[0], name: string): string {
  const raw = upload.answers.get(kind);
  const rows = raw?.ok ? readRows(kind, raw.value) : null;
  return (rows?.ok ? rows.value.find((r) => r.Name === name)?.Guid : undefined) ?? "";
}

const CLOSED: readonly What[] = ["done", "found"];

/** Writes a receipt for each change of the plan that the script made or found made; an upload given twice writes nothing twice. */
export async function receive(plan: Plan, upload: Upload, tenant: Tenant): Promise<void> {
  const isOver = (step: string, change: Change) =>
    tenant.ledger
      .entries()
      .some((e) => e.run === plan.id && e.step === step && CLOSED.includes(e.what) && keyOf(e.change) === keyOf(change));
  for (const { step, change } of plan.parts.flatMap((part) => part.changes.map((change) => ({ step: part.step, change })))) {
    const said = upload.made.get(scriptKeyOf(change));
    if (!said || isOver(step, change)) continue;
    const key = said.key || (change.do === "new" ? keyByName(upload, change.kind, change.name) : change.key);
    await tenant.ledger.write({
      run: plan.id,
      step,
      at: tenant.world.now(),
      by: tenant.actor,
      change,
      what: "done",
      ...(key ? { made: key } : {}),
      evidence: { by: "script", ranAt: new Date(upload.at).toISOString() },
    });
  }
}
