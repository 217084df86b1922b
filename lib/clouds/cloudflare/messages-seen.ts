/**
 * Which message an answer speaks of. Moves name each by a `message_id` of which is not on record whether it is the id that was sent, its
 * first part (the postfix id) or the Message-ID of the mail: so what searches showed is remembered for a while.
 */
import type { FoundMessage } from "@/lib/model/found-message";
import { bareId } from "./messages-reading";

type Known = Pick<FoundMessage, "messageId" | "recipients">;
export type Seen = {
  readonly note: (accountId: string, messages: readonly FoundMessage[]) => void;
  readonly of: (accountId: string, id: string) => Known | null;
};

/** Twenty bulk moves. */
const MOST = 20_000;

export function createSeen(most = MOST): Seen {
  const held = new Map<string, Known>();
  const keyOf = (accountId: string, id: string) => `${accountId} ${id}`;
  return {
    note: (accountId, messages) => {
      for (const { id, messageId, recipients } of messages) {
        const key = keyOf(accountId, id);
        held.delete(key);
        held.set(key, { messageId, recipients });
      }
      for (const oldest of held.keys()) {
        if (held.size <= most) break;
        held.delete(oldest);
      }
    },
    of: (accountId, id) => held.get(keyOf(accountId, id)) ?? null,
  };
}

const postfixOf = (id: string): string => /^(.+?)-\d{4}-\d\d-\d\dT/.exec(id)?.[1] ?? id;

/** One mail is several messages where it came to several people one by one: then the recipient tells them apart. */
export type Matcher = (named: string, recipient: string) => readonly string[];

export function matcherOf(seen: Seen, accountId: string, ids: readonly string[]): Matcher {
  const all = ids.map((id) => ({ id, known: seen.of(accountId, id) }));
  const spelled = new Map<string, (typeof all)[number][]>();
  const also = (name: string, one: (typeof all)[number]) => spelled.set(name, [...(spelled.get(name) ?? []), one]);
  for (const one of all) {
    also(one.id.toLowerCase(), one);
    if (postfixOf(one.id) !== one.id) also(postfixOf(one.id).toLowerCase(), one);
    if (one.known && one.known.messageId !== "") also(bareId(one.known.messageId), one);
  }
  return (named, recipient) => {
    const meant = spelled.get(bareId(named)) ?? (all.length === 1 ? all : []);
    const to = recipient.toLowerCase();
    const theirs = meant.filter(({ known }) => known?.recipients.some((one) => one.toLowerCase() === to));
    return (theirs.length > 0 ? theirs : meant).map(({ id }) => id);
  };
}
