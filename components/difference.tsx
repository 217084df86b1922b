/** One change as a person reads it: property, now, after; lists as what is added and what is taken out. */
import { figure } from "@/lib/model/figure";
import type { ChangeView, DifferenceRow } from "@/lib/usecases/views";
import { CopyButton } from "./copy-button";
import { numbered } from "./numbered";
import { Tag, type Tone } from "./tag";

const DOES: Readonly<Record<ChangeView["do"], { readonly word: string; readonly tone: Tone }>> = {
  new: { word: "Add", tone: "success" },
  set: { word: "Change", tone: "info" },
  remove: { word: "Remove", tone: "notice" },
};

function Whole({ value }: { readonly value: string }) {
  return value === "" ? <span className="text-inactive">not set</span> : <span className="value">{value}</span>;
}

function Entries({
  sign,
  word,
  entries,
  tone,
}: {
  readonly sign: string;
  readonly word: string;
  readonly entries: readonly string[];
  readonly tone: string;
}) {
  if (entries.length === 0) return null;
  return (
    <div className="flex items-start justify-between gap-3">
      <ul className="grid min-w-0 flex-1 gap-x-4 sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]">
        {numbered(entries).map(({ item: entry, key }) => (
          <li key={key} className={`value ${tone}`}>
            <span aria-hidden="true">{sign} </span>
            <span className="sr-only">{word} </span>
            {entry}
          </li>
        ))}
      </ul>
      <CopyButton value={entries.join("\n")} what={`${entries.length} entries`} label="Copy all" />
    </div>
  );
}

function ListCell({ row }: { readonly row: Extract<DifferenceRow, { form: "list" }> }) {
  return (
    <div className="space-y-2">
      <Entries sign="+" word="Add" entries={row.add} tone="text-success" />
      <Entries sign="−" word="Take out" entries={row.remove} tone="text-notice" />
      {row.more > 0 ? <p className="text-sm text-subtle">and {figure(row.more)} more entries, all of them in the script</p> : null}
      {row.kept > 0 ? (
        <p className="text-sm text-subtle">{row.kept === 1 ? "1 other entry stays" : `${row.kept} other entries stay`}</p>
      ) : null}
    </div>
  );
}

function Rows({ change }: { readonly change: ChangeView }) {
  // What stood there before has a column of its own only where some property says it.
  const isNew = change.do === "new" || change.rows.every((row) => row.form === "list");
  return (
    <table className="stack-table">
      <caption>
        {DOES[change.do].word} {change.noun} {change.name}
      </caption>
      <thead>
        <tr>
          <th scope="col" className="w-2/8">
            Property
          </th>
          {isNew ? null : (
            <th scope="col" className="w-3/8">
              Now
            </th>
          )}
          <th scope="col">{change.do === "new" ? "Value" : isNew ? "Change" : "After"}</th>
        </tr>
      </thead>
      <tbody>
        {change.rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" className="text-[0.9375rem]!">
              {row.label}
            </th>
            {row.form === "list" ? (
              <td colSpan={isNew ? 1 : 2}>
                <ListCell row={row} />
              </td>
            ) : (
              <>
                {isNew ? null : (
                  <td data-label="Now" className="text-subtle">
                    <Whole value={row.now} />
                  </td>
                )}
                <td data-label={isNew ? "Value" : "After"}>
                  <Whole value={row.after} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Props = {
  readonly change: ChangeView /** Id of the form its tick box belongs to; without one there is nothing to tick. */;
  readonly form?: string;
};

export function Difference({ change, form }: Props) {
  const { word, tone } = DOES[change.do];
  const title = (
    <span className="min-w-0">
      <span className="text-subtle">{change.noun}</span> <span className="font-semibold text-strong">{change.name}</span>
    </span>
  );
  return (
    <article className="card overflow-hidden" aria-label={`${word}: ${change.noun} ${change.name}`}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b bg-tint px-4 py-2.5">
        {form ? (
          <label className="flex min-h-8 min-w-0 items-center gap-3 pointer-coarse:min-h-11">
            <input type="checkbox" name="chosen" value={change.key} form={form} defaultChecked />
            {title}
          </label>
        ) : (
          title
        )}
        <Tag tone={tone}>{word}</Tag>
        {change.hands === "person" ? <Tag tone="warning">You do this one</Tag> : null}
        <span className="w-full text-sm text-subtle">
          {change.link ? (
            <a href={change.link} target="_blank" rel="noreferrer">
              {change.place}
              <span className="sr-only"> (opens a new tab)</span>
            </a>
          ) : (
            change.place
          )}
        </span>
      </header>
      {change.rows.length > 0 ? <Rows change={change} /> : null}
      {change.cannotBeUndone ? <p className="border-hairline border-t px-4 py-2.5 text-danger">This cannot be undone.</p> : null}
    </article>
  );
}

/** Of thousands of changes the first ones show what kind they are. */
const MOST_CHANGES = 100;

export function Differences({ changes, form }: { readonly changes: readonly ChangeView[]; readonly form?: string }) {
  const more = changes.length - MOST_CHANGES;
  return (
    <div className="space-y-4">
      {changes.slice(0, MOST_CHANGES).map((change) => (
        <Difference key={change.key} change={change} {...(form === undefined ? {} : { form })} />
      ))}
      {more > 0 ? <p className="text-subtle">and {figure(more)} more changes, all of them in the script.</p> : null}
    </div>
  );
}
