/** From the greeting to where a sender may be named: EHLO, encryption where it is offered, EHLO again. */
import type { TLSSocket } from "node:tls";
import type { Result } from "@/lib/base/result";
import type { Caller } from "./call";
import { offers, type Reply } from "./reply";
import type { Session } from "./session";

/** Where a conversation ends early; `failed` is the answer that stopped it, or why there was none. */
type Stopped = { readonly stage: "connect" | "tls"; readonly failed: Result<Reply> };
type Met = Stopped | { readonly stage: "plain" } | { readonly stage: "encrypted"; readonly socket: TLSSocket };

export const isYes = (said: Result<Reply>): boolean => said.ok && said.value.code >= 200 && said.value.code < 300;

type Ourselves = Pick<Caller, "name" | "trust">;

/** EHLO, and encryption where it is offered. */
export async function meet(session: Session, host: string, { name, trust }: Ourselves): Promise<Met> {
  const hello = await session.say(`EHLO ${name}`);
  if (!hello.ok || !isYes(hello)) return { stage: "connect", failed: hello };
  if (!offers(hello.value, "STARTTLS")) return { stage: "plain" };
  const agreed = await session.say("STARTTLS");
  if (!isYes(agreed)) return { stage: "tls", failed: agreed };
  const secured = await session.encrypt(host, trust());
  return secured.ok ? { stage: "encrypted", socket: secured.value } : { stage: "tls", failed: secured };
}

export type Ready = { readonly isReady: true; readonly isEncrypted: boolean } | ({ readonly isReady: false } & Stopped);

/** A host that offers no encryption is spoken to without: as mail servers do, and nothing secret is said. */
export async function ready(session: Session, host: string, ourselves: Ourselves): Promise<Ready> {
  const met = await meet(session, host, ourselves);
  if (met.stage === "plain") return { isReady: true, isEncrypted: false };
  if (met.stage !== "encrypted") return { isReady: false, ...met };
  const again = await session.say(`EHLO ${ourselves.name}`);
  return isYes(again) ? { isReady: true, isEncrypted: true } : { isReady: false, stage: "tls", failed: again };
}
