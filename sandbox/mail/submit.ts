/** Mail that somebody inside sends: to others inside it is delivered as trusted, to the outside it leaves. */
import { randomUUID } from "node:crypto";
import { journalDelivered } from "../journal/queue";
import type { ExchangeState, Tenant } from "../tenant";
import { type World, workingExchange } from "../world";
import { messageFrom } from "./arriving";
import { microsoftSender, outboundFor, outside } from "./going-out";
import { domainOf, withHeaders } from "./headers";
import type { Message, Place, Reply } from "./message";
import { destinationOf } from "./recipients";
import { mailDate } from "./stamps";
import { remember } from "./store";
import { endEvent, receiveEvent } from "./trace-events";

export type Submission = { mailFrom: string; rcpts: string[]; raw: Buffer };

const server = "BN8NAM12MB001.namprd12.prod.outlook.com";

/** Nothing is filtered on this way, and no mail flow rule is asked: Cutover's settings are for mail from outside. */
export function submit(world: World, tenant: Tenant, { mailFrom, rcpts, raw }: Submission): Reply {
  const traceId = randomUUID();
  const state = workingExchange(world, tenant);
  const session = { serverHost: server, clientIp: microsoftSender, isTls: true, helo: server, mailFrom };
  const stamped = withHeaders(raw.toString("latin1"), [
    { name: "Received", value: `from ${server} by ${server} with mapi id 15.20.8000.1; ${mailDate(world.clock.now())}` },
    { name: "X-MS-Exchange-Organization-AuthAs", value: "Internal" },
    { name: "X-MS-Exchange-Organization-SCL", value: "-1" },
  ]);
  for (const rcpt of rcpts) {
    const blank = messageFrom(world, session, { rcpt, raw: stamped, traceId });
    for (const copy of copiesFor(world, tenant, state, blank)) keep(world, tenant, copy);
  }
  journalDelivered(world, tenant, traceId, rcpts);
  return { code: 250, text: "2.0.0 OK" };
}

function keep(world: World, tenant: Tenant, message: Message): void {
  const events = [receiveEvent(message, null), endEvent(message.at, message.place)];
  remember(world, tenant, "messages", { ...message, id: randomUUID(), events });
}

function copiesFor(world: World, tenant: Tenant, state: ExchangeState, blank: Message): Message[] {
  const destination = destinationOf(world, blank.to);
  if (destination?.tenant !== tenant) return [{ ...blank, place: leaving(state, blank.to) }];
  const { users } = destination;
  const unknown: Place = { kind: "refused", reply: { code: 550, text: "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found" } };
  if (users.length === 0) return [{ ...blank, place: unknown }];
  return users.map((user) => ({ ...blank, to: users.length > 1 ? user.upn : blank.to, mailbox: user.upn }));
}

/** It is not followed any further. */
function leaving(state: ExchangeState, to: string): Place {
  const connector = outboundFor(state, domainOf(to));
  return { kind: "gone", why: `${outside} ${connector ? `through the connector '${connector.Name}'` : "by MX"}.` };
}
