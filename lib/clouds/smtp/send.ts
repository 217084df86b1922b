/** Hands one test message to one mail server. The only file of this cloud that lets a message go; the others hang up before. */
import { no, ok, type Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import { domainName } from "@/lib/clouds/dns/name";
import type { Said, Stage } from "@/lib/model/mail-proof";
import { type Caller, call, noWayOut } from "./call";
import { ready } from "./ready";
import { type Reply, textOf } from "./reply";
import type { Limits, Session } from "./session";

export type Letter = {
  /** Bare addresses. */
  readonly from: string;
  readonly to: string;
  /** Header and text in ASCII, lines ended as you like. */
  readonly message: string;
};
/** "later": it took nothing and may be asked again. "unsure": the message was on the wire and its end was never answered. */
export type Handed = { readonly end: "accepted" | "refused" | "later" | "unsure"; readonly said: Said };
export type Send = (host: string, letter: Letter) => Promise<Result<Handed>>;

/** A server may look at a message for a while before it says yes (RFC 5321 4.5.3.2.6 allows ten minutes; nobody needs that for two lines). */
export const SEND_LIMITS: Limits = { connectMs: 10_000, stageMs: 60_000, inAllMs: 150_000 };

/** What could break out of a command, or needs an extension (SMTPUTF8), is no address here. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/;

/** Lines end in CRLF, and one that begins with a dot gets another (RFC 5321 4.5.2). */
const onTheWire = (message: string): string =>
  message
    .replace(/\r\n|\r|\n/g, "\r\n")
    .replace(/^\./gm, "..")
    .replace(/(\r\n)?$/, "\r\n");

const MOST_TEXT = 600;
type At = { readonly host: string; readonly address: string | null; readonly isEncrypted: boolean };
const saidBy = (at: At, stage: Stage, heard: Result<Reply>): Said => ({
  ...at,
  stage,
  code: heard.ok ? heard.value.code : null,
  text: storable(heard.ok ? textOf(heard.value) : heard.problem.say, MOST_TEXT),
});

/** Before the message is on the wire, silence took nothing either. */
function ended(at: At, stage: Stage, heard: Result<Reply>): Handed {
  const isNo = heard.ok && heard.value.code >= 500;
  return { end: isNo ? "refused" : "later", said: saidBy(at, stage, heard) };
}

async function handOver(session: Session, at: At, { from, to, message }: Letter): Promise<Handed> {
  const steps = [
    ["mail", `MAIL FROM:<${from}>`, 250],
    ["rcpt", `RCPT TO:<${to}>`, 250],
    ["data", "DATA", 354],
  ] as const;
  for (const [stage, line, wanted] of steps) {
    const heard = await session.say(line);
    // 251: "will forward" (RFC 5321 3.4).
    if (!heard.ok || (heard.value.code !== wanted && heard.value.code !== wanted + 1)) return ended(at, stage, heard);
  }
  const heard = await session.say(`${onTheWire(message)}.`, "the message");
  if (!heard.ok) return { end: "unsure", said: saidBy(at, "end", heard) };
  if (heard.value.code >= 200 && heard.value.code < 300) return { end: "accepted", said: saidBy(at, "end", heard) };
  return ended(at, "end", heard);
}

async function converse(session: Session, greeting: Result<Reply>, at: At, letter: Letter, caller: Caller): Promise<Handed> {
  if (!greeting.ok || greeting.value.code !== 220) return ended(at, "connect", greeting);
  const met = await ready(session, at.host, caller);
  if (!met.isReady) return ended(at, met.stage, met.failed);
  return handOver(session, { ...at, isEncrypted: met.isEncrypted }, letter);
}

/** @returns `unreachable` when there is no way out on port 25: then nothing is known about the host. */
export async function send(written: string, letter: Letter, caller: Caller): Promise<Result<Handed>> {
  const named = domainName(written);
  if (!named.ok) return named;
  if (!ADDRESS.test(letter.from) || !ADDRESS.test(letter.to)) return no("rejected", "That is not an address a message can be sent to.");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII would need 8BITMIME or SMTPUTF8
  if (!/^[\x00-\x7f]*$/.test(letter.message)) throw new Error("A test message is in ASCII.");
  const host = named.value;
  const called = await call(host, caller);
  if (!called.ok) return called;
  const { value } = called;
  const at = { host, address: value.address, isEncrypted: false };
  if (value.kind === "unanswered") {
    const shut = await noWayOut(host, value, caller);
    return shut ?? ok({ end: "later", said: { ...at, stage: "connect", code: null, text: value.say } });
  }
  try {
    return ok(await converse(value.session, value.greeting, at, letter, caller));
  } finally {
    value.session.close();
  }
}
