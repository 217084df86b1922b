/** What happens behind a field that finds people while somebody types: one question at a time, none for every letter. */
export type Suggestion = { readonly name: string; readonly address: string; readonly usageLocation: string };

/** Read by hand: a schema library would weigh more than the page. */
const fieldOf = (one: unknown, name: string): unknown =>
  typeof one === "object" && one !== null ? Object.entries(one).find(([key]) => key === name)?.[1] : undefined;
const textOf = (one: unknown, name: string): string => {
  const value = fieldOf(one, name);
  return typeof value === "string" ? value : "";
};
function readAnswer(body: unknown): readonly Suggestion[] {
  const people = fieldOf(body, "people");
  return (Array.isArray(people) ? people : [])
    .map((one: unknown) => ({ name: textOf(one, "name"), address: textOf(one, "address"), usageLocation: textOf(one, "usageLocation") }))
    .filter(({ address }) => address !== "");
}

export const SHORTEST = 2;
export const PAUSE_MS = 250;

/** Nobody, where the directory can't be asked: whoever types a whole address needs no suggestion. */
export async function suggestions(href: string, typed: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const got = await fetch(`${href}?q=${encodeURIComponent(typed)}`, { signal, headers: { accept: "application/json" } }).catch(() => null);
  return got?.ok ? readAnswer(await got.json().catch(() => null)) : [];
}

/** The option that an arrow leads to: round at both ends; -1 is the field itself. */
export function moved(active: number, key: "ArrowDown" | "ArrowUp", count: number): number {
  if (count === 0) return -1;
  const next = active + (key === "ArrowDown" ? 1 : -1);
  return next >= count ? 0 : next < 0 ? count - 1 : next;
}

export const foundWords = (count: number): string =>
  count === 0 ? "Nobody found" : `${count === 1 ? "1 person" : `${count} people`} found. Use the arrow keys to choose.`;
