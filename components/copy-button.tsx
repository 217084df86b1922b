/** Copies a value. Drawn by the server as a plain button; CopyHands answers all of them with one listener. */

export function CopyButton({
  value,
  what,
  label = "Copy",
}: {
  readonly value: string /** Read out with the label: "Copy, address 3". */;
  readonly what: string;
  readonly label?: string;
}) {
  return (
    <button
      type="button"
      className="button button-small shrink-0 no-print [@media(scripting:none)]:hidden"
      data-copy={value}
      data-what={what}
    >
      <span>{label}</span>
      <span className="sr-only">: {what}</span>
    </button>
  );
}
