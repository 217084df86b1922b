"use client";
/** What stands around a control of a form: its label, a hint, and what is wrong with it. */
import type { ReactNode } from "react";
import { useFieldError } from "./action-form";
import { fieldId } from "./error-summary";

/** What the control itself must carry, so that all of it is read aloud. */
type Wired = {
  readonly id: string;
  readonly name: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
};
type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: (wired: Wired) => ReactNode;
};

export function Labelled({ name, label, hint, children }: Props) {
  const error = useFieldError(name);
  const id = fieldId(name);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter((one) => one !== "").join(" ");
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
      {children({ id, name, "aria-invalid": error !== undefined, "aria-describedby": described || undefined })}
    </div>
  );
}
