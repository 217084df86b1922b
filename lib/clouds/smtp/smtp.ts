/** The `smtp` cloud: calls mail servers as another mail server would, and hangs up before a message is sent; a test message goes by a door of its own. */
import { isIP } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { Clock } from "@/lib/base/clock";
import { createGate } from "@/lib/base/gate";
import type { Log } from "@/lib/base/log";
import type { Reach } from "@/lib/base/reach";
import { ok, type Result } from "@/lib/base/result";
import { domainName } from "@/lib/clouds/dns/name";
import type { Lookups } from "@/lib/clouds/dns/resolver";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { type Caller, call } from "./call";
import { askDirect } from "./direct";
import { askHost } from "./host";
import { SEND_LIMITS, type Send, send } from "./send";
import { LIMITS, type Limits } from "./session";

export type SmtpDeps = {
  readonly log: Log;
  readonly clock: Pick<Clock, "now">;
  /** `dns.lookups.addressesOf`. */
  readonly addressesOf: Lookups["addressesOf"];
  readonly port: number;
  readonly reach: Reach;
  /** PEM of an authority to trust besides Node's own. */
  readonly extraCa?: string | undefined;
  /** A host that always answers on port 25: when it cannot be reached either, there is no way out. */
  readonly reference: string;
  /** Our own host name, for EHLO. */
  readonly name: string;
  readonly limits?: Limits;
  readonly sendLimits?: Limits;
};

export type Smtp = {
  /** One wave. Raw answers by the name of the ask, each an array of one object. */
  readonly ask: (asks: readonly Ask[]) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** Lets one test message go, to one host. Whoever calls it has written down that it will. */
  readonly send: Send;
};

const AT_ONCE = 32;

/** RFC 5321 4.1.3: an address stands in brackets. Whatever is neither name nor address is not said aloud. */
function introduction(name: string): string {
  const bare = name.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return isIP(bare) === 4 ? `[${bare}]` : `[IPv6:${bare}]`;
  return /^[a-z0-9.-]{1,253}$/i.test(name) ? name : "localhost";
}

/** Made when first needed: reading all authorities takes a while. */
function createTrust(extraCa: string | undefined): () => SecureContext {
  let made: SecureContext | undefined;
  return () => {
    made ??= createSecureContext(extraCa === undefined ? {} : { ca: [...rootCertificates, extraCa] });
    return made;
  };
}

/** Asked at most once a wave, however many hosts do not answer. */
function createWayOut(reference: string, caller: Caller): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  const look = async () => {
    const said = await call(reference, caller);
    if (!said.ok || said.value.kind === "unanswered") return false;
    said.value.session.close();
    return true;
  };
  return () => {
    asked ??= look();
    return asked;
  };
}

/** All customers switch to the same few hosts: each is called once a minute, however many pages are open. */
const SHARED_MS = 60_000;
const MOST_SHARED = 1_000;

type Said = Promise<Result<unknown>>;
function createShared({ now }: Pick<Clock, "now">): (host: string, call: () => Said) => Said {
  const held = new Map<string, { readonly at: number; readonly said: Said }>();
  return (host, call) => {
    const before = held.get(host);
    if (before && Math.abs(now() - before.at) < SHARED_MS) return before.said;
    if (held.size >= MOST_SHARED) held.clear();
    const said = call();
    held.set(host, { at: now(), said });
    return said;
  };
}

async function one(ask: Ask, caller: Caller, shared: ReturnType<typeof createShared>): Promise<Result<unknown>> {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "smtp") throw new Error(`${nameOf(ask)} is not a question for a mail server.`);
  const [before, after] = asked.question === "direct" ? ask.of.split("@") : [undefined, ask.of];
  const host = domainName(after ?? "");
  if (!host.ok) return host;
  if (asked.question === "host") return shared(host.value, () => askHost(host.value, caller));
  const domain = domainName(before ?? "");
  return domain.ok ? askDirect(domain.value, host.value, caller) : domain;
}

export function createSmtp({
  log,
  clock,
  addressesOf,
  port,
  reach,
  extraCa,
  reference,
  name,
  limits = LIMITS,
  sendLimits = SEND_LIMITS,
}: SmtpDeps): Smtp {
  const trust = createTrust(extraCa);
  const within = createGate(AT_ONCE);
  const shared = createShared(clock);
  const base = { addressesOf, port, reach, limits, trust, name: introduction(name), isOut: async () => true };
  return {
    ask: async (asks) => {
      const began = performance.now();
      const caller: Caller = { ...base, isOut: createWayOut(reference, base) };
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      const answers = await Promise.all(
        [...distinct].map(async ([key, ask]) => {
          const said = await within(() => one(ask, caller, shared));
          return [key, said.ok ? ok([said.value]) : said] as const;
        }),
      );
      log.debug({ service: "SMTP", asks: distinct.size, ms: Math.round(performance.now() - began) }, "asked");
      return new Map(answers);
    },
    send: (host, letter) => send(host, letter, { ...base, limits: sendLimits, isOut: createWayOut(reference, base) }),
  };
}
