/** Where a test message ended, and whether it should have: refused is right for one and wrong for the other. */
import { type Circumstances, isTraced, type Leg } from "./mail-proof";
import { isLockRefusal } from "./mail-proof-refusals";

export type End =
  | "not-sent"
  | "on-its-way"
  /** A server took it; what became of it nobody has looked at. */
  | "handed-over"
  | "delivered"
  | "held"
  | "refused-rightly"
  | "refused-wrongly"
  | "delivered-wrongly"
  /** Taken by the vendor, never seen at Microsoft. */
  | "lost"
  | "unsure";

/** A lock that was just turned on may refuse or not yet: either is right. */
const isDoorShut = (lock: Circumstances["lock"]): boolean => lock === "on";
const mayBeShut = (lock: Circumstances["lock"]): boolean => lock !== "off";

function refused(leg: Leg, text: string, lock: Circumstances["lock"]): End {
  return leg.name === "direct" && mayBeShut(lock) && isLockRefusal(text) ? "refused-rightly" : "refused-wrongly";
}

function arrived(leg: Leg, lock: Circumstances["lock"], end: "delivered" | "held"): End {
  return leg.name === "direct" && isDoorShut(lock) ? "delivered-wrongly" : end;
}

const HELD = ["quarantined", "filteredasspam"];
function traced(leg: Leg, lock: Circumstances["lock"]): End | null {
  if (leg.trace === null || !isTraced(leg)) return null;
  const status = leg.trace.status.toLowerCase();
  if (status === "failed") return refused(leg, leg.trace.refusal ?? "", lock);
  return arrived(leg, lock, HELD.includes(status) ? "held" : "delivered");
}

/** `isSeen`: somebody pasted the headers of the delivered message. `isOpen`: it is still looked for. */
export function endOf(leg: Leg, circumstances: Circumstances | null, { isSeen, isOpen }: { isSeen: boolean; isOpen: boolean }): End {
  const { sending } = leg;
  const lock = circumstances?.lock ?? null;
  if (sending.state === "waiting" || sending.state === "not-sent") return "not-sent";
  if (sending.state === "sending") return "on-its-way";
  if (sending.state === "refused") return refused(leg, sending.said.text, lock);
  const end = traced(leg, lock) ?? (isSeen ? arrived(leg, lock, "delivered") : null);
  if (end) return end;
  if (sending.state === "unsure") return "unsure";
  if (isOpen) return "on-its-way";
  return leg.name === "mx" && circumstances?.isAtVendor && leg.traceProblem === null ? "lost" : "handed-over";
}
