"use client";
/** A reason or another longer text, with its label, hint and error. */
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";

export function TextArea({ name, label, hint }: { readonly name: string; readonly label: string; readonly hint?: string }) {
  const error = useFieldError(name);
  const id = fieldId(name);
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium text-strong">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-subtle">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="font-medium text-danger">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      ) : null}
      <textarea
        id={id}
        name={name}
        rows={3}
        className="input"
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}
