"use client";
/** Which rows of a long list are drawn, and where: those in sight, some around them, and the one in focus. */
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect } from "react";

/** Rows drawn before and after those in sight. */
const OVERSCAN = 12;
/** What is drawn without scripts, and before they are there. */
const AT_FIRST = 40;
/** What sticks to the top and the bottom of the window, in pixels. */
const STICKY = { top: 48, bottom: 112 };
export const USUAL_PX = 44;

type Given = {
  readonly count: number;
  /** Height of a row; null before the window is known. */
  readonly px: number | null;
  /** Where the list begins on the page. */
  readonly top: number;
  /** The row in focus. */
  readonly focus: number;
};
/** `top` null: after the one before. */
type Drawn = { readonly index: number; readonly top: number | null };

export function useVirtualRows({ count, px, top, focus }: Given) {
  const list = useWindowVirtualizer<HTMLDivElement>({
    count,
    enabled: px !== null,
    estimateSize: () => px ?? USUAL_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: STICKY.top,
    scrollPaddingEnd: STICKY.bottom,
    // The row in focus stays, wherever somebody scrolls: the focus would be lost with it.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.min(focus, count - 1)])].sort((a, b) => a - b),
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: when rows have another size
  useEffect(() => list.measure(), [px]);
  const items = list.getVirtualItems();
  const drawn: readonly Drawn[] =
    px === null
      ? Array.from({ length: Math.min(count, AT_FIRST) }, (_, index) => ({ index, top: null }))
      : items.map(({ index, start }) => ({ index, top: start - list.options.scrollMargin }));
  const style: CSSProperties | undefined = px === null ? undefined : { height: list.getTotalSize() };
  return {
    drawn,
    style,
    /** The last row that is drawn, 0 before the window is known. */
    last: items.at(-1)?.index ?? 0,
    show: (at: number) => list.scrollToIndex(at, { align: "auto" }),
    /** How far the page was last seen to be scrolled. */
    y: () => list.scrollOffset ?? 0,
  };
}
