"use client";
/** A file to hand in, with its label, hint and error. */
import { Labelled } from "./labelled";

type Props = { readonly name: string; readonly label: string; readonly hint: string; readonly accept: string };

export function FileField({ accept, ...rest }: Props) {
  return (
    <Labelled {...rest}>
      {(wired) => (
        <input
          {...wired}
          type="file"
          accept={accept}
          className="input file:mr-3 file:rounded file:border-0 file:bg-neutral-tint file:px-3 file:py-1 file:text-strong"
        />
      )}
    </Labelled>
  );
}
