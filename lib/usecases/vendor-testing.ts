/** For tests: the vendor's record of mail, in memory. It moves what it is asked to, keeps a log, and may be late, wrong about the time, or cut off. Not used by the product. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Folder } from "@/lib/model/destinations";
import type { ActionEntry, FoundMessage } from "@/lib/model/found-message";
import type { Outcome } from "@/lib/model/mail-order";
import type { MailSearch } from "@/lib/model/mail-search";
import type { Messages } from "./deps";

export type Moved = { readonly id: string; readonly recipient: string; readonly to: Folder | "released"; readonly at: number };
type Held = { readonly message: FoundMessage; readonly log: ActionEntry[] };

const sample: Omit<FoundMessage, "id" | "at"> = {
  ...{ messageId: "<1@sender.example>", from: "a@sender.example", fromName: "A", envelopeFrom: "a@sender.example" },
  ...{ to: ["b@contoso.com"], recipients: ["b@contoso.com"], subject: "Hello", disposition: "SPAM", deliveryMode: "JOURNAL" },
  ...{ deliveryStatus: ["delivered"], alertId: "", reasons: [], isQuarantined: false, operations: [] },
};

export const LOST: Problem = { code: "unsure", say: "The connection was lost." };
const none = () => no("gone", "Not in this vendor.");

/** `now`: our clock. */
export function createVendor(now: () => number) {
  const held = new Map<string, Held>();
  const moved: Moved[] = [];
  const traits = {
    /** How far the vendor's clock is ahead of ours. */
    skewMs: 0,
    /** How long a move stays out of its search. */
    indexMs: 0,
    pageSize: 1_000,
    /** Every page ends with the row that the next begins with. */
    isOverlapping: false,
    /** No place of a list is known any more when it is asked for. */
    losesPlaces: false,
    /** What becomes of a move for this recipient; null: success. */
    fails: (_recipient: string): string | null => null,
    /** Instead of an answer; `isDone`: after it was carried out. */
    refuses: null as { readonly problem: Problem; readonly isDone: boolean } | null, // null alone would be the type of what it may hold
    searches: 0,
  };
  const stamp = () => now() + traits.skewMs;
  const isShown = ({ at }: ActionEntry) => at === null || at <= stamp() - traits.indexMs;

  const shown = ({ message, log }: Held): FoundMessage => {
    const seen = log.filter(isShown);
    const status = seen.some(({ success }) => success === false) ? "move_failed" : "moved";
    const moves = seen.some(({ operation }) => operation === "MOVE");
    return {
      ...message,
      operations: [...new Set(seen.map(({ operation }) => operation))],
      deliveryStatus: moves ? [...message.deliveryStatus, status] : message.deliveryStatus,
      isQuarantined: message.isQuarantined && !log.some(({ operation }) => operation === "QUARANTINE_RELEASE"),
    };
  };

  const matches = ({ from, until, detectionsOnly }: MailSearch, row: FoundMessage) =>
    row.at >= from && row.at <= until && (!detectionsOnly || row.disposition !== "NONE");

  const search: Messages["search"] = async (_access, asked, { cursor, most, isMoved }) => {
    traits.searches += 1;
    if (traits.losesPlaces && cursor !== null) return no("rejected", "That is no place of this list.");
    const all = [...held.values()].map(shown).filter((row) => matches(asked, row) && (!isMoved || row.operations.includes("MOVE")));
    const sorted = all.toSorted((a, b) => b.at - a.at);
    const size = Math.min(most, traits.pageSize);
    const begin = cursor === null ? 0 : Number(cursor);
    const end = begin + size;
    return ok({ rows: sorted.slice(begin, end), next: end < sorted.length ? String(traits.isOverlapping ? end - 1 : end) : null });
  };

  const acted = (ids: readonly string[], to: Moved["to"]): ReadonlyMap<string, readonly Outcome[]> =>
    new Map(
      ids.map((id) => {
        const one = held.get(id);
        const outcomes = (one?.message.recipients ?? []).map((recipient): Outcome => {
          const status = traits.fails(recipient);
          const [success, at] = [status === null, stamp()];
          const operation = to === "released" ? "QUARANTINE_RELEASE" : "MOVE";
          one?.log.push({
            operation,
            at,
            success,
            status: status ?? "success",
            folder: to === "released" ? "" : to,
            requestedBy: "token",
            recipient,
          });
          if (success) moved.push({ id, recipient, to, at });
          return { recipient, success, status: status ?? "success" };
        });
        return [id, outcomes] as const;
      }),
    );

  async function write(ids: readonly string[], to: Moved["to"]): Promise<Result<ReadonlyMap<string, readonly Outcome[]>>> {
    const { refuses } = traits;
    if (refuses && !refuses.isDone) return { ok: false, problem: refuses.problem };
    const outcomes = acted(ids, to);
    return refuses ? { ok: false, problem: refuses.problem } : ok(outcomes);
  }

  const messages: Messages = {
    search,
    one: async (_access, id) => {
      const one = held.get(id);
      return one ? ok(shown(one)) : none();
    },
    actions: async (_access, id) => ok(held.get(id)?.log ?? []),
    move: async (_access, ids, destination) => write(ids, destination),
    release: async (_access, ids) => write(ids, "released"),
    ...{ detections: async () => none(), trace: async () => none(), picture: async () => none(), raw: async () => none() },
  };

  return {
    messages,
    moved,
    traits,
    /** Mail that the vendor looks at now. */
    arrives: (id: string, more: Partial<FoundMessage> = {}) => {
      held.set(id, { message: { ...sample, id, at: stamp(), ...more }, log: [] });
    },
    /** The verdict on a message changes. */
    judges: (id: string, disposition: string) => {
      const one = held.get(id);
      if (one) held.set(id, { ...one, message: { ...one.message, disposition } });
    },
    /** A feature of the vendor, or somebody in its dashboard, moves a message. */
    movesItself: (id: string, requestedBy = "auto-retract") => {
      const one = held.get(id);
      one?.log.push({
        ...{
          operation: "MOVE",
          at: stamp(),
          success: true,
          status: "success",
          folder: "JunkEmail",
          requestedBy,
          recipient: "b@contoso.com",
        },
      });
    },
    /** How often each message was moved into each mailbox's folder. */
    timesMoved: (id: string) => moved.filter((move) => move.id === id).length,
  };
}
export type Vendor = ReturnType<typeof createVendor>;
