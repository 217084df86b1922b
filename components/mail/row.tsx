// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw a few of its rows only; ARIA Authoring Practices, grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, as that pattern allows
/** One message of the list: a row of columns, or a card of two lines on a phone. */
import { memo, type ReactNode } from "react";
import { escaped } from "@/lib/model/strange-text";
import type { MailRow } from "@/lib/usecases/views/mail";
import { Go } from "../go";
import { Strange } from "../strange";
import { Tag } from "../tag";
import { absolute, clockOf, type Zone } from "../time-words";
import type { Column } from "./columns";
import { deliveryWords, dispositionOf, modeWord } from "./words";

/** Where the row stands and how wide it is: the same for its head. Whole names, so that Tailwind finds them. */
export const CELLS: Readonly<Record<Column, string>> = {
  at: "max-sm:col-start-3 max-sm:row-start-1 max-sm:text-right max-sm:text-sm sm:w-34 sm:shrink-0 text-subtle",
  from: "max-sm:col-start-2 max-sm:row-start-1 sm:w-0 sm:min-w-24 sm:grow-[3]",
  to: "max-sm:hidden sm:w-0 sm:min-w-24 sm:grow-[3]",
  subject: "max-sm:col-start-2 max-sm:row-start-2 sm:w-0 sm:min-w-32 sm:grow-[5]",
  disposition: "max-sm:col-start-3 max-sm:row-start-2 max-sm:text-right sm:w-36 sm:shrink-0",
  status: "max-sm:hidden sm:w-30 sm:shrink-0",
  envelope: "max-sm:hidden sm:w-0 sm:min-w-24 sm:grow-[2]",
  mode: "max-sm:hidden sm:w-28 sm:shrink-0",
  message: "max-sm:hidden sm:w-0 sm:min-w-24 sm:grow-[2]",
  alert: "max-sm:hidden sm:w-0 sm:min-w-20 sm:grow-[2]",
};
/** Of every cell: one line, and nothing leaves it. */
export const CELL = "min-w-0 overflow-hidden text-ellipsis whitespace-nowrap sm:px-2";
/** 44 px; as a card 76. The list counts on it (list-size.ts). */
export const ROW =
  "max-sm:grid max-sm:grid-cols-[2.75rem_minmax(0,1fr)_auto] max-sm:grid-rows-[1.5rem_1.5rem] max-sm:content-center max-sm:gap-x-2 max-sm:pr-3 sm:flex sm:items-center";

export const NO_SUBJECT = "(no subject)";

/** The name is what its sender wrote there; the address beneath tells more of who it was. */
function From({ row: { from, fromName } }: { readonly row: MailRow }) {
  return (
    <>
      <span className="block truncate font-medium text-strong sm:leading-5">
        <Strange text={fromName === "" ? from : fromName} most={80} empty="Nobody named" />
      </span>
      {fromName === "" ? null : (
        <span className="block truncate text-sm text-subtle leading-4 max-sm:hidden">
          <Strange text={from} most={100} />
        </span>
      )}
    </>
  );
}

/** "19 Nov, 20:54": there are many of them, and months need no more to be told apart. */
function When({ at, now, zone }: { readonly at: number; readonly now: number; readonly zone: Zone }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at, zone)}>
      {clockOf(at, now, zone).replace(/ ([A-Z][a-z]{2})[a-z]+/, " $1")}
    </time>
  );
}

function To({ row: { to, moreTo } }: { readonly row: MailRow }) {
  const more = to.length - 1 + moreTo;
  return (
    <span className="flex gap-1.5">
      <span className="truncate">
        <Strange text={to[0] ?? ""} most={100} empty="Nobody named" />
      </span>
      {more > 0 ? <span className="shrink-0 text-subtle">+{more}</span> : null}
    </span>
  );
}

export function Disposition({ verdict }: { readonly verdict: string }) {
  const known = dispositionOf(verdict);
  return known ? <Tag tone={known.tone}>{known.word}</Tag> : <span className="text-subtle">Clean</span>;
}

function cellOf(column: Column, { row, href, now, zone }: Pick<Props, "row" | "href" | "now" | "zone">): ReactNode {
  switch (column) {
    case "at":
      return row.at > 0 ? <When at={row.at} now={now} zone={zone} /> : "–";
    case "from":
      return <From row={row} />;
    case "to":
      return <To row={row} />;
    case "subject":
      return (
        <Go href={href} tabIndex={-1} className="text-default after:absolute after:inset-0 hover:underline">
          <Strange text={row.subject} most={200} empty={NO_SUBJECT} />
        </Go>
      );
    case "disposition":
      return <Disposition verdict={row.disposition} />;
    case "status":
      return deliveryWords(row);
    case "envelope":
      return <Strange text={row.envelopeFrom} most={100} />;
    case "mode":
      return modeWord(row.deliveryMode);
    case "message":
      return <Strange text={row.messageId} most={150} />;
    case "alert":
      return <Strange text={row.alertId} most={80} />;
  }
}

type Props = {
  readonly row: MailRow;
  readonly at: number;
  readonly columns: readonly Column[];
  readonly href: string;
  readonly isChosen: boolean;
  readonly isFocus: boolean;
  /** Where it stands in the list, in pixels; null while the rows follow each other. */
  readonly top: number | null;
  /** The time, read once for all rows. */
  readonly now: number;
  readonly zone: Zone;
  readonly onPick: (at: number, isRange: boolean) => void;
  readonly onReach: (at: number) => void;
};

export const rowId = (at: number): string => `mail-${at}`;

export const Row = memo(function Row({ row, at, columns, href, isChosen, isFocus, top, now, zone, onPick, onReach }: Props) {
  return (
    <div
      role="row"
      id={rowId(at)}
      data-index={at}
      aria-rowindex={at + 2}
      aria-selected={isChosen}
      tabIndex={isFocus ? 0 : -1}
      onFocus={() => onReach(at)}
      onClickCapture={(event) => {
        // With the shift key a browser would open another window.
        if (!event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        onPick(at, true);
      }}
      className={`${ROW} ${top === null ? "relative" : "absolute inset-x-0 top-0"} h-[4.75rem] border-hairline border-b -outline-offset-2 sm:h-11 ${isChosen ? "bg-info-tint" : "bg-base hover:bg-tint"}`}
      style={top === null ? undefined : { transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="relative z-[1] max-sm:row-span-2">
        <label className="flex size-11 items-center justify-center">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isChosen}
            onChange={() => onPick(at, false)}
            aria-label={`Choose: ${escaped(row.subject, 80) || NO_SUBJECT}`}
          />
        </label>
      </div>
      {columns.map((column) => (
        <div key={column} role="gridcell" className={`${CELL} ${CELLS[column]}`}>
          {cellOf(column, { row, href, now, zone })}
        </div>
      ))}
    </div>
  );
});
