/** Why a move failed in one mailbox, in words and with a remedy. The vendor's `status` texts were never captured: we go by what they contain. */

export type MoveReason = "gone" | "group" | "unauthorized" | "throttled" | "other";

const SIGNS: readonly (readonly [MoveReason, RegExp])[] = [
  ["group", /group|distribution|list/i],
  ["unauthorized", /authori|consent|permission|denied|forbidden|403|401|expired/i],
  ["throttled", /throttl|too many|rate|429/i],
  ["gone", /not.?found|moved|deleted|no such|404|missing/i],
];

export const reasonOf = (status: string): MoveReason => SIGNS.find(([, sign]) => sign.test(status))?.[0] ?? "other";

/** Trying again helps where time does: a limit passes, a grant comes back, a mailbox answers again. */
export const isWorthATry = (status: string): boolean => reasonOf(status) !== "group";

export const MOVE_REASONS: Readonly<Record<MoveReason, { readonly say: string; readonly remedy: string }>> = {
  gone: {
    say: "It is not where it was delivered: the person moved or deleted it, or a rule did.",
    remedy: "Ask the person, or search the mailbox with Content search in Microsoft Purview.",
  },
  group: {
    say: "It was sent to the address of a group, and the vendor has no copy in a person's name.",
    remedy: "Find the members' copies in mail trace by the Message-ID, or remove them with Content search in Microsoft Purview.",
  },
  unauthorized: {
    say: "The vendor's application may not move mail: its consent is missing, was revoked or has expired.",
    remedy: "Open the step that authorises retraction, then try again.",
  },
  throttled: {
    say: "Microsoft asked the vendor to slow down: at most 10,000 requests in ten minutes and four at once for a mailbox.",
    remedy: "Wait; it is tried again every five minutes.",
  },
  other: {
    say: "The vendor could not move it and gave no reason that we know.",
    remedy: "Try again; if it stays, send the details to the vendor's support.",
  },
};
