"use client";
/** How large a row of the list is, and where the list begins: what a list that draws only the rows in sight has to know. */
import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from "react";

/** As row.tsx draws them: h-11, and h-[4.75rem] for a card. */
const WIDE_REM = 2.75;
const CARD_REM = 4.75;
const NARROW = "(width < 40rem)";
const USUAL_PX = 16;

function watchWidth(changed: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}
const rowPx = (): number => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL_PX;
  return rem * (window.matchMedia(NARROW).matches ? CARD_REM : WIDE_REM);
};

/** In pixels; null on the server and in its first drawing, which knows no window: rows follow each other then, without a style of their own, as our content policy asks. */
export const useRowSize = (): number | null => useSyncExternalStore(watchWidth, rowPx, () => null);

/** Where the element begins on the page, also after something above it unfolds. */
export function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = () => {
      const box = element.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + window.scrollY));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [element]);
  return top;
}
