"use client";
/**
 * What was read, as it was read: DNS records and their like, each value exact and whole. The first table stands open, the others unfold.
 * Drawn by the browser as well, because the plain rows are a fifth of what the drawn cells would be a second time.
 */
import type { Evidence } from "@/lib/usecases/views";
import { CopyTable } from "./copy-button";
import { CopyValue } from "./copy-value";
import { numbered } from "./numbered";

/** Names, addresses, records and commands are exact, so they are shown in the mono face and can be copied; sentences and counts are not. */
const isList = (cell: string) => cell.split(", ").every((entry) => !entry.includes(" "));
const isExact = (cell: string) => /[./\d]/.test(cell) && (isList(cell) || cell.split(" ").length <= 2 || / [-+@]\S/.test(cell));
const isCount = (cell: string) => /^[\d.,]+$/.test(cell);
/** Up to here a value keeps its line where there are columns; longer ones wrap. */
const SHORT = 20;

const isLong = (cell: string): boolean => isExact(cell) && cell.length > SHORT;
/** rem, on a wide screen: what the columns of a page may take together, and one of them with long values, or with others. */
const [ALL, LONG, OTHER] = [50, 12, 6];

/** Long values may break anywhere, so a table squeezes their column to a few letters unless it has a width of its own. */
function wideColumns({ columns, rows }: Evidence): readonly boolean[] {
  const long = columns.map((_, i) => rows.some((row) => isLong(row[i] ?? "")));
  return long.reduce((all, one) => all + (one ? LONG : OTHER), 0) > ALL ? [] : long;
}

function Cell({ text }: { readonly text: string }) {
  if (!isExact(text)) return text;
  if (isCount(text)) return <span className="value">{text}</span>;
  return <CopyValue value={text} isWhole={text.length <= SHORT} />;
}

type Props = {
  readonly evidence: Evidence;
  /** Its title stands over it already. */
  readonly isUnder?: boolean;
};

export function EvidenceTable({ evidence, isUnder = false }: Props) {
  const { title, columns, rows } = evidence;
  const wide = wideColumns(evidence);
  return (
    <>
      <p className="flex items-center justify-between gap-3 border-hairline border-b px-4 py-2">
        <span className={isUnder ? "sr-only" : "font-medium text-strong"}>{title}</span>
        <CopyTable what={title} />
      </p>
      <table className="stack-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" className={wide[i] ? "xl:min-w-48" : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(rows).map(({ item: row, key }) => (
            <tr key={key}>
              {numbered(row).map(({ item: cell, key: column }) => (
                <td key={column} data-label={columns[Number(column)]}>
                  <Cell text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** `isSoonNew`: what stands here is about to be drawn anew, so what is folded need not be sent twice. */
export function EvidenceTables({ tables, isSoonNew = false }: { readonly tables: readonly Evidence[]; readonly isSoonNew?: boolean }) {
  return tables.map((evidence, i) =>
    i === 0 ? (
      <div key={evidence.title} className="card overflow-hidden">
        <EvidenceTable evidence={evidence} />
      </div>
    ) : (
      <details key={evidence.title} className="card overflow-hidden">
        <summary className="px-4 py-3 font-medium text-strong">{evidence.title}</summary>
        <div className="border-hairline border-t">{isSoonNew ? null : <EvidenceTable evidence={evidence} isUnder />}</div>
      </details>
    ),
  );
}
