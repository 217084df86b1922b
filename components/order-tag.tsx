/** Where an order stands, in a word. What is done has no colour, unless some of it failed. */
import type { OrderRow } from "@/lib/usecases/views/mail-orders";
import { Tag, type Tone } from "./tag";

const STATES: Readonly<Record<OrderRow["state"], readonly [string, Tone | null]>> = {
  draft: ["Not agreed to", "neutral"],
  queued: ["Starting", "progress"],
  running: ["At work", "progress"],
  waiting: ["Waiting", "neutral"],
  stopped: ["Stopped", "danger"],
  done: ["Done", null],
  cancelled: ["Cancelled", "neutral"],
};

export function OrderTag({ order: { kind, state, counts } }: { readonly order: Pick<OrderRow, "kind" | "state" | "counts"> }) {
  const isOn = kind === "auto" && (state === "queued" || state === "running" || state === "waiting");
  if (isOn) return <Tag tone="success">On</Tag>;
  if (kind === "auto" && state !== "stopped") return <>Off</>;
  if (state === "done" && counts.failed > 0) return <Tag tone="warning">Done, some failed</Tag>;
  const [word, tone] = STATES[state];
  return tone === null ? word : <Tag tone={tone}>{word}</Tag>;
}
