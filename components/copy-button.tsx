/** Copies a value. Drawn by the server as a plain button; CopyHands answers all of them with one listener. */

type Props = {
  readonly value: string;
  /** Read out with the label: "Copy: address 3". */
  readonly what: string;
  readonly label?: string;
};

export function CopyButton({ value, what, label = "Copy" }: Props) {
  return (
    <button type="button" className="button button-small no-print shrink-0 [@media(scripting:none)]:hidden" data-copy={value}>
      <span>{label}</span>
      <span className="sr-only">: {what}</span>
    </button>
  );
}
