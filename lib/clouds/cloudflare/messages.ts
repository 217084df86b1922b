/** The vendor's record of a customer's mail: searched, looked at, and acted on. */
import { createGate, type Gate } from "@/lib/base/gate";
import type { Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { Folder } from "@/lib/model/destinations";
import type { ActionEntry, Detections, FoundMessage, MessageTrace } from "@/lib/model/found-message";
import type { MailSearch } from "@/lib/model/mail-search";
import { accountFor } from "./account";
import type { ClientDeps } from "./client";
import { readPicture, readRaw } from "./messages-content";
import { readActions, readDetections, readOne, readTrace } from "./messages-details";
import { type Found, type Page, searchMessages } from "./messages-search";
import { createSeen } from "./messages-seen";
import { moveMessages, type Outcomes, releaseMessages } from "./messages-writes";

type Of<T> = (access: CloudflareAccess, id: string) => Promise<Result<T>>;

/** What each means stands where it is asked for: usecases/deps. */
export type Messages = {
  readonly search: (access: CloudflareAccess, search: MailSearch, page: Page) => Promise<Result<Found>>;
  readonly one: Of<FoundMessage>;
  readonly detections: Of<Detections>;
  readonly trace: Of<MessageTrace>;
  readonly actions: Of<readonly ActionEntry[]>;
  readonly picture: Of<Uint8Array>;
  readonly raw: Of<Uint8Array>;
  readonly move: (access: CloudflareAccess, ids: readonly string[], destination: Folder) => Promise<Outcomes>;
  readonly release: (access: CloudflareAccess, ids: readonly string[]) => Promise<Outcomes>;
};

/** A thousand messages in one answer, each with all that its sender wrote into it. */
const LONG_LIST = { timeoutMs: 30_000, budgetMs: 40_000, maxBytes: 60_000_000 };
/** A message with forty megabytes attached, as text in JSON, and room above. */
const WHOLE_MESSAGE = { timeoutMs: 120_000, budgetMs: 120_000, maxBytes: 100_000_000 };
/** A thousand messages, each for several people, at the pace at which Microsoft lets the vendor move them. */
const MANY_MOVES = { timeoutMs: 180_000 };
/** Each is held in memory several times over while it is read. */
const MESSAGES_AT_ONCE = 2;

/** `deps` with the blocks of everybody who asks for the same customers: who is shut out, is so for all questions. */
export function createMessages(deps: ClientDeps): Messages {
  const seen = createSeen();
  const gate = createGate(MESSAGES_AT_ONCE);
  const own = new Map<string, Gate>();
  /** One for each customer, so that nobody's downloads hold up everybody else's. */
  const inTurn = <T>(accountId: string, work: () => Promise<T>): Promise<T> => {
    const first = own.get(accountId) ?? createGate(1);
    own.set(accountId, first);
    return first(() => gate(work));
  };
  const of =
    <T>(read: (account: ReturnType<typeof accountFor>, id: string) => Promise<Result<T>>): Of<T> =>
    (access, id) =>
      read(accountFor(deps, access), id);
  return {
    search: async (access, search, page) => {
      const found = await searchMessages(accountFor({ ...deps, reads: LONG_LIST }, access), search, page);
      if (found.ok) seen.note(access.accountId, found.value.rows);
      return found;
    },
    one: async (access, id) => {
      const found = await readOne(accountFor(deps, access), id);
      if (found.ok) seen.note(access.accountId, [found.value]);
      return found;
    },
    detections: of(readDetections),
    trace: of(readTrace),
    actions: of(readActions),
    picture: of(readPicture),
    raw: (access, id) => inTurn(access.accountId, () => readRaw(accountFor({ ...deps, reads: WHOLE_MESSAGE }, access), id)),
    move: (access, ids, destination) => moveMessages(accountFor({ ...deps, writes: MANY_MOVES }, access), seen, ids, destination),
    release: (access, ids) => releaseMessages(accountFor({ ...deps, writes: MANY_MOVES }, access), seen, ids),
  };
}
