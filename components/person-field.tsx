"use client";
/** A field for one person that finds them while somebody types (combobox with a list, ARIA 1.2). Without scripts it takes a whole address. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { announce } from "./announce";
import { fieldId } from "./error-summary";
import { Labelled } from "./labelled";
import { foundWords, moved, PAUSE_MS, SHORTEST, type Suggestion, suggestions } from "./person-search";

type Props = { readonly name: string; readonly label: string; readonly hint: string; readonly href: string };

/** People for what is typed, once it has rested for a moment; what was asked before is forgotten. */
function useSuggestions(href: string, typed: string | null): readonly [readonly Suggestion[], () => void] {
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    if (typed === null || typed.trim().length < SHORTEST) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const people = await suggestions(href, typed.trim(), stop.signal);
      if (stop.signal.aborted) return;
      setFound(people);
      announce(foundWords(people.length));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [href, typed]);
  return [found, () => setFound([])];
}

function Person({ person, id, isActive, choose }: { person: Suggestion; id: string; isActive: boolean; choose: () => void }) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className={`min-h-11 cursor-pointer px-3 py-2 ${isActive ? "bg-tint outline-2 outline-[var(--color-focus)] -outline-offset-2" : "hover:bg-tint"}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={choose}
      onKeyDown={(event) => event.key === "Enter" && choose()}
    >
      <span className="block text-strong">{person.name || person.address}</span>
      <span className="block text-sm text-subtle">
        {person.address}
        {person.usageLocation ? `, ${person.usageLocation}` : ""}
      </span>
    </div>
  );
}

export function PersonField({ href, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const [found, forget] = useSuggestions(href, typed);
  const isOpen = found.length > 0;
  const listId = `${fieldId(rest.name)}-list`;
  const idOf = (i: number) => `${listId}-${i}`;

  function close() {
    forget();
    setTyped(null);
    setActive(-1);
  }
  function choose(person: Suggestion | undefined) {
    if (person && input.current) input.current.value = person.address;
    close();
    input.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!isOpen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") setActive(moved(active, event.key, found.length));
    else if (event.key === "Enter" && active >= 0) choose(found[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }
  return (
    <Labelled {...rest}>
      {(wired) => (
        <div className="relative max-w-xl">
          <input
            {...wired}
            ref={input}
            className="input"
            type="text"
            inputMode="email"
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? idOf(active) : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(-1);
            }}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          <div
            id={listId}
            role="listbox"
            aria-label={rest.label}
            hidden={!isOpen}
            className="absolute inset-x-0 z-10 mt-1 max-h-80 overflow-y-auto rounded-box border border-line bg-elevated shadow-lg"
          >
            {found.map((person, i) => (
              <Person key={person.address} person={person} id={idOf(i)} isActive={i === active} choose={() => choose(person)} />
            ))}
          </div>
        </div>
      )}
    </Labelled>
  );
}
