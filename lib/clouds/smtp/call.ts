/** A call to a mail server up to its greeting: which of its addresses are tried, how often, and when it is our own way out that is shut. */
import type { SecureContext } from "node:tls";
import { sleep } from "@/lib/base/http";
import type { Reach } from "@/lib/base/reach";
import { no, ok, type Result } from "@/lib/base/result";
import type { Lookups } from "@/lib/clouds/dns/resolver";
import type { Reply } from "./reply";
import { type Limits, open, type Session } from "./session";

export type Caller = {
  readonly addressesOf: Lookups["addressesOf"];
  readonly reach: Reach;
  readonly port: number;
  readonly limits: Limits;
  /** Whom certificates are checked against. */
  readonly trust: () => SecureContext;
  /** As we call ourselves in EHLO. */
  readonly name: string;
  /** Whether the known third host can be reached on port 25. */
  readonly isOut: () => Promise<boolean>;
};

/** "unanswered": there is no conversation; `say` is why. `address` is null where there was none to try. */
export type Call =
  | { readonly kind: "unanswered"; readonly address: string | null; readonly isTried: boolean; readonly say: string }
  | { readonly kind: "answered"; readonly address: string; readonly session: Session; readonly greeting: Result<Reply> };

const ADDRESSES_TRIED = 2;
const PAUSE_MS = 500;

const unanswered = (address: string | null, say: string, isTried = false): Call => ({ kind: "unanswered", address, isTried, say });

const isPassing = (greeting: Result<Reply>): boolean => greeting.ok && greeting.value.code >= 400 && greeting.value.code < 500;

/** Each address once; a single one gets one further try. */
function triesOf(addresses: readonly string[]): readonly string[] {
  const some = addresses.slice(0, ADDRESSES_TRIED);
  return some.length === 1 ? [...some, ...some] : some;
}

async function greeted(address: string, { port, limits }: Caller, until: number): Promise<Call> {
  const leftMs = Math.min(limits.connectMs, until - performance.now());
  if (leftMs <= 0) return unanswered(address, "There was no time left to connect to it.", true);
  const session = await open(address, port, leftMs, limits.stageMs, until);
  if (!session.ok) return unanswered(address, session.problem.say, true);
  return { kind: "answered", address, session: session.value, greeting: await session.value.hear("its greeting") };
}

/** Tries the host's addresses until one greets us; the last word counts. A failing resolver is a problem, no address is an answer. */
export async function call(host: string, caller: Caller): Promise<Result<Call>> {
  const until = performance.now() + caller.limits.inAllMs;
  const addresses = await caller.addressesOf(host);
  if (!addresses.ok) return addresses;
  if (addresses.value.length === 0) return ok(unanswered(null, "It has no address."));
  const usable = addresses.value.filter(caller.reach);
  let last = unanswered(addresses.value[0] ?? null, "Its address is private or our own, so we do not call it.");
  let before = "";
  for (const address of triesOf(usable)) {
    if (last.kind === "answered") last.session.close();
    if (address === before) await sleep(PAUSE_MS);
    before = address;
    const next = await greeted(address, caller, until);
    if (next.kind === "answered" || last.kind === "unanswered") last = next;
    if (next.kind === "answered" && !isPassing(next.greeting)) break;
    // Found out while we go on trying, so that a shut port does not cost both times one after the other.
    if (next.kind === "unanswered") void caller.isOut();
  }
  return ok(last);
}

/** Null when the fault is the host's own. */
export async function noWayOut(host: string, said: Call, { isOut }: Caller): Promise<Result<never> | null> {
  if (said.kind === "answered" || !said.isTried || (await isOut())) return null;
  return no(
    "unreachable",
    `There is no way out on port 25 from this server: neither ${host} nor a host that is known to answer can be reached.`,
    {
      fix: "Have port 25 opened for this server's outgoing connections, or go on by your own word.",
      evidence: { host, address: said.address ?? "", reason: said.say },
    },
  );
}
