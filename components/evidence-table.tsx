/** What was read, as it was read: DNS records and their like, each value exact and whole. */
import type { Evidence } from "@/lib/usecases/views";
import { CopyButton } from "./copy-button";

/** Names, addresses, records and commands are exact, so they are shown in the mono face and can be copied; sentences and counts are not. */
const isExact = (cell: string) => /[./\d]/.test(cell) && (cell.split(" ").length <= 2 || / [-+@]\S/.test(cell));
const isCount = (cell: string) => /^[\d.,]+$/.test(cell);
/** Up to here a value keeps its line where there are columns; longer ones wrap. */
const SHORT = 20;

function Cell({ text }: { readonly text: string }) {
  if (!isExact(text)) return text;
  if (isCount(text)) return <span className="value">{text}</span>;
  return (
    <span className="flex items-start justify-between gap-1">
      <span className={`value min-w-0 ${text.length <= SHORT ? "sm:whitespace-nowrap" : ""}`}>{text}</span>
      <CopyButton value={text} what={text} isQuiet />
    </span>
  );
}

export function EvidenceTable({ evidence }: { readonly evidence: Evidence }) {
  const { title, columns, rows } = evidence;
  const asText = [columns, ...rows].map((row) => row.join("\t")).join("\n");
  return (
    <figure className="card overflow-hidden">
      <figcaption className="flex items-center justify-between gap-3 border-hairline border-b px-4 py-2">
        <span className="font-medium text-strong">{title}</span>
        <CopyButton value={asText} what={title} label="Copy all" />
      </figcaption>
      <table className="stack-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("\u0000")} className="group">
              {row.map((cell, i) => (
                <td key={columns[i]} data-label={columns[i]}>
                  <Cell text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
