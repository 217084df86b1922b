"use client";
/** Answers every copy button of the page with one listener, so that a hundred values cost nothing to hydrate. */
import { useEffect } from "react";
import { announce } from "./announce";

const SHOWN_MS = 2_000;

/** The clipboard API exists only on https and localhost; the old way still works elsewhere. */
async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => copyByHand(text),
    );
  return copyByHand(text);
}

function copyByHand(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

/** The button's own words for a moment; a value that is its own button keeps them. */
function show(button: HTMLButtonElement, isCopied: boolean): void {
  const word = button.querySelector("span");
  if (!word) return;
  const before = button.dataset["label"] ?? word.textContent;
  button.dataset["label"] = before;
  word.textContent = isCopied ? "Copied" : "Not copied";
  setTimeout(() => {
    word.textContent = before;
  }, SHOWN_MS);
}

const rowsOf = (table: HTMLTableElement | null | undefined): string =>
  [...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.textContent).join("\t")).join("\n");

/** What a button says of itself: its value, "the table beside me", or nothing for the words that stand on it. */
function wordsOf(button: HTMLButtonElement): string {
  const { copy: value, copyTable } = button.dataset;
  if (copyTable !== undefined) return rowsOf(button.parentElement?.parentElement?.querySelector("table"));
  return value || button.textContent;
}

async function answer(event: MouseEvent): Promise<void> {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-copy]") : null;
  if (!button) return;
  const value = wordsOf(button);
  const isCopied = await copy(value);
  const what = button.querySelector(".sr-only")?.textContent ?? `: ${value}`;
  announce(isCopied ? `Copied${what}` : "Could not copy. Select the value and copy it with the keyboard.");
  button.focus();
  show(button, isCopied);
}

export function CopyHands() {
  useEffect(() => {
    const onClick = (event: MouseEvent) => void answer(event);
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);
  return null;
}
