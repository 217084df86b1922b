/** A word on its tint. */
import type { ReactNode } from "react";

export type Tone = "info" | "progress" | "success" | "warning" | "notice" | "danger" | "neutral";

/** Whole names, so that Tailwind finds them. */
export const TONES: Readonly<Record<Tone, string>> = {
  info: "bg-info-tint text-info",
  progress: "bg-progress-tint text-progress",
  success: "bg-success-tint text-success",
  warning: "bg-warning-tint text-warning",
  notice: "bg-notice-tint text-notice",
  danger: "bg-danger-tint text-danger",
  neutral: "bg-neutral-tint text-neutral",
};

export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-medium ${TONES[tone]}`}>{children}</span>
  );
}
