/** A value in a table that copies itself: the whole of it is the button, so that a hundred of them add nothing to read. */

export function CopyValue({
  value,
  isWhole,
}: {
  readonly value: string /** Keeps its line where there are columns. */;
  readonly isWhole: boolean;
}) {
  return (
    <button type="button" title="Copy" className={isWhole ? "copy-value sm:whitespace-nowrap" : "copy-value"} data-copy="">
      {value}
    </button>
  );
}
