/** One made-up message: a pure function of the tenant and its number. */
import type { Disposition } from "../mail/disposition";

export type GeneratedMessage = {
  number: number;
  /** With its angle brackets; begins `<gen-{number}@`. */
  messageId: string;
  /** Envelope sender. */
  mailFrom: string;
  /** The From header's address and name. */
  from: string;
  fromName: string;
  /** Addresses of people, or of one distribution list. */
  recipients: string[];
  subject: string;
  disposition: Disposition;
  at: number;
  mode: "DIRECT" | "JOURNAL";
  /** The vendor holds it: it lies in nobody's mailbox. */
  isHeld: boolean;
  fromIp: string;
  /** A link in its text. */
  link: string | null;
  /** The name of the file that is attached. */
  attachment: string | null;
};

/** What the generators make; the rest is found out for all of them alike. */
export type Made = Omit<GeneratedMessage, "number" | "at">;

/** What messages are made from, found out once a tenant. */
export type Cast = { seed: number; own: string; people: string[]; lists: string[] };
