/** Copies a value. Drawn by the server as a plain button; CopyHands answers all of them with one listener. */

type Props = {
  readonly value: string;
  /** Read out with the label: "Copy: address 3". */
  readonly what: string;
  readonly label?: string;
};

const LOOK = "button button-small no-print shrink-0 [@media(scripting:none)]:hidden";

export function CopyButton({ value, what, label = "Copy" }: Props) {
  return (
    <button type="button" className={LOOK} data-copy={value}>
      <span>{label}</span>
      <span className="sr-only">: {what}</span>
    </button>
  );
}

/** Copies the table in the same card, head and all, as lines of tab-separated values: what stands in it is not sent a second time. */
export function CopyTable({ what }: Pick<Props, "what">) {
  return (
    <button type="button" className={LOOK} data-copy="" data-copy-table="">
      <span>Copy all</span>
      <span className="sr-only">: {what}</span>
    </button>
  );
}
