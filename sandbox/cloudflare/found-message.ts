/** A message in the words of the API (`email-security/investigate`). */
import type { Tenant } from "../tenant";
import { hexId } from "./account";
import type { Entry } from "./entry";
import { standingOf, verdictOf } from "./standing";

const iso = (at: number) => new Date(at).toISOString();

/** The alert of a detection. */
export const alertOf = ({ id }: Pick<Entry, "id">): string => hexId(`${id}/alert`).slice(0, 16);

export const threatsOf = (disposition: string): string[] =>
  disposition === "MALICIOUS" ? ["CredentialHarvester"] : disposition === "MALICIOUS-BEC" ? ["BusinessEmailCompromise"] : [];

/** What the sandbox says of SPF, DKIM and DMARC: a forged sender fails, everybody else passes. */
export const validationOf = (disposition: string) => {
  const result = disposition === "SPOOF" ? ("fail" as const) : ("pass" as const);
  return { comment: null, dkim: result === "fail" ? ("none" as const) : result, dmarc: result, spf: result };
};

export function shownMessage(tenant: Tenant, entry: Entry, now: number) {
  const { id, postfix, at, mode, messageId, sender, from, fromName, recipients, subject, helo } = entry;
  const disposition = verdictOf(tenant.cloudflare, entry);
  const isClean = disposition === "NONE";
  const { statuses, isQuarantined, operations } = standingOf(tenant, entry, now);
  return {
    id,
    postfix_id: postfix,
    // Ended on November 1, 2026: /action_log has it.
    action_log: [],
    client_recipients: recipients,
    detection_reasons: isClean ? [] : [`The sandbox was told to find it ${disposition}.`],
    is_phish_submission: false,
    is_quarantined: isQuarantined,
    properties: {},
    ts: iso(at),
    alert_id: isClean ? null : alertOf(entry),
    delivery_mode: mode,
    delivery_status: statuses,
    envelope_from: sender,
    envelope_to: recipients,
    final_disposition: disposition,
    from,
    from_name: fromName,
    message_id: messageId,
    post_delivery_operations: operations,
    scanned_at: iso(at),
    sent_at: iso(at),
    smtp_helo_server_ip: helo,
    subject,
    threat_categories: isClean ? null : threatsOf(disposition),
    to: recipients,
    to_name: recipients.map(() => ""),
    validation: validationOf(disposition),
  };
}
