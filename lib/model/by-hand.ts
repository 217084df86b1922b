/** A change as something a person does in the portal: the path, and the portal's own labels. */
import { type Change, type Edit, isListEdit } from "./change";
import { figure } from "./figure";
import { factsOf } from "./nouns";
import { inWords, labelOf } from "./words";

/** More than this nobody types from a sentence. */
const MOST_NAMED = 300;
const named = (entries: readonly string[]): string =>
  entries.length > MOST_NAMED
    ? `${entries.slice(0, 3).join(", ")} and ${figure(entries.length - 3)} others (take the script for so many)`
    : entries.join(", ");

function listTask(label: string, { add, remove }: Extract<Edit, { readonly add: readonly string[] }>): string {
  const tasks = [...(add.length > 0 ? [`add ${named(add)}`] : []), ...(remove.length > 0 ? [`take out ${named(remove)}`] : [])];
  return `under “${label}” ${tasks.join(" and ")}`;
}

function tasksOf(c: Change): readonly string[] {
  const { verbByHand = {} } = factsOf(c.kind);
  const act = Object.entries(verbByHand).find(([property]) => {
    const e = c.edits[property];
    return e !== undefined && !isListEdit(e) && e.to === true;
  });
  if (act) return [act[1]];
  return Object.entries(c.edits).flatMap(([property, e]) => {
    const label = labelOf(c.kind, property);
    if (isListEdit(e)) return e.add.length + e.remove.length > 0 ? [listTask(label, e)] : [];
    if ((e.from ?? "") === (e.to ?? "")) return [];
    return [e.to === null || e.to === "" ? `clear “${label}”` : `set “${label}” to ${inWords(c.kind, property, e.to)}`];
  });
}

const beginning = (place: string) => (place.startsWith("Your ") ? `At y${place.slice(1)}` : `In ${place}`);

/** One or two sentences: where to go, what to open, what to set. */
export function byHandOf(c: Change): string {
  const { place, title } = factsOf(c.kind);
  const what = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  if (c.do === "remove") return `${beginning(place)}, delete the ${what} “${c.name}”.`;
  const open = c.do === "new" ? `add the ${what} “${c.name}”` : `open “${c.name}”`;
  const tasks = tasksOf(c);
  return tasks.length > 0 ? `${beginning(place)}, ${open}. Then ${tasks.join("; ")}.` : `${beginning(place)}, ${open}.`;
}
