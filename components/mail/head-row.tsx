// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw a few of its rows only; ARIA Authoring Practices, grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, as that pattern allows
/** The head of the list: names of columns, and one box for all rows that are loaded. It stays in sight. */
import { COLUMN_TITLES, type Column } from "./columns";
import { CELL, CELLS, ROW } from "./row";

type Props = { readonly columns: readonly Column[]; readonly isEvery: boolean; readonly onEvery: () => void };

export function HeadRow({ columns, isEvery, onEvery }: Props) {
  return (
    <div role="rowgroup" className="sticky top-0 z-[2] rounded-t-box border-hairline border-b bg-base">
      <div role="row" aria-rowindex={1} className={`${ROW} min-h-11 text-sm text-subtle max-sm:flex!`}>
        <div role="columnheader">
          <label className="flex min-h-11 items-center max-sm:pr-4">
            <span className="flex w-11 justify-center">
              <input type="checkbox" checked={isEvery} onChange={onEvery} />
            </span>
            <span className="sm:sr-only">Choose all that are loaded</span>
          </label>
        </div>
        {columns.map((column) => (
          <div key={column} role="columnheader" className={`${CELL} ${CELLS[column]} max-sm:sr-only font-medium`}>
            {COLUMN_TITLES[column]}
          </div>
        ))}
      </div>
    </div>
  );
}
