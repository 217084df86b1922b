/** A table with a caption and named columns; below 640 px every row becomes a stack of named values. */
import type { ReactNode } from "react";

type Props = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  readonly empty: string;
};

export function DataTable({ caption, columns, rows, empty }: Props) {
  if (rows.length === 0) return <p className="card px-5 py-8 text-center text-subtle">{empty}</p>;
  return (
    <div className="card overflow-hidden">
      <table className="stack-table">
        <caption>{caption}</caption>
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
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key} className="hover:bg-tint">
              <th scope="row" className="text-[0.9375rem]! text-strong!">
                {first}
              </th>
              {rest.map((cell, i) => (
                <td key={columns[i + 1]} data-label={columns[i + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
