/** A sentence that must not be missed but is no error: the risk line, a warning about age, a confirmation. */
import type { ReactNode } from "react";

const TONES = {
  info: "border-[var(--text-color-info)] bg-info-tint",
  success: "border-[var(--text-color-success)] bg-success-tint",
  warning: "border-[var(--text-color-warning)] bg-warning-tint",
  neutral: "border-[var(--border-color-line)] bg-neutral-tint",
} as const;

export function Note({
  tone = "info",
  title,
  children,
}: {
  readonly tone?: keyof typeof TONES;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={`rounded-box border-l-4 px-4 py-3 ${TONES[tone]}`}>
      {title ? <p className="font-semibold text-strong">{title}</p> : null}
      {children}
    </div>
  );
}
