/** What would have been moved in the last 7 days, had it been on: asked of the vendor while the page is already there. */
import type { ReactNode } from "react";
import { At } from "@/components/at";
import { DataTable } from "@/components/data-table";
import { MailItems } from "@/components/mail-items";
import { ProblemBox } from "@/components/problem-box";
import type { Problem, Result } from "@/lib/base/result";
import { FOLDER_NAMES } from "@/lib/model/destinations";
import { figure } from "@/lib/model/figure";
import type { AutoPreview } from "@/lib/usecases/views/mail-orders";

function Seen({ preview: { from, until, seen, isCut, moved } }: { readonly preview: AutoPreview }) {
  return (
    <p className="prose">
      Looked at: {figure(seen)} {seen === 1 ? "detection" : "detections"} from <At at={from} /> to <At at={until} />.{" "}
      {isCut ? "There are more in this time, which were not looked at: the numbers are the least there would be. " : ""}
      {moved > 0
        ? `${figure(moved)} of them ${moved === 1 ? "was" : "were"} moved by somebody already and would have been left alone.`
        : ""}
    </p>
  );
}

function Titled({ children }: { readonly children: ReactNode }) {
  return (
    <section aria-labelledby="preview" className="space-y-3">
      <h2 id="preview">The last 7 days, had it been on</h2>
      {children}
    </section>
  );
}

type Props = {
  readonly tenant: string;
  readonly asked: Promise<Result<AutoPreview>>;
  /** What the page says already: it is not said twice. */
  readonly stopped: Problem | null;
};

/** Under Suspense: thousands of detections take the vendor a few seconds. */
export async function Preview({ tenant, asked, stopped }: Props) {
  const answer = await asked;
  return (
    <Titled>
      {answer.ok ? (
        <Previewed tenant={tenant} preview={answer.value} />
      ) : answer.problem.say === stopped?.say ? (
        <p className="text-subtle">They cannot be looked at before that is mended.</p>
      ) : (
        <ProblemBox problem={answer.problem} title="The last 7 days could not be looked at" />
      )}
    </Titled>
  );
}

function Previewed({ tenant, preview }: { readonly tenant: string; readonly preview: AutoPreview }) {
  const rows = preview.rows.map((row) => ({
    key: row.disposition,
    cells: [
      row.disposition,
      row.folder === null ? "Nowhere" : FOLDER_NAMES[row.folder],
      <span key="messages" className="tabular-nums">
        {figure(row.messages)}
      </span>,
      <span key="mailboxes" className="tabular-nums">
        {figure(row.mailboxes)}
      </span>,
    ],
  }));
  return (
    <div className="space-y-4">
      <Seen preview={preview} />
      <DataTable
        caption="What would have been moved"
        columns={["Detected as", "Would go to", "Messages", "Mailboxes"]}
        rows={rows}
        empty="Nothing was detected."
      />
      {preview.sample && preview.sample.length > 0 ? (
        <details className="card overflow-hidden">
          <summary className="px-4 py-3 font-medium text-strong sm:px-5">The newest {figure(preview.sample.length)} of them</summary>
          <div className="px-4 pb-4 sm:px-5">
            <MailItems tenant={tenant} items={preview.sample} show="to" />
          </div>
        </details>
      ) : null}
      {preview.sample === null ? (
        <p className="text-sm text-subtle">Which messages these are is shown to those who may read mail.</p>
      ) : null}
    </div>
  );
}

export function PreviewSkeleton() {
  return (
    <Titled>
      <p className="text-subtle">Asking the vendor for the detections of the last 7 days. This takes a few seconds.</p>
    </Titled>
  );
}
