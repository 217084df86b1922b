/** Another vendor's gateway: takes what is for tenants whose MX names it, writes no header of its own, hands on to Microsoft; what comes from there goes out. */
import { journalData, journalRcpt } from "../journal/receiver";
import type { World } from "../world";
import { covers } from "./addresses";
import { gatewayAddresses } from "./gateway-addresses";
import { microsoftRange } from "./going-out";
import { domainOf, headerOf, headersOf, withHeaders } from "./headers";
import type { Reply, Session } from "./message";
import { microsoftData, microsoftRcpt } from "./microsoft";
import { destinationOf } from "./recipients";
import { mxOf, ownerOf } from "./routes";
import { mailDate } from "./stamps";

/** From Microsoft's servers comes what its customers send out. */
const isGoingOut = ({ clientIp }: Session) => covers(microsoftRange, clientIp);

export function gatewayRcpt(world: World, session: Session, rcpt: string): Reply | null {
  if (isGoingOut(session)) return null;
  const domain = destinationOf(world, rcpt)?.domain.id;
  const isCustomer = domain !== undefined && mxOf(world, domain).some((host) => ownerOf(host) === "gateway");
  return isCustomer ? null : { code: 550, text: `5.7.1 <${rcpt}>: Relaying denied` };
}

export function gatewayData(world: World, session: Session, rcpts: string[], raw: Buffer): Reply {
  const text = raw.toString("latin1");
  if (isGoingOut(session)) return takeReport(world, session, rcpts, text);
  const messageId = headerOf(headersOf(text), "Message-ID") ?? "";
  const value = `from ${session.helo} ([${session.clientIp}]) by ${session.serverHost} with ESMTPS; ${mailDate(world.clock.now())}`;
  const onward = Buffer.from(withHeaders(text, [{ name: "Received", value }]), "latin1");
  const clientIp = gatewayAddresses[messageId.length % gatewayAddresses.length] ?? "";
  const replies = rcpts.map((rcpt) => {
    const serverHost = destinationOf(world, rcpt)?.domain.mxHost ?? "";
    const hop: Session = { serverHost, clientIp, isTls: true, helo: session.serverHost, mailFrom: session.mailFrom };
    return microsoftRcpt(world, hop, rcpt) ?? microsoftData(world, hop, [rcpt], onward);
  });
  // One answer for all: what one recipient's tenant refused comes back as a bounce when another took it.
  return replies.find((reply) => reply.code < 400) ?? replies[0] ?? { code: 250, text: "2.0.0 Ok: queued" };
}

/** A journal report on its way out: whose it is says the header that Microsoft writes. Where it is not handed on, nobody is told. */
function takeReport(world: World, session: Session, rcpts: string[], text: string): Reply {
  const headers = headersOf(text);
  const gateway = world.tenants.get(headerOf(headers, "X-MS-Exchange-CrossTenant-Id") ?? "")?.mail.gateway;
  if (!gateway) return { code: 550, text: "5.7.1 Relaying denied" };
  const messageId = headerOf(headers, "X-MS-Exchange-Parent-Message-Id") ?? "";
  for (const address of rcpts) {
    gateway.took.push({ at: world.clock.now(), address, host: session.serverHost, messageId });
    const serverHost = mxOf(world, domainOf(address))[0] ?? "";
    const onward: Session = { ...session, serverHost, clientIp: gatewayAddresses[0] ?? "", helo: session.serverHost };
    if (gateway.relays && journalRcpt(world, address) === null) journalData(world, onward, address, Buffer.from(text, "latin1"));
  }
  gateway.took.splice(0, gateway.took.length - keptReports);
  world.save();
  return { code: 250, text: "2.0.0 Ok: queued" };
}

const keptReports = 500;
