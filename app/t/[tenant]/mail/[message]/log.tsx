/** What people and programs did with a message after it was delivered, or held back. */
import { At } from "@/components/at";
import { DataTable } from "@/components/data-table";
import { numbered } from "@/components/numbered";
import { Strange } from "@/components/strange";
import type { Result } from "@/lib/base/result";
import { FOLDER_NAMES, isFolder } from "@/lib/model/destinations";
import type { ActionEntry } from "@/lib/model/found-message";
import { PartProblem } from "./part";

const OPERATIONS: Readonly<Record<string, string>> = {
  MOVE: "Moved",
  PREVIEW: "Looked at",
  QUARANTINE_RELEASE: "Released",
  RELEASE: "Released",
  SUBMISSION: "Reported",
  RECLASSIFY: "Judged anew",
};
const MOST = 200;

function What({ entry: { operation, folder } }: { readonly entry: ActionEntry }) {
  const word = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  return (
    <>
      {word ?? <Strange text={operation} most={60} />}
      {folder === "" ? null : <> to {isFolder(folder) ? FOLDER_NAMES[folder] : <Strange text={folder} most={100} />}</>}
    </>
  );
}

function Outcome({ entry: { success, status } }: { readonly entry: ActionEntry }) {
  if (success === false)
    return (
      <span className="text-danger">
        Failed{status === "" ? "" : ": "}
        <Strange text={status} most={200} />
      </span>
    );
  return <Strange text={success === true ? "Done" : status} most={200} empty="Not said" />;
}

export async function ActionLog({ asked }: { readonly asked: Promise<Result<readonly ActionEntry[]>> }) {
  const log = await asked;
  if (!log.ok) return <PartProblem problem={log.problem} nothing="Nothing was done with it." />;
  return (
    <DataTable
      caption="What was done with the message"
      columns={["What", "When", "Mailbox", "By", "Result"]}
      empty="Nothing was done with it after it was looked at."
      rows={numbered(log.value.slice(-MOST)).map(({ item: entry, key }) => ({
        key,
        cells: [
          <What key="what" entry={entry} />,
          entry.at === null ? "–" : <At key="at" at={entry.at} />,
          <Strange key="who" text={entry.recipient} most={320} empty="–" />,
          <Strange key="by" text={entry.requestedBy} most={200} empty="Not said" />,
          <Outcome key="end" entry={entry} />,
        ],
      }))}
    />
  );
}
