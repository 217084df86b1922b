/** Mail in the sandbox: what the SMTP servers ask at RCPT and DATA, and what pages and the control API show. */

export { gatewayData, gatewayRcpt } from "./gateway";
export { type Mailbox, mailboxes } from "./mailboxes";
export type {
  Folder,
  MailState,
  Message,
  Place,
  QuarantineEntry,
  QuarantineType,
  Release,
  Reply,
  Session,
  TraceEvent,
} from "./message";
export { microsoftData, microsoftRcpt } from "./microsoft";
export { releaseMessage } from "./release";
export { messageWithId, quarantine, rawOf, whatBecameOf } from "./store";
export { type Submission, submit } from "./submit";
export { vendorData, vendorRcpt } from "./vendor";
