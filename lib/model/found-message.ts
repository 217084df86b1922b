/** A message as the vendor's search shows it, in our spelling. Everything in it was written by a stranger: shown as text, never as markup. */

/** The five that a table of actions knows; a table's row for MALICIOUS counts for business email compromise too. */
export const DISPOSITIONS = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** As the vendor says them. */
export const VERDICTS = [...DISPOSITIONS, "MALICIOUS-BEC"] as const;

/** @returns the row of the table that a verdict falls under; null for what is no detection of these kinds. */
export function rowOfVerdict(verdict: string): Disposition | null {
  const known = verdict.toUpperCase() === "MALICIOUS-BEC" ? "MALICIOUS" : verdict.toUpperCase();
  return DISPOSITIONS.find((one) => one === known) ?? null;
}

export const DELIVERY_STATUSES = ["delivered", "moved", "move_failed", "quarantined", "rejected", "deferred", "bounced", "queued"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Times in ms since 1970. */
export type FoundMessage = {
  /** The vendor's own id, which contains colons. */
  readonly id: string;
  /** The Message-ID header, with its angle brackets; "" where there is none. */
  readonly messageId: string;
  /** When the vendor looked at it; 0 where it does not say. */
  readonly at: number;
  /** The From header's address and name. */
  readonly from: string;
  readonly fromName: string;
  readonly envelopeFrom: string;
  readonly to: readonly string[];
  /** The customer's own people among the recipients: whose mailboxes a move is about. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** MALICIOUS, MALICIOUS-BEC, SUSPICIOUS, SPOOF, SPAM, BULK, …; NONE for clean mail. */
  readonly disposition: string;
  /** DIRECT, JOURNAL, BCC, API, …; "" where it does not say. */
  readonly deliveryMode: string;
  readonly deliveryStatus: readonly string[];
  readonly alertId: string;
  readonly reasons: readonly string[];
  readonly isQuarantined: boolean;
  /** MOVE, PREVIEW, QUARANTINE_RELEASE, SUBMISSION: what was done with it after delivery. */
  readonly operations: readonly string[];
};

/** Whether the vendor's record says that somebody moved it, successfully or not. */
export const showsMove = ({ operations, deliveryStatus }: FoundMessage): boolean =>
  operations.includes("MOVE") || deliveryStatus.includes("moved") || deliveryStatus.includes("move_failed");

export type TraceLine = { readonly at: number | null; readonly say: string };
/** `isPending`: the vendor has not put them together yet. */
export type TraceLines = { readonly lines: readonly TraceLine[]; readonly isPending: boolean };
export type MessageTrace = { readonly inbound: TraceLines; readonly outbound: TraceLines };

export type Detections = {
  /** What the vendor did, in its words. */
  readonly action: string;
  readonly disposition: string;
  readonly findings: readonly { readonly name: string; readonly detail: string; readonly verdict: string }[];
  readonly threats: readonly string[];
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly verdict: string;
    readonly sha256: string;
  }[];
  readonly validation: { readonly spf: string; readonly dkim: string; readonly dmarc: string };
  readonly sender: { readonly ip: string; readonly network: string; readonly country: string };
};

/** One line of what people and programs did with a message after delivery. */
export type ActionEntry = {
  readonly operation: string;
  readonly at: number | null;
  readonly success: boolean | null;
  readonly status: string;
  readonly folder: string;
  /** A person's address, a token's name, or a feature of the vendor; "" where it does not say. */
  readonly requestedBy: string;
  readonly recipient: string;
};

/** Not a person and not us: a move in the log that a feature of the vendor made. Persons stand there by their address, "postmaster@…" too. */
export const isByVendor = ({ operation, requestedBy }: ActionEntry): boolean =>
  operation === "MOVE" && !requestedBy.includes("@") && /^(auto|post|phish|policy)/i.test(requestedBy.trim());
