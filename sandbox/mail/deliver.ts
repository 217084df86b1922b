/** One message for one recipient from Microsoft's front door to where it ends: origin, rules, verdict, policy, place. */
import { randomUUID } from "node:crypto";
import type { ExchangeState, Tenant, User } from "../tenant";
import type { World } from "../world";
import { covers } from "./addresses";
import { connectorFor, listIn } from "./connectors";
import { originOf } from "./enhanced-filtering";
import { domainOf, headerOf, headersOf, withHeaders, withSubjectPrefix } from "./headers";
import type { Message, Session } from "./message";
import { placeOf } from "./placing";
import { policyFor } from "./policies";
import { destinationOf, namesOf } from "./recipients";
import { isFirstHop } from "./routes";
import { applyRules } from "./rules";
import { checkSpf } from "./spf";
import { stamps } from "./stamps";
import { remember } from "./store";
import { endEvent, ruleEvent } from "./trace-events";
import { judge } from "./verdict";

export type Delivery = {
  world: World;
  tenant: Tenant;
  /** Exchange as it works now. */
  state: ExchangeState;
  session: Session;
  domain: string;
  user: User;
  /** With its Receive event. */
  message: Message;
};

/** What is found out about a message before anything is done with it. */
function assess({ world, tenant, state, session, domain, user, message }: Delivery) {
  const headers = headersOf(message.raw);
  const connector = connectorFor(state, session);
  const names = namesOf(user, domain);
  const origin = originOf(connector, { ip: session.clientIp, helo: session.helo }, headers, names);
  const spfDomain = domainOf(session.mailFrom) || origin.helo;
  const spf = checkSpf(world, spfDomain, origin.ip);
  const isAllowedAddress = covers(listIn(state["HostedConnectionFilterPolicy"]?.[0] ?? nothing, "IPAllowList"), session.clientIp);
  const isTrusted = connector?.["CloudServicesMailEnabled"] === true || connector?.["TreatMessagesAsInternal"] === true;
  const { from, to, subject, at } = message;
  const seen = { headers, clientIp: session.clientIp, from, to, subject, isInternal: isTrusted };
  const ruled = applyRules(state["TransportRule"] ?? [], seen, at);
  const policy = policyFor(state, tenant, names);
  const content = headerOf(headers, "X-Sandbox-Microsoft-Verdict") ?? "NONE";
  const verdict = judge({ ruled, spf, isAllowedAddress, isTrusted, isFirstHop: isFirstHop(world, domain), policy, content });
  return { origin, spf, spfDomain, ruled, policy, verdict, ipv: isAllowedAddress ? ("CAL" as const) : ("NLI" as const) };
}

export function deliver(delivery: Delivery): void {
  const { world, tenant, state, session, message } = delivery;
  const { ruled, policy, ...found } = assess(delivery);
  const placed = placeOf(state, policy, found.verdict, ruled, message.to);
  const prefix = placed.prefix + ruled.prefix;
  const stamped = stamps({ ...found, session, from: message.from, traceId: message.traceId, at: message.at });
  const added = [...stamped, ...ruled.added, ...placed.added];
  const raw = withHeaders(prefix === "" ? message.raw : withSubjectPrefix(message.raw, prefix), added);
  const events = [...message.events, ...ruled.hits.map((rule) => ruleEvent(message.at, rule))];
  const done = { ...message, raw, size: raw.length, subject: prefix + message.subject, events };
  const isTurned = placed.redirect.length > 0 && placed.place.kind === "folder";
  if (isTurned) redirected(delivery, done, placed.redirect);
  else remember(world, tenant, "messages", { ...done, place: placed.place, events: [...events, endEvent(message.at, placed.place)] });
}

const nothing = { Guid: "", Name: "" };

/** The first recipient gets nothing; who the message was turned to gets it as it is. */
function redirected({ world, tenant }: Delivery, message: Message, targets: string[]): void {
  const gone = { kind: "gone", why: `Redirected to ${targets.join(", ")}.` } as const;
  remember(world, tenant, "messages", { ...message, place: gone, events: [...message.events, endEvent(message.at, gone)] });
  for (const target of targets) {
    const destination = destinationOf(world, target);
    const place = { kind: "folder", folder: "Inbox" } as const;
    if (destination?.tenant === tenant && destination.users.length > 0) {
      const events = [...message.events, endEvent(message.at, place)];
      remember(world, tenant, "messages", {
        ...{ ...message, id: randomUUID(), to: target.toLowerCase(), mailbox: destination.users[0]?.upn ?? null },
        ...{ place, events },
      });
    }
  }
}
