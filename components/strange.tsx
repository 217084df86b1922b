/** Text that a stranger wrote: in a direction of its own, with what cannot be seen shown by its number, and cut to what a line needs. */
import { figure } from "@/lib/model/figure";
import { escaped, MOST_SHOWN, piecesOf } from "@/lib/model/strange-text";
import { numbered } from "./numbered";

type Props = {
  readonly text: string;
  readonly most?: number;
  /** In its place where there is none. */
  readonly empty?: string;
};

export function Strange({ text, most = MOST_SHOWN, empty = "" }: Props) {
  if (text.trim() === "") return <span className="text-subtle">{empty}</span>;
  const { pieces, left } = piecesOf(text, most);
  return (
    <bdi>
      {numbered(pieces).map(({ item, key }) =>
        item.isEscape ? (
          <span
            key={key}
            className="mx-0.5 rounded-sm bg-warning-tint px-1 font-mono text-[0.8em] text-warning"
            title="Not visible, or turns text around"
          >
            {item.text}
          </span>
        ) : (
          item.text
        ),
      )}
      {left > 0 ? "…" : null}
    </bdi>
  );
}

/** More than this is for the downloaded message. */
const MOST_WHOLE = 20_000;

/** The same, and the rest of it on demand. */
export function StrangeWhole({ text, most = MOST_SHOWN, empty = "" }: Props) {
  if (text.length <= most) return <Strange text={text} most={most} empty={empty} />;
  return (
    <>
      <Strange text={text} most={most} />
      <details className="text-base font-normal">
        <summary className="text-subtle">Show more of it ({figure(text.length)} characters)</summary>
        <p className="value rounded-box bg-recessed p-3">
          <bdi>{escaped(text, MOST_WHOLE)}</bdi>
        </p>
      </details>
    </>
  );
}
