/** Copies a value. Drawn by the server as a plain button; CopyHands answers all of them with one listener. */

type Props = {
  readonly value: string;
  /** Read out with the label: "Copy, address 3". */
  readonly what: string;
  readonly label?: string;
  /** Beside a value in a table: shown when its row is pointed at or it has the focus, and always under a finger. */
  readonly isQuiet?: boolean;
};

const QUIET =
  "min-h-6 px-1 text-link text-sm opacity-0 underline underline-offset-3 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:min-h-11 pointer-coarse:opacity-100";

export function CopyButton({ value, what, label = "Copy", isQuiet = false }: Props) {
  return (
    <button
      type="button"
      className={`no-print shrink-0 [@media(scripting:none)]:hidden ${isQuiet ? QUIET : "button button-small"}`}
      data-copy={value}
      data-what={what}
    >
      <span>{label}</span>
      <span className="sr-only">: {what}</span>
    </button>
  );
}
