/** A change as a person checks it: what it is about, what is there now, what will be there, and how it is done by command or by hand. */
import { byHandOf } from "./by-hand";
import { type Change, type Edit, idOf, isListEdit } from "./change";
import { isFinal } from "./final";
import { factsOf } from "./nouns";
import { commandOf } from "./powershell";
import { inWords, labelOf } from "./words";

/** One edit as a person reads it. */
export type DifferenceRow =
  | { readonly form: "value"; readonly label: string; readonly now: string; readonly after: string }
  | {
      readonly form: "list";
      readonly label: string;
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly kept: number;
      /** Entries that are not shown one by one. */
      readonly more: number;
    };

export type ChangeView = {
  /** What ticks and runs go by. */
  readonly key: string;
  readonly do: "new" | "set" | "remove";
  /** "Inbound connector", "MX records". */
  readonly noun: string;
  readonly name: string;
  readonly place: string;
  readonly link: string | null;
  readonly hands: "us" | "person";
  readonly rows: readonly DifferenceRow[];
  /** The exact command, "" for what is not Exchange. */
  readonly command: string;
  readonly byHand: string;
  readonly cannotBeUndone: boolean;
};

/** What a person can still look through, of a list and of a command. */
const MOST_SHOWN = 200;
const MOST_CHARS = 12_000;

const shortened = (command: string): string =>
  command.length > MOST_CHARS ? `${command.slice(0, MOST_CHARS)} … (the whole command is in the script)` : command;

const isNothing = (e: Edit) => (isListEdit(e) ? e.add.length + e.remove.length === 0 : (e.from ?? "") === (e.to ?? ""));

function rowOf(c: Change, property: string, e: Edit): DifferenceRow {
  const label = labelOf(c.kind, property);
  if (!isListEdit(e)) return { form: "value", label, now: inWords(c.kind, property, e.from), after: inWords(c.kind, property, e.to) };
  const [add, remove] = [e.add.slice(0, MOST_SHOWN), e.remove.slice(0, MOST_SHOWN)];
  const more = e.add.length + e.remove.length - add.length - remove.length;
  return { form: "list", label, add, remove, kept: Math.max(0, e.whole.length - e.add.length), more };
}

/** Rows of a change: settings that stay empty are not mentioned. */
export const differenceOf = (c: Change): readonly DifferenceRow[] =>
  Object.entries(c.edits).flatMap(([property, e]) => (isNothing(e) ? [] : [rowOf(c, property, e)]));

export function changeView(c: Change): ChangeView {
  const { title, place, link = null } = factsOf(c.kind);
  return {
    key: idOf(c),
    do: c.do,
    noun: title,
    name: c.name,
    place,
    link,
    hands: c.hands,
    rows: differenceOf(c),
    command: shortened(commandOf(c)),
    byHand: byHandOf(c),
    cannotBeUndone: isFinal(c),
  };
}

/** "1 to add, 2 to change, 0 to remove" */
export function countsOf(changes: readonly Change[]): string {
  const count = (what: Change["do"]) => changes.filter((c) => c.do === what).length;
  return `${count("new")} to add, ${count("set")} to change, ${count("remove")} to remove`;
}
