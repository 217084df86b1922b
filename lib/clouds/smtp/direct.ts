/** Whether a host takes mail for a domain from a stranger: everything a mail server says before it hands over a message, and never a message. */
import { ok, type Result } from "@/lib/base/result";
import { type Caller, call, noWayOut } from "./call";
import { isYes, ready } from "./ready";
import { type Reply, textOf } from "./reply";
import type { Session } from "./session";

export type DirectSaid = {
  readonly domain: string;
  readonly host: string;
  /** Where it ended; "rcpt" when it went all the way. */
  readonly stage: "connect" | "tls" | "mail" | "rcpt";
  readonly code: number | null;
  /** What it said there, with the enhanced code, or why there was no answer. */
  readonly text: string;
  /** A lasting no (5xx) to sender or recipient. Why it refuses stands in the text: a lock-down is not the only reason. */
  readonly refused: boolean;
};

type Ended = Omit<DirectSaid, "domain" | "host">;
type Stage = DirectSaid["stage"];

const ended = (stage: Stage, said: Result<Reply>): Ended => {
  if (!said.ok) return { stage, code: null, text: said.problem.say, refused: false };
  const { code } = said.value;
  return { stage, code, text: textOf(said.value), refused: code >= 500 && (stage === "mail" || stage === "rcpt") };
};

async function offered(session: Session, domain: string): Promise<Ended> {
  // The null sender: what bounces come from, so no server may refuse it on principle (RFC 5321 4.5.5), and postmaster exists everywhere (4.5.1).
  const mail = await session.say("MAIL FROM:<>");
  if (!isYes(mail)) return ended("mail", mail);
  const recipient = await session.say(`RCPT TO:<postmaster@${domain}>`);
  await session.say("RSET");
  return ended("rcpt", recipient);
}

export async function askDirect(domain: string, host: string, caller: Caller): Promise<Result<DirectSaid>> {
  const said = await call(host, caller);
  if (!said.ok) return said;
  const { value } = said;
  if (value.kind === "unanswered") {
    const shut = await noWayOut(host, value, caller);
    return shut ?? ok({ domain, host, stage: "connect", code: null, text: value.say, refused: false });
  }
  const { session, greeting } = value;
  try {
    if (!greeting.ok || greeting.value.code !== 220) return ok({ domain, host, ...ended("connect", greeting) });
    const met = await ready(session, host, caller);
    return ok({ domain, host, ...(met.isReady ? await offered(session, domain) : ended(met.stage, met.failed)) });
  } finally {
    session.close();
  }
}
