/** The vendor's own auto-retract: detections since it was switched on are moved as its table says, and tried again every five minutes. */
import type { CloudflareAccount, Tenant } from "../tenant";
import { atMost } from "../turn";
import type { World } from "../world";
import { entriesBetween, entryWith } from "./entries";
import type { Entry } from "./entry";
import { inTurn } from "./in-turn";
import { move } from "./moves";
import { heldFrom, movesOf, verdictOf } from "./standing";
import { type AutoRetract, type Destination, retractable } from "./state";

/** "Moves retried every 5 min" (facts: product 9); when it gives up is not on record. */
export const RETRY_MS = 5 * 60_000;
const mostTries = 24;
const by = { by: "vendor", requestedBy: "auto-retract" } as const;

/** What is detected before a setting is switched on is left where it is. */
export function setAutoRetract(account: CloudflareAccount, wanted: Partial<Pick<AutoRetract, "on" | "table">>, now: number): void {
  const { on = account.autoRetract.on, table = account.autoRetract.table } = wanted;
  const since = account.autoRetract.on ? (account.autoRetract.since ?? now) : now;
  account.autoRetract = on ? { on, table, since } : { on, table };
}

function destinationOf({ cloudflare }: Tenant, entry: Entry): Destination | null {
  const verdict = verdictOf(cloudflare, entry).replace("MALICIOUS-BEC", "MALICIOUS");
  const row = retractable.find((one) => one === verdict);
  return row === undefined ? null : cloudflare.autoRetract.table[row];
}

function candidates(tenant: Tenant, since: number): Entry[] {
  const late = Object.entries(tenant.cloudflare.verdicts).flatMap(([id, { at }]) => (at >= since ? (entryWith(tenant, id) ?? []) : []));
  return [...new Set([...entriesBetween(tenant, since, Number.POSITIVE_INFINITY), ...late])];
}

/** A message that was moved already, by whomever, stays where it is; a list's address is nobody's mailbox. */
function isDue(tenant: Tenant, entry: Entry, recipient: string, now: number): boolean {
  const moves = movesOf(tenant.cloudflare, entry).filter((one) => one.recipient === recipient);
  const own = moves.filter((one) => one.by === "vendor");
  const last = own.at(-1);
  if (moves.some(({ success }) => success) || own.length >= mostTries || heldFrom(tenant, entry).includes(recipient)) return false;
  return !last || (last.status !== "group_address" && now >= last.at + RETRY_MS);
}

const mostUnderWay = 32;

async function retract(world: World, tenant: Tenant, since: number): Promise<void> {
  const now = world.clock.now();
  const one = atMost(mostUnderWay);
  const due = candidates(tenant, since).flatMap((entry) => {
    const destination = destinationOf(tenant, entry);
    const recipients = destination === null ? [] : entry.recipients.filter((recipient) => isDue(tenant, entry, recipient, now));
    return destination === null ? [] : recipients.map((recipient) => ({ entry, recipient, destination }));
  });
  await Promise.all(due.map((wanted) => one(() => move(world, tenant, wanted, by))));
}

const turn = inTurn<Tenant>();

/** What the vendor's own setting has to move now. */
export function retractDue(world: World, tenant: Tenant): Promise<void> {
  const { cloudflare: account } = tenant;
  if (!account.autoRetract.on) {
    delete account.autoRetract.since;
    return Promise.resolve();
  }
  account.autoRetract.since ??= world.clock.now();
  const { since } = account.autoRetract;
  return turn(tenant, () => retract(world, tenant, since));
}
