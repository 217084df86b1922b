/** The operations of `email-security/investigate` on messages, one and many. */
import { actionLog } from "./action-log";
import type { Context, Operations } from "./context";
import { detections } from "./detections";
import { entryWith } from "./entries";
import { type Answer, type Refusal, refusals } from "./errors";
import { shownMessage } from "./found-message";
import { moveMany, moveOne } from "./moves";
import { previewOfDetection, previewOfOther } from "./preview";
import { releaseMany } from "./release";
import { raw } from "./source";
import { trace } from "./trace-lines";

/** Submissions are kept apart, and there are none here. */
function get({ tenant, params, query, world, lies }: Context): Answer | Refusal {
  const entry = query.get("submission") === "true" || lies ? undefined : entryWith(tenant, params["investigate_id"] ?? "");
  return entry ? { status: 200, result: shownMessage(tenant, entry, world.clock.now()) } : refusals.noMessage();
}

/** Taken, and that is that: the vendor's people look at it later. */
function reclassify({ tenant, params, world, token, lies }: Context): Answer | Refusal {
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry) return refusals.noMessage();
  const about = { messageId: entry.id, operation: "SUBMISSION" as const, at: world.clock.now(), requestedBy: token.name, recipient: null };
  if (!lies) tenant.cloudflare.actions.push({ ...about, success: true, status: "accepted" });
  world.save();
  return { status: 202, result: {} };
}

export const messageOperations: Operations = {
  "emailSecurity.investigate.get": get,
  "emailSecurity.investigate.move.create": moveOne,
  "emailSecurity.investigate.move.bulk": moveMany,
  "emailSecurity.investigate.release.bulk": releaseMany,
  "emailSecurity.investigate.preview.get": previewOfDetection,
  "emailSecurity.investigate.preview.create": previewOfOther,
  "emailSecurity.investigate.raw.get": raw,
  "emailSecurity.investigate.detections.get": detections,
  "emailSecurity.investigate.trace.get": trace,
  "emailSecurity.investigate.reclassify.create": reclassify,
  email_security_get_message_action_log: actionLog,
};
