/** The end-to-end proof as data: two test messages, what the mail servers said of each, and what became of them. Times in ms since 1970. */
import type { Problem } from "@/lib/base/result";
import type { Actor } from "./scope";

/** `mx`: the way that everybody's mail takes. `direct`: straight at the tenant's own host, past the vendor. */
export const LEGS = ["mx", "direct"] as const;
export type LegName = (typeof LEGS)[number];

/** How far a conversation went: "end" is the answer to the whole message. */
export type Stage = "connect" | "tls" | "mail" | "rcpt" | "data" | "end";
export type Said = {
  readonly host: string;
  readonly address: string | null;
  readonly stage: Stage;
  readonly code: number | null;
  /** What the server said there, or why it said nothing. */
  readonly text: string;
  readonly isEncrypted: boolean;
};

export type Sending =
  /** Nobody has begun, or every host asked to come back later and took nothing. */
  | { readonly state: "waiting"; readonly said: Said | null }
  /** The intent: whoever finds it without an outcome cannot know whether it was sent. */
  | { readonly state: "sending"; readonly at: number }
  | { readonly state: "accepted"; readonly at: number; readonly said: Said }
  | { readonly state: "refused"; readonly at: number; readonly said: Said }
  /** Certainly not sent, and why. */
  | { readonly state: "not-sent"; readonly at: number; readonly problem: Problem }
  | { readonly state: "unsure"; readonly at: number; readonly said: Said | null };

/** Of message trace: what Microsoft did with it, for this recipient. */
export type Trace = {
  readonly at: number;
  readonly status: string;
  readonly fromIp: string;
  readonly recipient: string;
  /** null where the detail does not say. */
  readonly folder: string | null;
  readonly connector: string | null;
  /** "550 5.7.51 …" where it was refused after all. */
  readonly refusal: string | null;
  /** Names of mail flow rules that took hold of it. */
  readonly rules: readonly string[];
};

export type Leg = {
  readonly name: LegName;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly subject: string;
  readonly sending: Sending;
  readonly trace: Trace | null;
  /** Why the last look into message trace told nothing. */
  readonly traceProblem: Problem | null;
  readonly lookedAt: number | null;
};
export type Legs = Readonly<Record<LegName, Leg>>;

/** How things stood when the messages were sent: what came of them is judged by that, whatever is changed afterwards. null: not known. */
export type Circumstances = {
  readonly at: number;
  /** Of the domain's MX records, by preference. */
  readonly mxHosts: readonly string[] | null;
  readonly isAtVendor: boolean | null;
  /** The host that Microsoft names for the domain. */
  readonly ownHost: string | null;
  /** "settling": turned on less than an hour ago. */
  readonly lock: "on" | "settling" | "off" | null;
  /** Connectors that are made for the vendor's mail, and whether enhanced filtering is on for all on each. */
  readonly connectors: readonly { readonly name: string; readonly isFiltering: boolean }[] | null;
};

export type Proof = {
  readonly id: string;
  readonly isOpen: boolean;
  readonly by: Actor;
  readonly madeAt: number;
  readonly address: string;
  readonly from: string;
  readonly circumstances: Circumstances | null;
  readonly legs: Legs;
  readonly pasted: { readonly at: number; readonly by: string; readonly text: string } | null;
  readonly dueAt: number | null;
  readonly tries: number;
};

export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase();
const hasBegun = ({ sending }: Leg): boolean => sending.state !== "waiting";
export const isSent = (legs: Legs): boolean => LEGS.every((name) => hasBegun(legs[name]) && legs[name].sending.state !== "sending");

/** Microsoft may have it: only then is there something to look for. */
export const mayBeThere = ({ sending }: Leg): boolean => sending.state === "accepted" || sending.state === "unsure";
/** A status after which nothing comes any more. */
const LAST = ["delivered", "failed", "quarantined", "filteredasspam", "expanded", "resolved"];
export const isTraced = ({ trace }: Leg): boolean => trace !== null && LAST.includes(trace.status.toLowerCase());

export const isJunk = ({ trace }: Leg): boolean => /junk/i.test(trace?.folder ?? "");

/** Message trace lags by minutes; later looks are rarer. */
const LOOKS_MS = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000];
export const nextLookMs = (tries: number): number => LOOKS_MS[Math.min(tries, LOOKS_MS.length - 1)] ?? 600_000;
/** What Microsoft has not shown by then came to nobody. */
export const WATCHED_MS = 2 * 3_600_000;
