"use client";
/** Keys for a list: j and k move, / goes to the search. Off while typing, and off altogether for who does not want them (WCAG 2.1.4). */
import { useEffect, useState } from "react";

const OFF = "cutover-keys-off";
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable]");

function move(rows: string, by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(rows)];
  const at = links.findIndex((link) => link.contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

export function Keys({
  rows,
  search,
}: {
  /** Selector of the links to move between. */ readonly rows: string /** Id of the search field. */;
  readonly search: string;
}) {
  const [isOn, setOn] = useState(true);
  useEffect(() => setOn(localStorage.getItem(OFF) === null), []);
  useEffect(() => {
    if (!isOn) return;
    const acts: Readonly<Record<string, () => void>> = {
      j: () => move(rows, 1),
      k: () => move(rows, -1),
      "/": () => document.getElementById(search)?.focus(),
    };
    const onKey = (event: KeyboardEvent) => {
      const act = acts[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOn, rows, search]);
  const toggle = () => {
    if (isOn) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
    setOn(!isOn);
  };
  return (
    <details className="no-print ml-auto">
      <summary className="text-subtle">Keyboard</summary>
      <div className="space-y-2 rounded-box border border-hairline bg-elevated p-4">
        <p>
          <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Enter</kbd> open, <kbd>/</kbd> search
        </p>
        <button type="button" className="button button-small" aria-pressed={isOn} onClick={toggle}>
          {isOn ? "Turn the keys off" : "Turn the keys on"}
        </button>
      </div>
    </details>
  );
}
