/** What the vendor keeps of messages after delivery: moves asked for, other actions, late verdicts, bulk jobs, its own auto-retract setting. Plain JSON. */

export const destinations = ["Inbox", "JunkEmail", "DeletedItems", "RecoverableItemsDeletions", "RecoverableItemsPurges"] as const;
export type Destination = (typeof destinations)[number];

/** Rows of the auto-retract table; MALICIOUS counts for MALICIOUS-BEC too. */
export const retractable = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"] as const;
export type Retractable = (typeof retractable)[number];

/** Every request to move one message of one recipient, and what became of it. Times in milliseconds. */
export type Move = {
  /** The investigate id. */
  messageId: string;
  recipient: string;
  destination: Destination;
  at: number;
  by: "api" | "vendor" | "dashboard";
  /** The token's name, `auto-retract`, or the address of whoever did it in the dashboard. */
  requestedBy: string;
  success: boolean;
  status: string;
};

/** What else was done with a message. */
export type Action = {
  messageId: string;
  operation: "PREVIEW" | "QUARANTINE_RELEASE" | "SUBMISSION";
  at: number;
  requestedBy: string;
  recipient: string | null;
  success: boolean;
  status: string;
};

export type AutoRetract = {
  on: boolean;
  /** Null = no action. */
  table: Record<Retractable, Destination | null>;
  /** When it was switched on: what was detected before is not its business. Absent = not looked at yet. */
  since?: number;
};

/** One message of one recipient in a bulk job. */
export type JobRow = {
  messageId: string;
  recipient: string;
  status: "PENDING" | "COMPLETED" | "FAILED" | "SKIPPED" | "CANCELLED";
  at: number | null;
  text: string | null;
};

export type BulkJob = {
  id: string;
  action: "MOVE" | "RELEASE";
  destination: Destination | null;
  /** As they were sent. */
  search: Record<string, unknown>;
  comment: string | null;
  requestedBy: string;
  status: "PENDING" | "DISCOVERING" | "PROCESSING" | "COMPLETED" | "FAILED" | "CANCELLED";
  createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
  /** Empty until discovery is over. */
  rows: JobRow[];
};

export type AfterDelivery = {
  /** Oldest first; nothing is ever taken out. */
  moves: Move[];
  actions: Action[];
  /** Verdicts that changed after the first look, and when, by investigate id. */
  verdicts: Record<string, { disposition: string; at: number }>;
  jobs: BulkJob[];
  autoRetract: AutoRetract;
  /** False: the dashboard has no "Retract settings" until the vendor's support switches it on. */
  hasRetract: boolean;
};

export const nothingAfterDelivery = (): AfterDelivery => ({
  moves: [],
  actions: [],
  verdicts: {},
  jobs: [],
  autoRetract: { on: false, table: { MALICIOUS: null, SUSPICIOUS: null, SPOOF: null, SPAM: null, BULK: null } },
  hasRetract: true,
});
