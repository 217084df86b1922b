/** What the sandbox keeps of one message for one recipient: the bytes, where it lies now, and what happened to it on the way. Plain JSON. */
import type { GatewayReports, JournalReport, QueuedReport } from "../journal/state";

export type Reply = { code: number; text: string };

/** One SMTP session as the server saw it. */
export type Session = { serverHost: string; clientIp: string; isTls: boolean; helo: string; mailFrom: string };

/**
 * Archive is the folder of that name in the mailbox, ArchiveMailbox the mailbox beside it. The two of Recoverable Items (deletions and purges)
 * and the archive mailbox are out of reach of a search in the mailbox.
 */
export const folders = ["Inbox", "Junk", "DeletedItems", "Archive", "RecoverableItemsDeletions", "Purges", "ArchiveMailbox"] as const;
export type Folder = (typeof folders)[number];

/** Quarantine types as `Get-QuarantineMessage` names them, and the vendor's own. */
export type QuarantineType = "Spam" | "HighConfSpam" | "Phish" | "HighConfPhish" | "Bulk" | "Malware" | "TransportRule" | "Vendor";

/** Who takes a message out of a quarantine: an administrator alone, the recipient, or the recipient by asking an administrator. */
export type Release = "admin" | "user" | "user-asks";

export type Place =
  | { kind: "folder"; folder: Folder }
  | {
      kind: "quarantine";
      by: "microsoft" | "vendor";
      type: QuarantineType;
      /** The quarantine policy that decides; null where none does (hosted by a mail flow rule, the vendor's own). */
      policy: string | null;
      reason: string;
      release: Release;
      /** Addresses that a notification goes to. */
      notified: string[];
    }
  | { kind: "refused"; reply: Reply }
  /** Deleted by a rule, or sent on to somebody outside. */
  | { kind: "gone"; why: string };

/** One step on the way, as message trace detail tells it. */
export type TraceEvent = { at: number; event: string; action: string; detail: string; data: string };

export type Message = {
  /** Of this message for this recipient. */
  id: string;
  /** MessageTraceId: the same for all recipients of one message. */
  traceId: string;
  at: number;
  /** The Message-ID header, with its angle brackets. */
  messageId: string;
  /** Envelope sender; empty for bounces. */
  mailFrom: string;
  /** The From header's address. */
  from: string;
  to: string;
  /** Sign-in name of whose mailbox it is for; null where it is nobody's. */
  mailbox: string | null;
  subject: string;
  /** The whole message as it lies there, one character a byte (latin1); empty where it was refused before DATA. */
  raw: string;
  size: number;
  /** The address that connected to whoever holds it now. */
  fromIp: string;
  place: Place;
  /** How often it was moved: its id at Graph is another after each. Absent = never. */
  moves?: number;
  events: TraceEvent[];
};

/** `<Message-ID> sign-in name`: one message in one mailbox (see `copyName`). */
export type CopyName = string;

export type MailState = {
  /** Mail that reached Microsoft's front door, newest last. */
  messages: Message[];
  /** Mail that reached the vendor, newest last; `place` is folder Inbox where it was handed on. */
  vendor: Message[];
  /** How many messages the vendor has seen for each domain. */
  processed: Record<string, number>;
  /** Journal reports that the vendor took, newest last. */
  journal: JournalReport[];
  /** Those that still wait to be sent. */
  journalQueue: QueuedReport[];
  /** What came to the address for undeliverable reports. */
  journalNdr: Message[];
  /** Those that an outbound connector took to another company's gateway. */
  gateway: GatewayReports;
  /** Where made-up mail lies that somebody moved; whatever is not here lies in the Inbox. */
  moved: Record<CopyName, Folder>;
  /** What the vendor keeps of copies it moved: the immutable id, and the folder as Graph names it. */
  vendorMoved: Record<CopyName, { id: string; folder: string }>;
};

export type QuarantineEntry = { message: Message; place: Extract<Place, { kind: "quarantine" }> };

export const noMail = (): MailState => ({
  messages: [],
  vendor: [],
  processed: {},
  journal: [],
  journalQueue: [],
  journalNdr: [],
  gateway: { relays: false, took: [] },
  moved: {},
  vendorMoved: {},
});
