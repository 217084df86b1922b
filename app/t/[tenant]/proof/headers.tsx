/** The headers of a delivered message: how to get them, where to paste them, and what they say. */
import { ActionForm } from "@/components/action-form";
import { At } from "@/components/at";
import { ByHand } from "@/components/by-hand";
import { Checks } from "@/components/checks";
import { EvidenceTables } from "@/components/evidence-table";
import { Note } from "@/components/note";
import { TextArea } from "@/components/text-area";
import type { PastedView, ProofView } from "@/lib/model/mail-proof-view";
import { pasteHeaders } from "./actions";
import type { Steps } from "./shown";

const HOW = [
  { say: "Outlook on the web: open the message, then “…” > View > View message details. Copy everything." },
  { say: "Outlook for Windows (classic): open the message in its own window, then File > Properties > Internet headers. Copy everything." },
  {
    say: "A message in quarantine: Microsoft Defender > Email & collaboration > Review > Quarantine, select it, then View message headers.",
  },
] as const;

const WHICH = { mx: "the message by your mail records", direct: "the message straight at Microsoft" } as const;

function Read({ pasted, steps }: { readonly pasted: PastedView; readonly steps: Steps }) {
  return (
    <div className="space-y-4">
      <p>
        Headers of {pasted.leg ? WHICH[pasted.leg] : "another message"}, pasted by {pasted.by}, <At at={pasted.at} />.
      </p>
      {pasted.leg === null ? (
        <Note tone="warning" title="Another message: no proof">
          <p className="break-words">
            {pasted.subject === "" ? "" : `“${pasted.subject}”. `}It is explained here, but only the test messages count: what anybody else
            sent may say anything.
          </p>
        </Note>
      ) : null}
      {pasted.isCut ? <p className="text-subtle">It was very long. Only the first part was read.</p> : null}
      {pasted.checks.length > 0 ? <Checks checks={pasted.checks} steps={steps} /> : null}
      <EvidenceTables tables={pasted.tables} />
    </div>
  );
}

export function Headers({ tenant, proof, steps }: { readonly tenant: string; readonly proof: ProofView; readonly steps: Steps }) {
  return (
    <section aria-labelledby="headers" className="space-y-6">
      <div className="prose space-y-2">
        <h2 id="headers">What its headers prove</h2>
        <p>
          Each server on the way writes into the head of a message. That shows what no setting shows: whether Microsoft saw past the
          gateway, and who judged what. Cutover cannot read your mail, so you copy the headers here.
        </p>
      </div>
      {proof.pasted ? <Read pasted={proof.pasted} steps={steps} /> : null}
      <details className="card" open={proof.pasted === null}>
        <summary className="px-4 py-3 font-medium text-strong sm:px-5">How to get them</summary>
        <ByHand steps={HOW} />
      </details>
      <ActionForm
        action={pasteHeaders}
        hidden={{ _tenant: tenant, _proof: proof.id }}
        submit="Read these headers"
        busy="Reading…"
        tone={proof.pasted ? "plain" : "primary"}
      >
        {/* What was pasted stays after a refusal; once it is read, the field is made anew and empty. */}
        <TextArea
          key={`headers ${proof.pasted?.at ?? 0}`}
          name="headers"
          label="Headers of the delivered message"
          hint="All of them, up to 64 KB. The text of the message is not needed."
          rows={8}
          isExact
        />
      </ActionForm>
    </section>
  );
}
