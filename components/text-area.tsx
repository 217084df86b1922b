"use client";
/** A reason or another longer text, with its label, hint and error. */
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  /** Something that is pasted and stays as it is: in the mono face, without a spelling check. */
  readonly isExact?: boolean;
};

export function TextArea({ name, label, hint, rows = 3, isExact = false }: Props) {
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
        rows={rows}
        className={isExact ? "input value" : "input"}
        spellCheck={!isExact}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}
