/** A message's bytes as the vendor has them: it keeps those of detections. */
import { generatedMessage } from "../history/generated";
import { generatedRaw } from "../history/raw";
import { mailDate } from "../mail/stamps";
import type { Tenant } from "../tenant";
import type { Context } from "./context";
import { entryWith } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { isDetection } from "./standing";

/** Of a report whose original is nowhere any more. */
const bare = ({ sender, recipients, subject, messageId, at }: Entry): Buffer =>
  Buffer.from(
    [
      ...[`From: ${sender}`, `To: ${recipients.join(", ")}`, `Subject: ${subject}`, `Date: ${mailDate(at)}`, `Message-ID: ${messageId}`],
      ...["Content-Type: text/plain; charset=utf-8", "", "The text of this message is not kept.", ""],
    ].join("\r\n"),
    "utf8",
  );

export function sourceOf(tenant: Tenant, entry: Entry): Buffer {
  const { origin, messageId } = entry;
  if (origin.kind === "made-up") return generatedRaw(tenant, origin.number) ?? bare(entry);
  const copy = origin.kind === "mx" ? origin.copies[0] : tenant.mail.messages.find((one) => one.messageId === messageId && one.raw !== "");
  return copy ? Buffer.from(copy.raw, "latin1") : bare(entry);
}

export const linkOf = (tenant: Tenant, { origin }: Entry): string | null =>
  origin.kind === "made-up" ? (generatedMessage(tenant, origin.number)?.link ?? null) : null;

export function raw({ tenant, params }: Context): Answer | Refusal {
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry || !isDetection(tenant.cloudflare, entry)) return refusals.noMessage();
  return { status: 200, result: { raw: sourceOf(tenant, entry).toString("utf8") } };
}
