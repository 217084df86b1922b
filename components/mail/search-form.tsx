"use client";
/** The search as a form whose address is the whole of it. Without scripts the browser sends it itself. */
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useTransition } from "react";
import { DISPOSITIONS } from "@/lib/model/found-message";
import { addressOf, paramsOf, type SearchParams } from "@/lib/model/mail-search";
import type { MailPlace } from "@/lib/usecases/views/mail";
import { Go } from "../go";
import { dispositionOf, STATUS_CHOICES } from "./words";

type Props = { readonly path: string; readonly place: MailPlace; readonly params: SearchParams };
type Choices = readonly (readonly [string, string])[];

const ANY = ["", "Any"] as const;
const VERDICTS: Choices = [ANY, ...DISPOSITIONS.map((one) => [one, dispositionOf(one)?.word ?? one] as const)];
const STATUSES: Choices = [ANY, ...STATUS_CHOICES];
const SHOWN: Choices = [
  ["", "Detections only"],
  ["yes", "All mail, also clean"],
];
const DAY = "2026-01-01".length;

function Labelled({ name, label, children }: { readonly name: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 space-y-1">
      <label htmlFor={name} className="block font-medium text-[0.9375rem] text-strong">
        {label}
      </label>
      {children}
    </div>
  );
}

type Of = { readonly name: keyof SearchParams; readonly label: string; readonly params: SearchParams };

function Text({ name, label, params, type = "search", hint }: Of & { readonly type?: "search" | "date"; readonly hint?: string }) {
  return (
    <Labelled name={name} label={label}>
      <input
        id={name}
        name={name}
        type={type}
        className="input"
        defaultValue={type === "date" ? params[name].slice(0, DAY) : params[name]}
        placeholder={hint}
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
      />
    </Labelled>
  );
}

function Choice({ name, label, params, choices }: Of & { readonly choices: Choices }) {
  return (
    <Labelled name={name} label={label}>
      <select id={name} name={name} className="input" defaultValue={params[name]}>
        {choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

const FOLDED = ["subject", "domain", "message", "alert", "from", "until", "disposition", "status", "all"] as const;

function More({ params, place }: Pick<Props, "params" | "place">) {
  const isTrace = place === "trace";
  const used = FOLDED.filter((name) => params[name] !== "" && (isTrace || (name !== "status" && name !== "all"))).length;
  return (
    <details open={used > 0}>
      <summary className="text-subtle">More fields{used > 0 ? ` (${used} in use)` : ""}</summary>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 pt-2 lg:grid-cols-4">
        <Text name="subject" label="Words of the subject" params={params} />
        <Text name="domain" label="Domain" hint="example.com" params={params} />
        <Text name="message" label="Message-ID" hint="<…@example.com>" params={params} />
        <Text name="alert" label="Alert ID" params={params} />
        <Text name="from" label="From day (UTC)" type="date" params={params} />
        <Text name="until" label="Until day (UTC)" type="date" params={params} />
        <Choice name="disposition" label="Disposition" choices={isTrace ? [...VERDICTS, ["NONE", "Clean"]] : VERDICTS} params={params} />
        {isTrace ? (
          <>
            <Choice name="status" label="Delivery" choices={STATUSES} params={params} />
            <Choice name="all" label="Show" choices={SHOWN} params={params} />
          </>
        ) : null}
      </div>
    </details>
  );
}

export function SearchForm({ path, place, params }: Props) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const query = addressOf(params);
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget).entries()].filter(([, value]) => typeof value === "string");
    const wanted = addressOf(paramsOf(Object.fromEntries(typed.map(([name, value]) => [name, String(value)]))));
    start(() => (wanted === query ? router.refresh() : router.push(wanted === "" ? path : `${path}?${wanted}`)));
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every browser we serve
    <form key={query} role="search" action={path} onSubmit={onSubmit} className="no-print space-y-2">
      <div className="grid items-end gap-x-4 gap-y-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <Text name="q" label="Words" params={params} />
        <Text name="sender" label="Sender" hint="Address or domain" params={params} />
        <Text name="recipient" label="Recipient" hint="Address or domain" params={params} />
        <button type="submit" className="button button-primary min-h-11" aria-busy={isPending}>
          {isPending ? "Searching…" : "Search"}
        </button>
      </div>
      <More params={params} place={place} />
      {query === "" ? null : (
        <p>
          <Go href={path}>Clear the search</Go>
        </p>
      )}
    </form>
  );
}
