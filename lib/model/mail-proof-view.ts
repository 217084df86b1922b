/** What the page of the end-to-end proof shows: plain data, made by the use case. Times in ms since 1970. */
import type { Problem } from "@/lib/base/result";
import type { Check } from "./check";
import type { LegName } from "./mail-proof";
import type { MailPath } from "./mail-proof-path";

type Table = { readonly title: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

export type PastedView = {
  readonly at: number;
  readonly by: string;
  /** Of which test message; null for another one, which proves nothing. */
  readonly leg: LegName | null;
  readonly subject: string;
  readonly isCut: boolean;
  readonly tables: readonly Table[];
  readonly checks: readonly Check[];
};

export type ProofView = {
  readonly id: string;
  readonly madeAt: number;
  readonly by: string;
  readonly address: string;
  readonly isOpen: boolean;
  readonly isSending: boolean;
  readonly paths: readonly MailPath[];
  readonly checks: readonly Check[];
  /** What an administrator runs to look for both. */
  readonly command: string;
  readonly pasted: PastedView | null;
};

export type MailProofView = {
  readonly domains: readonly string[];
  /** Why nothing can be sent from here. */
  readonly barred: Problem | null;
  /** What was typed as the mailbox, and why it will not do. */
  readonly typed: string;
  readonly why: string | null;
  /** What would be sent; null until a mailbox is named. */
  readonly plan: {
    readonly address: string;
    readonly from: string;
    readonly messages: readonly { readonly subject: string; readonly hosts: readonly string[]; readonly expect: string }[];
  } | null;
  readonly proof: ProofView | null;
};
