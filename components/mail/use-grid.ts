"use client";
/** What somebody does in the list: one row in focus, some chosen, by mouse, finger and keyboard. */
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
import { announce } from "../announce";
import { meantBy } from "./grid-keys";
import { rowId } from "./row";
import { allLoaded, countWords, NOTHING, type Selection, stretched, toggled } from "./selection";

type Rows = readonly { readonly id: string }[];
type Given = {
  /** The row in focus; drawn wherever the list is scrolled to. */
  readonly focus: number;
  readonly setFocus: (at: number) => void;
  readonly rows: Rows;
  /** How many rows fit the window. */
  readonly page: () => number;
  /** Brings a row into sight. */
  readonly show: (at: number) => void;
};

const open = (at: number): void => document.getElementById(rowId(at))?.querySelector("a")?.click();
const isRow = (target: EventTarget) => target instanceof HTMLElement && target.getAttribute("role") === "row";

export function useGrid(first: Selection, { focus, setFocus, rows, page, show }: Given) {
  const [selection, setSelection] = useState(first);
  /** A row that was asked for by key is drawn first, then it gets the focus. */
  const isMoving = useRef(false);
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    document.getElementById(rowId(focus))?.focus({ preventScroll: true });
  }, [focus]);

  const list = useRef(rows);
  list.current = rows;
  const pick = useCallback(
    (at: number, isRange: boolean) => {
      setFocus(at);
      setSelection((before) => (isRange ? stretched(before, list.current, at) : toggled(before, list.current, at)));
    },
    [setFocus],
  );
  const chooseAll = (chosen: Selection, isWhole: boolean) => {
    setSelection(chosen);
    announce(chosen.ids.size === 0 ? "Nothing chosen." : `${countWords(chosen, isWhole)} chosen.`);
  };

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const pressed = { key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey };
    const meant = meantBy(pressed, { at: focus, count: rows.length, page: page() });
    // A box or link that has the focus itself, after a click, keeps its own keys.
    if (!meant || (!isRow(event.target) && (meant.act === "toggle" || meant.act === "range" || meant.act === "open"))) return;
    event.preventDefault();
    switch (meant.act) {
      case "move":
        isMoving.current = meant.to !== focus;
        setFocus(meant.to);
        show(meant.to);
        if (meant.isRange)
          setSelection((before) => stretched(before.ids.size === 0 ? { ...before, anchor: focus } : before, rows, meant.to));
        return;
      case "toggle":
        return pick(focus, false);
      case "range":
        return pick(focus, true);
      case "open":
        return open(focus);
      case "all":
        return chooseAll(allLoaded(rows), false);
      case "none":
        return chooseAll(NOTHING, false);
    }
  }
  return { selection, pick, chooseAll, onKeyDown };
}
