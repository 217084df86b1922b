/** A value in a table that copies itself: the whole of it is the button, so that a hundred of them add nothing to read. */
import { Fragment } from "react";
import { numbered } from "./numbered";

/** A long name goes on in the next line after one of its parts, not in the middle of a word. */
function Breakable({ text }: { readonly text: string }) {
  const parts = text.split(/(?<=[.@/,])/);
  return numbered(parts).map(({ item, key }) => (
    <Fragment key={key}>
      {item}
      <wbr />
    </Fragment>
  ));
}

export function CopyValue({
  value,
  isWhole,
}: {
  readonly value: string /** Keeps its line where there are columns. */;
  readonly isWhole: boolean;
}) {
  return (
    <button type="button" title="Copy" className={isWhole ? "copy-value sm:whitespace-nowrap" : "copy-value"} data-copy="">
      {isWhole ? value : <Breakable text={value} />}
    </button>
  );
}
