"use client";
/** What can be done with the chosen messages; it stays in sight while the list is scrolled. */
import { figure } from "@/lib/model/figure";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { MailPlace, MailRow } from "@/lib/usecases/views/mail";
import type { FormAction } from "../action-form";
import { Release, Retract } from "./acts";
import { countWords, type Selection } from "./selection";

type Props = {
  readonly tenant: string;
  readonly place: MailPlace;
  readonly query: string;
  readonly at: number;
  readonly draft: FormAction;
  readonly rows: readonly MailRow[];
  readonly isWhole: boolean;
  readonly selection: Selection;
  readonly onAllLoaded: () => void;
  readonly onAllFound: () => void;
  readonly onNone: () => void;
};

/** Of a selection: whether anything in it is held back, and whether anything was delivered. */
function kindsIn(place: MailPlace, rows: readonly MailRow[], { ids, isAll }: Selection) {
  if (place === "quarantine") return { isHeld: true, isDelivered: false };
  if (isAll) return { isHeld: false, isDelivered: true };
  const chosen = rows.filter(({ id }) => ids.has(id));
  return { isHeld: chosen.some((row) => row.isQuarantined), isDelivered: chosen.some((row) => !row.isQuarantined) };
}

export function ActBar({ tenant, place, query, at, draft, rows, isWhole, selection, onAllLoaded, onAllFound, onNone }: Props) {
  const { ids, isAll } = selection;
  if (ids.size === 0) return null;
  const words = countWords(selection, isWhole);
  const { isHeld, isDelivered } = kindsIn(place, rows, selection);
  const target = { tenant, place, query, at, ids: [...ids], isAll: isAll && !isWhole };
  // More than can be acted on at once are found: that much is known already.
  const canFound = !isAll && !isWhole && rows.length < MOST_AT_ONCE;
  const canLoaded = !isAll && ids.size < Math.min(rows.length, MOST_AT_ONCE);
  return (
    <section
      aria-label="What to do with the chosen messages"
      className="no-print sticky bottom-3 z-[3] flex flex-wrap items-center gap-x-3 gap-y-2 rounded-box border border-line bg-elevated px-4 py-3 shadow-lg"
    >
      <p className="font-medium text-strong">{words} chosen</p>
      <p className="flex flex-wrap items-center gap-x-3 text-subtle">
        <span className="max-sm:sr-only">Choose</span>
        {canLoaded ? (
          <button type="button" className="link min-h-8" onClick={onAllLoaded}>
            {rows.length > MOST_AT_ONCE ? `the first ${figure(MOST_AT_ONCE)}` : `all ${figure(rows.length)} loaded`}
          </button>
        ) : null}
        {canFound ? (
          <button type="button" className="link min-h-8" onClick={onAllFound}>
            all of this search
          </button>
        ) : null}
        <button type="button" className="link min-h-8" onClick={onNone}>
          none
        </button>
      </p>
      <div className="ml-auto flex flex-wrap gap-2">
        {isHeld ? <Release {...{ target, draft }} what={words} isPrimary={!isDelivered} /> : null}
        {isDelivered ? <Retract {...{ target, draft }} what={words} /> : null}
      </div>
    </section>
  );
}
