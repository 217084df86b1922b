/** The vendor's words for what it thought of a message and what became of it, as a person says them. */
import { escaped } from "@/lib/model/strange-text";
import type { Tone } from "../tag";

type Word = { readonly word: string; readonly tone: Tone };

const DISPOSITIONS: Readonly<Record<string, Word>> = {
  MALICIOUS: { word: "Malicious", tone: "danger" },
  "MALICIOUS-BEC": { word: "Malicious, BEC", tone: "danger" },
  SUSPICIOUS: { word: "Suspicious", tone: "warning" },
  SPOOF: { word: "Spoof", tone: "notice" },
  SPAM: { word: "Spam", tone: "neutral" },
  BULK: { word: "Bulk", tone: "neutral" },
  ENCRYPTED: { word: "Encrypted", tone: "neutral" },
  EXTERNAL: { word: "External", tone: "neutral" },
  UNKNOWN: { word: "Unknown", tone: "neutral" },
};
const CLEAN = new Set(["", "NONE"]);

/** null: no detection. */
export function dispositionOf(verdict: string): Word | null {
  const known = verdict.toUpperCase();
  if (CLEAN.has(known)) return null;
  return (Object.hasOwn(DISPOSITIONS, known) ? DISPOSITIONS[known] : undefined) ?? { word: escaped(verdict, 30), tone: "neutral" };
}

const STATUSES: Readonly<Record<string, string>> = {
  delivered: "Delivered",
  moved: "Moved",
  move_failed: "Move failed",
  quarantined: "Quarantined",
  rejected: "Rejected",
  deferred: "Deferred",
  bounced: "Bounced",
  queued: "Queued",
};

const statusWord = (status: string): string => (Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined) ?? escaped(status, 30);

/** What is in quarantine says so first, whatever else is told of it; what was and is no longer, was released. */
export function deliveryWords({
  deliveryStatus,
  isQuarantined,
}: {
  readonly deliveryStatus: readonly string[];
  readonly isQuarantined: boolean;
}): string {
  const words = deliveryStatus.slice(0, 4).map((status) => (status === "quarantined" && !isQuarantined ? "Released" : statusWord(status)));
  return [...new Set(isQuarantined ? ["Quarantined", ...words] : words)].join(", ");
}

const MODES: Readonly<Record<string, string>> = {
  DIRECT: "MX records",
  JOURNAL: "Journaling",
  BCC: "BCC",
  API: "Graph API",
  RETRO_SCAN: "Later scan",
};
export const modeWord = (mode: string): string => (Object.hasOwn(MODES, mode) ? MODES[mode] : undefined) ?? escaped(mode, 40);

export const STATUS_CHOICES: readonly (readonly [string, string])[] = Object.entries(STATUSES);
