/** The last two test messages: their ways, what they prove, and looking for them again. */
import { ActionForm } from "@/components/action-form";
import { At } from "@/components/at";
import { Checks } from "@/components/checks";
import { Command } from "@/components/command";
import { Live } from "@/components/live";
import { MailPath } from "@/components/mail-path";
import { signalOfProof } from "@/components/signals";
import type { MailProofView, ProofView } from "@/lib/model/mail-proof-view";
import { lookForProof } from "./actions";

export type Steps = Readonly<Record<string, { readonly title: string; readonly href: string }>>;
type Props = { readonly tenant: string; readonly view: MailProofView; readonly proof: ProofView; readonly steps: Steps };

function Standing({ tenant, proof }: Pick<Props, "tenant" | "proof">) {
  if (!proof.isOpen) return null;
  if (proof.isSending) return <p>Cutover is sending them now. You can close this page.</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p>Cutover looks by itself what became of them. You can close this page.</p>
      <ActionForm
        action={lookForProof}
        hidden={{ _tenant: tenant, _proof: proof.id }}
        submit="Look now"
        busy="Looking…"
        tone="plain"
        isSmall
      />
    </div>
  );
}

export function Shown({ tenant, view, proof, steps }: Props) {
  return (
    <section aria-labelledby="last" className="space-y-6">
      <div className="space-y-2">
        <h2 id="last">What became of the last two</h2>
        <p className="text-subtle">
          Agreed by {proof.by}, <At at={proof.madeAt} />, to <span className="value">{proof.address}</span>.
        </p>
        <Standing tenant={tenant} proof={proof} />
      </div>
      {proof.isOpen ? <Live href={`/api/t/${tenant}/proof/live`} drawn={signalOfProof(view).key} /> : null}
      {proof.paths.map((path) => (
        <MailPath key={path.leg} path={path} />
      ))}
      {proof.checks.length > 0 ? (
        <div className="space-y-3">
          <h3>What they prove</h3>
          <Checks checks={proof.checks} steps={steps} />
        </div>
      ) : null}
      <details className="card overflow-hidden">
        <summary className="px-4 py-3 font-medium text-strong sm:px-5">Look for them yourself</summary>
        <div className="px-4 pb-4 sm:px-5">
          <Command title="PowerShell, connected to Exchange Online" text={proof.command} />
        </div>
      </details>
    </section>
  );
}
