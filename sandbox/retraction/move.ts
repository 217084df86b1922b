/** The vendor moves one message in one mailbox: with its own application's token, through the Graph stand-in, so that what fails there fails here. */
import type { Destination } from "../cloudflare/state";
import { ownerOf } from "../graph/mailbox";
import { mostAtOnce } from "../graph/throttle";
import { copyName } from "../mail/copies";
import type { Tenant } from "../tenant";
import { atMost } from "../turn";
import type { World } from "../world";
import { type Asking, call, isGroup, mailbox, search } from "./graph-client";
import type { Incoming } from "./internal";
import { movable } from "./movable";
import { vendorTokenFor } from "./token";

export type { Destination } from "../cloudflare/state";

export type MoveOrder = {
  /** The Message-ID header, with its angle brackets. */
  messageId: string;
  recipient: string;
  destination: Destination;
};

/** What the real service writes here was never captured: these words are guessed. */
export type MoveStatus = "success" | "not_found" | "group_address" | "unauthorized" | "throttled" | "error";

export type MoveResult = { success: boolean; status: MoveStatus };

/** Purges has no name at Graph: what goes there is deleted permanently (graph facts, section 6). */
const folderNames: Partial<Record<Destination, string>> = {
  Inbox: "inbox",
  JunkEmail: "junkemail",
  DeletedItems: "deleteditems",
  RecoverableItemsDeletions: "recoverableitemsdeletions",
};

type Turn = ReturnType<typeof atMost>;
const turns = new WeakMap<World, Map<string, Turn>>();

/** The vendor keeps to what Microsoft allows at once for a mailbox. */
function turnAt(world: World, name: string): Turn {
  const known = turns.get(world) ?? new Map<string, Turn>();
  turns.set(world, known);
  const turn = known.get(name) ?? atMost(mostAtOnce);
  known.set(name, turn);
  return turn;
}

/** May be called for as many at once as one likes. */
export async function moveMessage(world: World, tenant: Tenant, order: MoveOrder): Promise<MoveResult> {
  const whose = ownerOf(tenant, order.recipient)?.id ?? order.recipient.toLowerCase();
  const turn = turnAt(world, `${tenant.id} ${whose}`);
  const status = await turn(async () => {
    const token = await vendorTokenFor(world, tenant);
    return token === null ? "unauthorized" : carryOut({ world, tenant, token }, order);
  });
  return { success: status === "success", status };
}

async function carryOut(asking: Asking, order: MoveOrder): Promise<MoveStatus> {
  const { messageId, recipient } = order;
  const found = await search(asking, recipient, messageId);
  if (!Array.isArray(found)) return found.status === 404 && (await isGroup(asking, recipient)) ? "group_address" : statusOf(found);
  const before = vendorMoved(asking, order);
  const ids = await movable(asking, recipient, found, before);
  if (!Array.isArray(ids)) return statusOf(ids);
  for (const id of ids) {
    const answer = await moveOne(asking, order, id);
    if (answer.status < 200 || answer.status >= 300) return statusOf(answer);
    remember(asking, order, id);
  }
  return ids.length > 0 ? "success" : "not_found";
}

function moveOne(asking: Asking, { recipient, destination }: MoveOrder, id: string): Promise<Incoming> {
  const path = `${mailbox(recipient)}/messages/${encodeURIComponent(id)}`;
  const destinationId = folderNames[destination];
  return destinationId === undefined
    ? call(asking, "POST", `${path}/permanentDelete`)
    : call(asking, "POST", `${path}/move`, { destinationId });
}

function nameOf({ tenant }: Asking, { messageId, recipient }: MoveOrder): string | null {
  const user = ownerOf(tenant, recipient);
  return user ? copyName(messageId, user) : null;
}

function vendorMoved(asking: Asking, order: MoveOrder) {
  const name = nameOf(asking, order);
  return name === null ? undefined : asking.tenant.mail.vendorMoved[name];
}

function remember(asking: Asking, order: MoveOrder, id: string): void {
  const name = nameOf(asking, order);
  if (name === null) return;
  const folder = folderNames[order.destination];
  const { vendorMoved } = asking.tenant.mail;
  if (folder === undefined || folder === "inbox") delete vendorMoved[name];
  else vendorMoved[name] = { id, folder };
  asking.world.save();
}

function statusOf({ status }: Incoming): MoveStatus {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 404) return "not_found";
  return status === 429 ? "throttled" : "error";
}
