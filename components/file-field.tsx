"use client";
/** A file to hand in, with its label, hint and error. */
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";

export function FileField({
  name,
  label,
  hint,
  accept,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
}) {
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
        type="file"
        name={name}
        accept={accept}
        className="input file:mr-3 file:rounded file:border-0 file:bg-neutral-tint file:px-3 file:py-1 file:text-strong"
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : `${id}-hint`}
      />
    </div>
  );
}
