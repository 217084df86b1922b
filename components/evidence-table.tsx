/** What was read, as it was read: DNS records and their like, each value exact and whole. */
import type { Evidence } from "@/lib/usecases/views";
import { CopyButton } from "./copy-button";

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
            <tr key={row.join("\u0000")}>
              {row.map((cell, i) => (
                <td key={columns[i]} data-label={columns[i]}>
                  <span className="value">{cell}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
