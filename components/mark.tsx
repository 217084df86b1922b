/** A small sign beside a word; never instead of one. */

export type MarkKind = "right" | "look" | "wait" | "wrong" | "unknown" | "turn" | "busy";

const PATHS: Readonly<Record<MarkKind, string>> = {
  right: "M4.5 8.5l2.5 2.5 4.5-5.5",
  look: "M8 4.5v4.2M8 11.4v.1",
  wait: "M8 4.5V8l2.4 1.6",
  wrong: "M5.5 5.5l5 5m0-5l-5 5",
  unknown: "M6.2 6.3a1.9 1.9 0 1 1 2.6 2c-.6.3-.8.6-.8 1.1M8 11.4v.1",
  turn: "M5 8h6M8.6 5.4L11.2 8l-2.6 2.6",
  busy: "M5 8h.1M8 8h.1M11 8h.1",
};

export function Mark({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="size-4 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="8" cy="8" r="6.75" />
      <path d={PATHS[kind]} />
    </svg>
  );
}
