/** A report that could not be delivered, as it comes to the address for undeliverable journal reports: a notice, and the report attached. */
import { randomUUID } from "node:crypto";
import type { Message } from "../mail/message";
import { mailDate } from "../mail/stamps";
import type { Tenant } from "../tenant";
import type { QueuedReport } from "./state";

export function undeliverable({ initialDomain }: Tenant, report: QueuedReport, to: string, at: number): Message {
  const id = randomUUID();
  const boundary = `_ndr_${id}_`;
  const messageId = `<${id}@${initialDomain}>`;
  const subject = `Undeliverable: journal report for ${report.address}`;
  const notice = `The journal report could not be delivered to ${report.address} in ${report.tries} tries. The last problem was: ${report.problem}`;
  const raw = [
    `From: Microsoft Outlook <postmaster@${initialDomain}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${mailDate(at)}`,
    `Message-ID: ${messageId}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    ...[`--${boundary}`, "Content-Type: text/plain; charset=utf-8", "", notice],
    ...[`--${boundary}`, "Content-Type: message/rfc822", "", report.raw],
    `--${boundary}--`,
    "",
  ].join("\r\n");
  return {
    ...{ id, traceId: id, at, messageId, mailFrom: "", from: `postmaster@${initialDomain}`, to, mailbox: null, subject, raw },
    ...{ size: raw.length, fromIp: "", place: { kind: "folder", folder: "Inbox" }, events: [] },
  };
}
