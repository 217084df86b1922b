/** A message in the words of the search (`email-security/investigate`): what came by MX, and what came as a journal report. */
import type { JournalReport } from "../journal/state";
import { dispositionOf } from "../mail/disposition";
import type { Message } from "../mail/message";
import type { Tenant } from "../tenant";
import { hexId } from "./account";

const iso = (at: number) => new Date(at).toISOString();

/** Nobody moves or releases by this API yet. */
const nothingDone: string[] = [];

type Facts = {
  id: string;
  at: number;
  mode: "DIRECT" | "JOURNAL";
  messageId: string;
  sender: string;
  from: string;
  recipients: string[];
  subject: string;
  disposition: string;
  status: "delivered" | "quarantined" | "rejected";
  helo: string | null;
};

function found({ id, at, mode, messageId, sender, from, recipients, subject, disposition, status, helo }: Facts) {
  const postfix = hexId(id).slice(0, 12).toUpperCase();
  return {
    id: `${postfix}-${iso(at).slice(0, 19)}-${id.slice(0, 8)}`,
    postfix_id: postfix,
    action_log: [],
    client_recipients: recipients,
    detection_reasons: disposition === "NONE" ? [] : [`The sandbox was told to find it ${disposition}.`],
    is_phish_submission: false,
    is_quarantined: status === "quarantined",
    properties: {},
    ts: iso(at),
    alert_id: disposition === "NONE" ? null : hexId(`${id}/alert`).slice(0, 16),
    delivery_mode: mode,
    delivery_status: [status],
    envelope_from: sender,
    envelope_to: recipients,
    final_disposition: disposition,
    from,
    message_id: messageId,
    post_delivery_operations: nothingDone,
    scanned_at: iso(at),
    sent_at: iso(at),
    smtp_helo_server_ip: helo,
    subject,
    to: recipients,
  };
}

export type Found = ReturnType<typeof found>;

const statusOf = ({ place }: Message) =>
  place.kind === "quarantine" ? "quarantined" : place.kind === "refused" ? "rejected" : "delivered";

const byMx = (message: Message): Found =>
  found({
    ...{ id: message.id, at: message.at, mode: "DIRECT", messageId: message.messageId, sender: message.mailFrom, from: message.from },
    ...{ recipients: [message.to], subject: message.subject, disposition: dispositionOf(message.raw) },
    ...{ status: statusOf(message), helo: message.fromIp },
  });

/** What was not scanned is not found. */
const byJournal = (report: JournalReport): Found[] =>
  report.disposition === null
    ? []
    : [
        found({
          ...{ id: report.id, at: report.at, mode: "JOURNAL", messageId: report.messageId, sender: report.sender, from: report.sender },
          ...{ recipients: report.recipients, subject: report.subject, disposition: report.disposition, status: "delivered", helo: null },
        }),
      ];

/** Where a message stands in the order; later is greater. */
export const orderOf = ({ scanned_at, id }: Found) => `${scanned_at} ${id}`;

/** Newest first. */
export function messagesOf({ mail }: Tenant): Found[] {
  const all = [...mail.vendor.map(byMx), ...mail.journal.flatMap(byJournal)];
  return all.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
}
