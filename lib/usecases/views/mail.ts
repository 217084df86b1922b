/** What the pages of mail show: rows of a search, and where a search can be made without us. Times in ms since 1970. */
import type { SearchParams } from "@/lib/model/mail-search";
import type { TenantHead } from "../views";

/** Two places with one list: all mail that the vendor saw, and what it holds back. */
export const MAIL_PLACES = ["trace", "quarantine"] as const;
export type MailPlace = (typeof MAIL_PLACES)[number];

/** A message as a list shows it: bounded, since strangers wrote it. */
export type MailRow = {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly fromName: string;
  readonly envelopeFrom: string;
  /** The first few whose mailboxes it is about. */
  readonly to: readonly string[];
  readonly moreTo: number;
  readonly subject: string;
  readonly disposition: string;
  readonly deliveryStatus: readonly string[];
  readonly deliveryMode: string;
  readonly messageId: string;
  readonly alertId: string;
  readonly isQuarantined: boolean;
};

/** `next` null: there are no more. `at`: the moment at which the search was made; mail that came later is not in it. */
export type MailRows = { readonly rows: readonly MailRow[]; readonly next: string | null; readonly at: number };

export type MailPageView = {
  readonly head: TenantHead;
  /** "Cloudflare", "Area 1". */
  readonly vendor: string;
  /** A token is held with which we can look. */
  readonly isOpen: boolean;
  /** Where in the vendor's dashboard the same is searched, and what to enter there. */
  readonly byHand: { readonly place: string; readonly fields: readonly { readonly name: string; readonly value: string }[] };
  readonly params: SearchParams;
};
