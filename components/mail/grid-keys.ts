/** What a key means in the list of mail (grid with one row in focus, ARIA Authoring Practices). j and k come from Keys, which can be turned off. */

export type Pressed = { readonly key: string; readonly shift: boolean; readonly ctrl: boolean; readonly alt: boolean };
export type Place = {
  /** The row in focus. */
  readonly at: number;
  /** How many rows are loaded. */
  readonly count: number;
  /** How many fit the window. */
  readonly page: number;
};
export type Meant =
  | { readonly act: "move"; readonly to: number /** Everything from where the selection began up to there. */; readonly isRange: boolean }
  | { readonly act: "toggle" }
  | { readonly act: "range" }
  | { readonly act: "open" }
  | { readonly act: "all" }
  | { readonly act: "none" };

const STEPS: Readonly<Record<string, (place: Place) => number>> = {
  ArrowDown: ({ at }) => at + 1,
  ArrowUp: ({ at }) => at - 1,
  PageDown: ({ at, page }) => at + page,
  PageUp: ({ at, page }) => at - page,
  Home: () => 0,
  End: ({ count }) => count - 1,
};

const isStep = (key: string) => Object.hasOwn(STEPS, key);

/** @returns null for keys that are none of ours: the browser does with them what it always does. */
export function meantBy({ key, shift, ctrl, alt }: Pressed, place: Place): Meant | null {
  if (alt || place.count === 0) return null;
  if (key.toLowerCase() === "a" && ctrl) return shift ? { act: "none" } : { act: "all" };
  // Ctrl with Home and End means the same in a grid; with arrows it is the browser's or the reader's.
  if (ctrl && key !== "Home" && key !== "End") return null;
  if (isStep(key)) {
    const to = Math.min(place.count - 1, Math.max(0, STEPS[key]?.(place) ?? place.at));
    return { act: "move", to, isRange: shift };
  }
  if (key === " ") return { act: shift ? "range" : "toggle" };
  if (key === "Enter") return { act: "open" };
  return key === "Escape" ? { act: "none" } : null;
}
