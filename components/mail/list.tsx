// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw a few of its rows only; ARIA Authoring Practices, grid
"use client";
/** Messages that a search found: a grid that draws only the rows in sight, and reads on while somebody scrolls. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { MailPlace, MailRows } from "@/lib/usecases/views/mail";
import type { FormAction } from "../action-form";
import { useNow } from "../now";
import { ActBar } from "./act-bar";
import type { Column } from "./columns";
import { HeadRow } from "./head-row";
import { type Kept, keep, keptFor } from "./kept";
import { useRowSize, useTop } from "./list-size";
import { ListFoot, ListHead } from "./list-words";
import { Row, rowId } from "./row";
import { allFound, allLoaded, isChosen, NOTHING } from "./selection";
import { useGrid } from "./use-grid";
import { useRows } from "./use-rows";
import { USUAL_PX, useVirtualRows } from "./use-virtual-rows";

export type ListProps = {
  readonly tenant: string;
  readonly place: MailPlace;
  /** The search as it stands in the address. */
  readonly query: string;
  readonly first: MailRows;
  readonly columns: readonly Column[];
  readonly draft: FormAction;
};

/** So many rows before the end the next page is asked for. */
const AHEAD = 60;
const once = () => 0;
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("&");

/** For the back button: as it was left, in the same place. */
function useReturn(kept: Kept | null, left: RefObject<() => Kept>): void {
  useLayoutEffect(() => {
    if (kept) window.scrollTo(0, kept.y);
    return () => keep(left.current());
  }, [kept, left]);
  useEffect(() => {
    if (!kept) return;
    // After the heading, which takes the focus on every new page.
    const frame = requestAnimationFrame(() => document.getElementById(rowId(kept.focus))?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [kept]);
}

/** The address of a message, which also knows the way back. */
function useHref({ tenant, place, query }: Pick<ListProps, "tenant" | "place" | "query">): (id: string) => string {
  return useCallback(
    (id) => {
      const back = joined(query, place === "quarantine" ? "place=quarantine" : "");
      return `/t/${tenant}/mail/${encodeURIComponent(id)}${back === "" ? "" : `?${back}`}`;
    },
    [tenant, place, query],
  );
}

function useList(props: ListProps) {
  const { tenant, place, query, first } = props;
  const key = `${tenant} ${place} ${query} ${first.at}`;
  const asked = joined(query, `place=${place}`, `at=${first.at}`);
  const [kept] = useState(() => keptFor(key));
  const found = useRows(kept ?? first, `/api/t/${tenant}/mail?${asked}`);
  const { rows, next, problem, more } = found;
  const body = useRef<HTMLDivElement>(null);
  const [px, top] = [useRowSize(), useTop(body)];
  const [focus, setFocus] = useState(kept?.focus ?? 0);
  const virtual = useVirtualRows({ count: rows.length, px, top, focus });
  const page = () => Math.max(1, Math.floor(window.innerHeight / (px ?? USUAL_PX)) - 3);
  const grid = useGrid(kept?.selection ?? NOTHING, { focus, setFocus, rows, page, show: virtual.show });
  const isNear = px !== null && virtual.last >= rows.length - AHEAD;
  const isWanted = isNear && next !== null && problem === null;
  useEffect(() => {
    if (isWanted) void more();
  }, [isWanted, more]);
  const left = useRef<() => Kept>(() => ({ key, rows, next, y: 0, focus: 0, selection: NOTHING }));
  left.current = () => ({ key, rows, next, y: virtual.y(), focus, selection: grid.selection });
  useReturn(kept, left);
  return { ...found, asked, body, virtual, grid, focus, setFocus, isWhole: next === null };
}

export function MailList(props: ListProps) {
  const { tenant, place, query, first, draft } = props;
  const { rows, problem, isLoading, more, asked, body, virtual, grid, focus, setFocus, isWhole } = useList(props);
  const [columns, setColumns] = useState(props.columns);
  const { now, zone } = useNow(once);
  const hrefOf = useHref(props);
  const { selection, chooseAll } = grid;
  const isEvery = selection.isAll || selection.ids.size >= Math.min(rows.length, MOST_AT_ONCE);
  return (
    <div className="space-y-3 xl:-mx-[min(12rem,calc((100vw-72rem)/2-2.5rem))]">
      <ListHead
        {...{ tenant, columns, isWhole }}
        at={first.at}
        count={rows.length}
        csv={`/api/t/${tenant}/mail/csv?${asked}`}
        onColumns={setColumns}
      />
      <div role="grid" aria-label="Messages" aria-multiselectable="true" aria-rowcount={isWhole ? rows.length + 1 : -1} className="card">
        <HeadRow columns={columns} isEvery={isEvery} onEvery={() => chooseAll(isEvery ? NOTHING : allLoaded(rows), isWhole)} />
        <div ref={body} role="rowgroup" className="relative" onKeyDown={grid.onKeyDown} style={virtual.style}>
          {virtual.drawn.map(({ index, top }) => {
            const row = rows[index];
            return row ? (
              <Row
                key={row.id}
                {...{ row, columns, top, now, zone }}
                at={index}
                href={hrefOf(row.id)}
                isChosen={isChosen(selection, row.id)}
                isFocus={index === Math.min(focus, rows.length - 1)}
                onPick={grid.pick}
                onReach={setFocus}
              />
            ) : null;
          })}
        </div>
      </div>
      <ListFoot {...{ isLoading, problem, isWhole }} count={rows.length} onMore={more} />
      <ActBar
        {...{ tenant, place, query, draft, rows, isWhole, selection }}
        at={first.at}
        onAllLoaded={() => chooseAll(allLoaded(rows), isWhole)}
        onAllFound={() => chooseAll(allFound(rows), isWhole)}
        onNone={() => chooseAll(NOTHING, isWhole)}
      />
    </div>
  );
}
