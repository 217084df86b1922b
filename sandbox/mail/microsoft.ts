/** Microsoft's front door for mail from outside: whose it is, whether it may come in, and then everything that is done to it. */
import { randomUUID } from "node:crypto";
import { journalDelivered } from "../journal/queue";
import type { Tenant, User } from "../tenant";
import { type World, workingExchange } from "../world";
import { type Arriving, messageFrom } from "./arriving";
import { connectorFor, refusalByTenant } from "./connectors";
import { deliver } from "./deliver";
import type { Message, Place, Reply, Session, TraceEvent } from "./message";
import { type Destination, destinationOf } from "./recipients";
import { hopCountExceeded, mxOf, relaysInCircle, stolenBy } from "./routes";
import { remember } from "./store";
import { failEvent, receiveEvent } from "./trace-events";

const unknownRecipient: Reply = { code: 550, text: "5.4.1 Recipient address rejected: Access denied. AS(201806281)" };
const wrongRegion: Reply = {
  code: 451,
  text: "4.4.62 Mail sent to the wrong Office 365 region. ATTR35. For more information please go to https://go.microsoft.com/fwlink/?linkid=865268",
};

/** At RCPT TO: null = go on, else the refusal. */
export function microsoftRcpt(world: World, session: Session, rcpt: string): Reply | null {
  const destination = destinationOf(world, rcpt);
  if (!destination) return unknownRecipient;
  const { tenant, domain, users } = destination;
  if (!isOwnRegion(world, session.serverHost, tenant)) return wrongRegion;
  const refusal = refusalByTenant(tenant, workingExchange(world, tenant), session);
  if (refusal) {
    // That such refusals show in message trace is told, not measured (facts: stories 1 and 36).
    remember(world, tenant, "messages", refused(world, session, rcpt, refusal));
    return refusal;
  }
  return users.length > 0 || domain.domainType === "InternalRelay" ? null : unknownRecipient;
}

/** Hosts of one region take each other's mail; a legacy host or one of another country's tenants does not. */
function isOwnRegion(world: World, serverHost: string, tenant: Tenant): boolean {
  const host = serverHost.toLowerCase();
  const owner = [...world.tenants.values()].find((one) => one.domains.some((domain) => domain.mxHost === host));
  if (owner) return owner.country === tenant.country;
  return !/\.(mail\.eo\.outlook\.com|mx\.microsoft)$/.test(host);
}

export function microsoftData(world: World, session: Session, rcpts: string[], raw: Buffer): Reply {
  const traceId = randomUUID();
  const tenants = new Set<Tenant>();
  for (const rcpt of rcpts) {
    const destination = destinationOf(world, rcpt);
    if (!destination) continue;
    take(world, session, { destination, rcpt, raw: raw.toString("latin1"), traceId });
    tenants.add(destination.tenant);
  }
  for (const tenant of tenants) journalDelivered(world, tenant, traceId, rcpts);
  return { code: 250, text: `2.6.0 <${traceId}@prod.outlook.com> [InternalId=1] Queued mail for delivery` };
}

type Taken = Arriving & { destination: Destination };

function take(world: World, session: Session, { destination, rcpt, raw, traceId }: Taken): void {
  const { tenant, domain, users } = destination;
  const state = workingExchange(world, tenant);
  const blank = messageFrom(world, session, { rcpt, raw, traceId });
  const received = receiveEvent(blank, connectorFor(state, session)?.Name ?? null);
  const keep = (place: Place, events: TraceEvent[]) => remember(world, tenant, "messages", { ...blank, place, events });
  const goesRound = stolenBy(world, tenant, session) !== undefined || (users.length === 0 && relaysInCircle(world, domain.id));
  if (goesRound) keep({ kind: "refused", reply: hopCountExceeded }, [received, failEvent(blank.at, hopCountExceeded)]);
  else if (users.length === 0) keep({ kind: "gone", why: `Relayed to ${mxOf(world, domain.id)[0] ?? "nowhere"}.` }, [received]);
  else for (const user of users) deliverTo(user);

  function deliverTo(user: User): void {
    const to = users.length > 1 ? user.upn : blank.to;
    const message = { ...blank, id: randomUUID(), to, mailbox: user.upn, events: [received] };
    deliver({ world, tenant, state, session, domain: domain.id, user, message });
  }
}

function refused(world: World, session: Session, rcpt: string, reply: Reply): Message {
  const blank = messageFrom(world, session, { rcpt, raw: "", traceId: randomUUID() });
  return { ...blank, place: { kind: "refused", reply }, events: [receiveEvent(blank, null), failEvent(blank.at, reply)] };
}
