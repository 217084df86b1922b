/** Sends Cutover's own notices through the mail server that a setting names. Plain text; nothing of a tenant's secrets is ever in them. */
import { rootCertificates } from "node:tls";
import { createTransport } from "nodemailer";
import type { Log } from "@/lib/base/log";
import { no, ok, type Result } from "@/lib/base/result";

export type Notice = { readonly to: string; readonly subject: string; readonly text: string };
/** @returns the message's id, by which the mail server's people find it. */
export type SendMail = (notice: Notice) => Promise<Result<{ readonly messageId: string }>>;

const WITHIN_MS = 20_000;

/** null when no server is set: then nobody is offered a notice. */
export function createMailer(deps: {
  readonly url: string | undefined;
  readonly from: string;
  readonly extraCa: string | undefined;
  readonly log: Log;
}): SendMail | null {
  const { url, from, extraCa, log } = deps;
  if (url === undefined) return null;
  const transport = createTransport({
    url,
    connectionTimeout: WITHIN_MS,
    greetingTimeout: WITHIN_MS,
    socketTimeout: WITHIN_MS,
    // A notice names the company: it is not sent in the clear where the server can do better.
    tls: { rejectUnauthorized: true, ...(extraCa === undefined ? {} : { ca: [...rootCertificates, extraCa] }) },
  });
  return async (notice) => {
    try {
      const sent = await transport.sendMail({ ...notice, from, disableFileAccess: true, disableUrlAccess: true });
      return ok({ messageId: sent.messageId });
    } catch (err) {
      log.warn({ err }, "A notice could not be sent");
      return no("unreachable", "The mail server that sends Cutover's notices did not take one.", {
        fix: "Check MAIL_URL, and look into the log.",
      });
    }
  };
}
