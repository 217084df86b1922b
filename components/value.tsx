/** A value to be read exactly, with its copy button. It wraps; it is never cut. */
import { CopyButton } from "./copy-button";

export function Value({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <span className="flex items-start justify-between gap-3">
      <code className="value min-w-0 pt-0.5">{value}</code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
