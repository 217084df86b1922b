/** Moves of messages after delivery: each asked for and recorded for every recipient, whatever came of it. */
import { moveMessage } from "../retraction/move";
import type { Tenant } from "../tenant";
import { atMost } from "../turn";
import type { World } from "../world";
import type { Context } from "./context";
import { finder } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { heldFrom, movesOf } from "./standing";
import { type Destination, destinations, type Move } from "./state";

export type MoveBy = Pick<Move, "by" | "requestedBy">;
type Wanted = { entry: Entry; recipient: string; destination: Destination };

/** A bulk action takes no more (dashboard and API). */
export const mostIds = 1_000;

const recoverable: readonly Destination[] = ["RecoverableItemsDeletions", "RecoverableItemsPurges"];

/** The vendor put it there itself, where nobody moves it on by accident: done already. Other folders have to be looked into. */
function liesThere({ cloudflare }: Tenant, { entry, recipient, destination }: Wanted): boolean {
  const last = movesOf(cloudflare, entry).findLast((move) => move.recipient === recipient && move.success);
  return recoverable.includes(destination) && last?.destination === destination;
}

async function carriedOut(world: World, tenant: Tenant, wanted: Wanted): Promise<{ success: boolean; status: string }> {
  const { entry, recipient, destination } = wanted;
  if (liesThere(tenant, wanted)) return { success: true, status: "success" };
  // What the vendor holds lies in nobody's mailbox.
  if (heldFrom(tenant, entry).includes(recipient)) return { success: false, status: "not_found" };
  return moveMessage(world, tenant, { messageId: entry.messageId, recipient, destination });
}

/** One message of one recipient. */
export async function move(world: World, tenant: Tenant, wanted: Wanted, by: MoveBy): Promise<Move> {
  const { entry, recipient, destination } = wanted;
  const { success, status } = await carriedOut(world, tenant, wanted);
  const record: Move = { messageId: entry.id, recipient, destination, at: world.clock.now(), ...by, success, status };
  tenant.cloudflare.moves.push(record);
  world.save();
  return record;
}

const shown = ({ messageId, recipient, destination, at, success, status }: Move) => ({
  success,
  completed_at: new Date(at).toISOString(),
  destination,
  // Whether this is the vendor's id or the Message-ID header is not on record; a bulk job's `message_id` stands beside an `email_message_id`.
  message_id: messageId,
  operation: "MOVE",
  recipient,
  status,
});

const unknown = (messageId: string, destination: Destination) => ({
  ...{ success: false, completed_at: null, destination, message_id: messageId, operation: "MOVE", recipient: null, status: "not_found" },
});

/** So many are under way at once; what a mailbox bears is the mover's business. */
const mostUnderWay = 32;

function mover({ world, tenant, token, lies }: Context, destination: Destination) {
  const turn = atMost(mostUnderWay);
  const by = { by: "api" as const, requestedBy: token.name };
  const one = async (entry: Entry, recipient: string) => {
    const lie = { messageId: entry.id, recipient, destination, at: world.clock.now(), success: true, status: "success" };
    return shown(lies ? { ...lie, ...by } : await turn(() => move(world, tenant, { entry, recipient, destination }, by)));
  };
  return (entry: Entry) => Promise.all(entry.recipients.map((recipient) => one(entry, recipient)));
}

const destinationIn = ({ body }: Context): Destination | undefined => destinations.find((one) => one === body["destination"]);

export async function moveOne(context: Context): Promise<Answer | Refusal> {
  const entry = finder(context.tenant)(context.params["investigate_id"] ?? "");
  const destination = destinationIn(context);
  return entry && destination ? { status: 200, result: await mover(context, destination)(entry) } : refusals.noMessage();
}

export async function moveMany(context: Context): Promise<Answer | Refusal> {
  const ids = [context.body["ids"] ?? []].flat().map(String);
  const destination = destinationIn(context);
  if (ids.length > mostIds || !destination) return refusals.invalid([{ pointer: "/ids", message: `must have at most ${mostIds} items` }]);
  const find = finder(context.tenant);
  const moved = mover(context, destination);
  const results = await Promise.all(
    ids.map((id) => {
      const entry = find(id);
      return entry ? moved(entry) : [unknown(id, destination)];
    }),
  );
  return { status: 200, result: results.flat() };
}
