/** From the greeting to where a sender may be named: EHLO, encryption where it is offered, EHLO again. */
import type { Result } from "@/lib/base/result";
import type { Caller } from "./call";
import { offers, type Reply } from "./reply";
import type { Session } from "./session";

/** `failed` is the answer that stopped it, or why there was none. */
export type Ready =
  | { readonly isReady: true; readonly isEncrypted: boolean }
  | { readonly isReady: false; readonly stage: "connect" | "tls"; readonly failed: Result<Reply> };

export const isYes = (said: Result<Reply>): boolean => said.ok && said.value.code >= 200 && said.value.code < 300;

const not = (stage: "connect" | "tls", failed: Result<Reply>): Ready => ({ isReady: false, stage, failed });

/** A host that offers no encryption is spoken to without: as mail servers do, and nothing secret is said. */
export async function ready(session: Session, host: string, { name, trust }: Pick<Caller, "name" | "trust">): Promise<Ready> {
  const hello = await session.say(`EHLO ${name}`);
  if (!hello.ok || !isYes(hello)) return not("connect", hello);
  if (!offers(hello.value, "STARTTLS")) return { isReady: true, isEncrypted: false };
  const agreed = await session.say("STARTTLS");
  if (!isYes(agreed)) return not("tls", agreed);
  const secured = await session.encrypt(host, trust());
  if (!secured.ok) return not("tls", secured);
  const again = await session.say(`EHLO ${name}`);
  return isYes(again) ? { isReady: true, isEncrypted: true } : not("tls", again);
}
