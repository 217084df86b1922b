"use client";
/** A field for a secret: never shown, never filled in by the browser, and pasting is welcome (WCAG 3.3.8). */
import { Labelled } from "./labelled";

type Props = { readonly name: string; readonly label: string; readonly hint: string };

export function SecretField(props: Props) {
  return (
    <Labelled {...props}>
      {(wired) => (
        <input {...wired} className="input" type="password" autoComplete="off" autoCapitalize="off" spellCheck={false} data-1p-ignore="" />
      )}
    </Labelled>
  );
}
