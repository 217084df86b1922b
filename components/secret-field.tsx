"use client";
/** A field for a secret: never shown, never filled in by the browser, and pasting is welcome (WCAG 3.3.8). */
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";

type Props = { readonly name: string; readonly label: string; readonly hint: string };

export function SecretField({ name, label, hint }: Props) {
  const error = useFieldError(name);
  const id = fieldId(name);
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium text-strong">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-subtle">
        {hint}
      </p>
      {error ? (
        <p id={`${id}-error`} className="font-medium text-danger">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        className="input"
        type="password"
        name={name}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-1p-ignore=""
      />
    </div>
  );
}
