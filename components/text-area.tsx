"use client";
/** A reason or another longer text, with its label, hint and error. */
import { Labelled } from "./labelled";

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  /** Something that is pasted and stays as it is: in the mono face, without a spelling check. */
  readonly isExact?: boolean;
};

export function TextArea({ rows = 3, isExact = false, ...rest }: Props) {
  return (
    <Labelled {...rest}>
      {(wired) => (
        <textarea {...wired} rows={rows} className={isExact ? "input value" : "input"} spellCheck={!isExact} autoComplete="off" />
      )}
    </Labelled>
  );
}
