"use client";
/** One field of a form: label, hint, control, and what is wrong with it beside it. */
import type { ReactNode } from "react";
import type { Field as FieldShape } from "@/lib/steps/shape";
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";
import { Labelled } from "./labelled";

type Value = string | readonly string[];
type OptionsField = Extract<FieldShape, { options: readonly unknown[] }>;

const describedBy = (...ids: readonly (string | false | undefined)[]) => ids.filter(Boolean).join(" ") || undefined;

function Around({
  name,
  hint,
  error,
  children,
}: {
  readonly name: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <>
      {hint ? (
        <p id={`${fieldId(name)}-hint`} className="text-subtle">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${fieldId(name)}-error`} className="font-medium text-danger">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      ) : null}
      {children}
    </>
  );
}

function Options({
  field,
  value,
  error,
}: {
  readonly field: OptionsField;
  readonly value: readonly string[];
  readonly error: string | undefined;
}) {
  const id = fieldId(field.name);
  const type = field.type === "choice" ? "radio" : "checkbox";
  return (
    <fieldset
      className={`space-y-2 ${error ? "border-[var(--text-color-danger)] border-l-4 pl-3" : ""}`}
      aria-describedby={describedBy(field.hint && `${id}-hint`, error && `${id}-error`)}
    >
      <legend className="font-medium text-strong">{field.label}</legend>
      <Around name={field.name} hint={field.hint} error={error}>
        {/* A form says nothing of boxes that are not ticked: this says that none is. */}
        {type === "checkbox" ? <input type="hidden" name={field.name} value="" /> : null}
        <ul className="space-y-0.5">
          {field.options.map((option, i) => {
            const isOff = "isOff" in option ? option.isOff : undefined;
            const hint = isOff ?? option.hint;
            const own = i === 0 ? id : `${id}-${i}`;
            return (
              <li key={option.value}>
                <label className={`flex min-h-11 items-start gap-3 rounded-box py-2 ${isOff ? "text-inactive" : ""}`}>
                  <input
                    id={own}
                    className="mt-0.5"
                    type={type}
                    name={field.name}
                    value={option.value}
                    defaultChecked={value.includes(option.value)}
                    disabled={isOff !== undefined}
                    aria-describedby={hint ? `${own}-means` : undefined}
                  />
                  <span>
                    <span className={isOff ? "" : "text-strong"}>{option.label}</span>
                    {hint ? (
                      <span id={`${own}-means`} className={`block text-[0.9375rem] ${isOff ? "text-inactive" : "text-subtle"}`}>
                        {hint}
                      </span>
                    ) : null}
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      </Around>
    </fieldset>
  );
}

/** `value`: what was chosen before; `text` for one value, a list for `choices`. */
export function Field({ field, value }: { readonly field: FieldShape; readonly value: Value }) {
  const error = useFieldError(field.name);
  if (field.type === "choice" || field.type === "choices")
    return <Options field={field} value={typeof value === "string" ? [value] : value} error={error} />;
  return (
    <Labelled name={field.name} label={field.label} hint={field.hint}>
      {(wired) => (
        <input
          {...wired}
          className="input"
          type="text"
          inputMode={field.type === "number" ? "numeric" : undefined}
          defaultValue={typeof value === "string" ? value : value.join(", ")}
          placeholder={field.placeholder}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Labelled>
  );
}
