/** An order to do something with messages at the vendor: drafted, agreed to, carried out piece by piece, each message and recipient with its own result. */
import type { Problem } from "@/lib/base/result";
import type { Folder } from "./destinations";
import type { Disposition, FoundMessage } from "./found-message";
import type { Actor } from "./scope";

/** `auto`: the standing order of a tenant, at most one, which never ends by itself. */
export type OrderKind = "retract" | "release" | "auto";
export const OPEN_STATES = ["queued", "running", "waiting"] as const;
/** `draft`: not agreed to. `stopped`: cannot go on by itself, and says why. */
export type OrderState = "draft" | (typeof OPEN_STATES)[number] | "stopped" | "done" | "cancelled";

/** What to do with each disposition, as folders: null is no action. */
export type Table = Readonly<Record<Disposition, Folder | null>>;

/** How far the standing order has looked. Times in ms since 1970, by the vendor's stamps. */
export type Reached = {
  /** When it was turned on: what was detected before is not its business. */
  readonly since: number;
  /** Everything up to here was seen. */
  readonly until: number;
  /** When the longer look back, for verdicts that came late, was last made. */
  readonly deepAt: number;
  /** The vendor's account whose mail this is about: what a token of another one opens, nobody agreed to. */
  readonly account: string;
  /** A look that is under way: its bounds, and the page to go on with. */
  readonly open: { readonly from: number; readonly until: number; readonly cursor: string | null; readonly isDeep: boolean } | null;
};

/** Times in ms since 1970. */
export type MailOrder = {
  readonly id: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  /** Where to, of a `retract`; null for the others. */
  readonly destination: Folder | null;
  /** Why, where one was asked for; "" else. */
  readonly reason: string;
  readonly by: Actor;
  readonly madeAt: number;
  readonly agreedBy: Actor | null;
  readonly agreedAt: number | null;
  readonly updatedAt: number;
  readonly finishedAt: number | null;
  readonly retryAt: number | null;
  readonly problem: Problem | null;
  readonly tries: number;
  readonly version: number;
  /** Of `auto` only. */
  readonly table: Table | null;
  readonly reached: Reached | null;
};

/**
 * `waiting`: to be done. `asked`: the vendor was asked and no answer is on record (intent). `done`: for every recipient. `failed`: for at
 * least one, tried again at `retryAt` while that is set. `left`: deliberately not touched, with the reason.
 */
export type ItemState = "waiting" | "asked" | "done" | "failed" | "left";

/** What became of one message in one mailbox. */
export type Outcome = { readonly recipient: string; readonly success: boolean; readonly status: string };

/** What is kept of a message to be recognised by a person: bounded, as text. */
export type About = Pick<FoundMessage, "messageId" | "from" | "subject" | "recipients" | "disposition">;

export type MailItem = {
  /** The vendor's id of the message. */
  readonly message: string;
  readonly state: ItemState;
  readonly destination: Folder | null;
  /** When the vendor looked at it. */
  readonly at: number;
  readonly about: About;
  readonly outcomes: readonly Outcome[];
  readonly askedAt: number | null;
  readonly retryAt: number | null;
  readonly tries: number;
  /** Why it was left, or failed as a whole; null else. */
  readonly reason: string | null;
};

export type ItemCounts = Readonly<Record<ItemState, number>>;
export const NO_ITEMS: ItemCounts = { waiting: 0, asked: 0, done: 0, failed: 0, left: 0 };

const MOST_TEXT = 300;
const MOST_PEOPLE = 50;

export const aboutOf = ({ messageId, from, subject, recipients, disposition }: FoundMessage): About => ({
  messageId: messageId.slice(0, 1_000),
  from: from.slice(0, MOST_TEXT),
  subject: subject.slice(0, MOST_TEXT),
  recipients: recipients.slice(0, MOST_PEOPLE),
  disposition,
});

/** Moves are tried again every five minutes, as the vendor's own are (its documentation, metrics of retraction), for two hours. */
export const RETRY_MS = 5 * 60_000;
export const MOST_TRIES = 24;
