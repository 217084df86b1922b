/** Another vendor's gateway: takes what is for tenants whose MX names it, writes no header of its own, hands on to Microsoft. */
import type { World } from "../world";
import { gatewayAddresses } from "./gateway-addresses";
import { headerOf, headersOf, withHeaders } from "./headers";
import type { Reply, Session } from "./message";
import { microsoftData, microsoftRcpt } from "./microsoft";
import { destinationOf } from "./recipients";
import { mxOf, ownerOf } from "./routes";
import { mailDate } from "./stamps";

export function gatewayRcpt(world: World, _session: Session, rcpt: string): Reply | null {
  const domain = destinationOf(world, rcpt)?.domain.id;
  const isCustomer = domain !== undefined && mxOf(world, domain).some((host) => ownerOf(host) === "gateway");
  return isCustomer ? null : { code: 550, text: `5.7.1 <${rcpt}>: Relaying denied` };
}

export function gatewayData(world: World, session: Session, rcpts: string[], raw: Buffer): Reply {
  const text = raw.toString("latin1");
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
