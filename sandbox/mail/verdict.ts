/** Microsoft's own judgement of a message: what the rules asked for, what the connection filter spared, what the content looks like. */
import type { ExchangeObject } from "../tenant";
import type { QuarantineType } from "./message";
import type { Ruled } from "./rules";
import type { SpfResult } from "./spf";

export type Verdict = {
  scl: number;
  /** Spam filtering verdict, as X-Forefront-Antispam-Report spells it. */
  sfv: "NSPM" | "SPM" | "SKN" | "SKS" | "SKI";
  category: string;
  type: QuarantineType | null;
  why: string;
};

export type Evidence = {
  ruled: Ruled;
  spf: SpfResult;
  isAllowedAddress: boolean;
  /** An OnPremises connector that keeps internal headers took it. */
  isTrusted: boolean;
  /** The domain's MX is Microsoft's own: high-confidence phish is held even where a rule says to bypass filtering. */
  isFirstHop: boolean;
  policy: ExchangeObject | undefined;
  /** What the content filter thinks: the header X-Sandbox-Microsoft-Verdict, for tests. */
  content: string;
};

const clean = { scl: 1, sfv: "NSPM", category: "NONE", type: null, why: "" } as const;

export function judge(evidence: Evidence): Verdict {
  const { ruled, content, isAllowedAddress, isTrusted } = evidence;
  if (content === "MALWARE") return { scl: 9, sfv: "SPM", category: "MALW", type: "Malware", why: "Malware was found." };
  const bypass = ruled.scl === -1;
  if (content === "HPHISH" && (!bypass || evidence.isFirstHop)) {
    return { scl: 9, sfv: "SPM", category: "HPHISH", type: "HighConfPhish", why: "The content is phish, with high confidence." };
  }
  if (isTrusted && ruled.scl === null) return { ...clean, scl: -1, sfv: "SKI" };
  const asked = bySetScl(ruled);
  if (asked) return asked;
  if (isAllowedAddress) return { ...clean, scl: -1, sfv: "SKN" };
  return byContent(evidence);
}

/** A rule's SCL is an input: -1 bypasses, 5 and 6 ask for spam, 7 to 9 for high-confidence spam; others leave the filter its own view. */
function bySetScl({ scl, hits }: Ruled): Verdict | null {
  if (scl === null || (scl >= 0 && scl < 5)) return null;
  const why = `A mail flow rule (${hits.join(", ")}) set SCL ${scl}.`;
  if (scl === -1) return { ...clean, scl: -1, sfv: "SKN", why };
  return scl >= 7
    ? { scl: 9, sfv: "SKS", category: "HSPM", type: "HighConfSpam", why }
    : { scl, sfv: "SKS", category: "SPM", type: "Spam", why };
}

function byContent({ content, spf, policy }: Evidence): Verdict {
  // "Mark as spam" of the advanced options gives SCL 9 (anti-spam policies, advanced settings).
  if (policy?.["MarkAsSpamSpfRecordHardFail"] === "On" && spf === "fail") {
    return { scl: 9, sfv: "SPM", category: "HSPM", type: "HighConfSpam", why: "SPF hard fail." };
  }
  if (content === "PHISH") return { scl: 8, sfv: "SPM", category: "PHSH", type: "Phish", why: "The content is phish." };
  if (content === "HSPM")
    return { scl: 9, sfv: "SPM", category: "HSPM", type: "HighConfSpam", why: "The content is spam, with high confidence." };
  if (content === "SPAM") return { scl: 5, sfv: "SPM", category: "SPM", type: "Spam", why: "The content is spam." };
  if (content === "BULK" && policy?.["MarkAsSpamBulkMail"] !== "Off") {
    return { scl: 6, sfv: "SPM", category: "BULK", type: "Bulk", why: "The content is bulk mail over the threshold." };
  }
  return { ...clean };
}
