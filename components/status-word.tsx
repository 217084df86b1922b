/** Where a step stands, in a word or two. What is done has no colour, so that what is left stands out; only a problem is red. */
import type { ReactNode } from "react";
import type { Status, StatusCode } from "@/lib/model/status";
import { At } from "./at";
import { Tag, type Tone } from "./tag";

const TONE: Readonly<Partial<Record<StatusCode, Tone>>> = {
  "not-started": "info",
  "in-progress": "progress",
  "needs-you": "warning",
  waiting: "neutral",
  changed: "notice",
  problem: "danger",
};

function words({ code, say, at }: Status): ReactNode {
  if (code === "changed" && at !== undefined)
    return (
      <>
        Changed since <At at={at} day />
      </>
    );
  if (code === "waiting" && at !== undefined)
    return (
      <>
        Waiting, next look <At at={at} />
      </>
    );
  return code === "cannot-start" ? "Cannot start yet" : say;
}

export function StatusWord({ status }: { readonly status: Status }) {
  const tone = TONE[status.code];
  if (tone)
    return (
      <Tag tone={tone}>
        <span>{words(status)}</span>
      </Tag>
    );
  return <span className={`text-[0.9375rem] ${status.code === "cannot-start" ? "text-inactive" : "text-default"}`}>{words(status)}</span>;
}
