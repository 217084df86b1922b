/** Cloudflare's own client over our own HTTP: it makes paths, queries and bodies; limits, retries, bearer and the one configured address are ours. */
import { BaseAccounts } from "cloudflare/resources/accounts/accounts";
import { BaseRecords } from "cloudflare/resources/dns/records";
import { BaseDetections } from "cloudflare/resources/email-security/investigate/detections";
import { BaseInvestigate } from "cloudflare/resources/email-security/investigate/investigate";
import { BaseMove } from "cloudflare/resources/email-security/investigate/move";
import { BasePreview } from "cloudflare/resources/email-security/investigate/preview";
import { BaseRaw } from "cloudflare/resources/email-security/investigate/raw";
import { BaseRelease } from "cloudflare/resources/email-security/investigate/release";
import { BaseTrace } from "cloudflare/resources/email-security/investigate/trace";
import { BaseDomains } from "cloudflare/resources/email-security/settings/domains";
import { BaseZones } from "cloudflare/resources/zones/zones";
import { createClient } from "cloudflare/tree-shakable";
import type { Clock } from "@/lib/base/clock";
import { type Answer, type Ask, type Http, retryAfterMs, sleep } from "@/lib/base/http";
import { no, type Problem, type Result } from "@/lib/base/result";
import type { Blocks } from "./blocks";
import { SERVICE } from "./failure";

export type ClientDeps = {
  readonly http: Http;
  readonly clock: Clock;
  /** Includes the version: https://api.cloudflare.com/client/v4 */
  readonly baseUrl: string;
  readonly blocks: Blocks;
  /** Limits of one read, where they are not the usual ones: a person waits for it, or it is long. */
  readonly reads?: Pick<Ask, "timeoutMs" | "budgetMs" | "maxBytes">;
  /** Limit of a write, where much is carried out before it is answered. */
  readonly writes?: Pick<Ask, "timeoutMs">;
  readonly pause?: (ms: number) => Promise<void>;
};
type Wire = ClientDeps & { readonly token: string };

/** The client turns whatever its transport throws into a connection error and keeps it as the cause: so the reason comes back to us. */
export class Lost extends Error {
  constructor(readonly problem: Problem) {
    super("lost");
  }
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const READ_MS = { timeoutMs: 20_000, budgetMs: 20_000 };
/** A write goes out once: only a fresh look tells what a lost one did. */
const WRITE_MS = { timeoutMs: 60_000, budgetMs: 0 };
/** The longest pause that is waited out here; a block of five minutes is for the caller to plan. */
const SHORT_MS = 10_000;

const LOCATION_LOOKS = 10;
const LOCATION_PAUSE_MS = 1_000;
const CARRIED = ["content-type", "cf-ray", "retry-after"];

const isBelow = (url: URL, baseUrl: string): boolean => {
  const base = new URL(baseUrl);
  return url.origin === base.origin && url.pathname.startsWith(base.pathname);
};

/** 429: sent again only when told to come back soon. Everything else goes by its status. */
const passing =
  (clock: Clock) =>
  ({ status, headers }: Answer) =>
    status === 429 && (retryAfterMs(headers, clock.now()) ?? Number.POSITIVE_INFINITY) > SHORT_MS ? ("final" as const) : null;

async function sendOnce(wire: Wire, url: URL, method: string, body?: string): Promise<Result<Answer>> {
  const { http, clock, baseUrl, token, blocks, reads = {}, writes = {} } = wire;
  if (!isBelow(url, baseUrl)) return no("unreadable", `${SERVICE} sent us to another place, and we do not go there.`);
  const blocked = blocks.of(token);
  if (blocked) return { ok: false, problem: blocked };
  const known = METHODS.find((one) => one === method.toUpperCase());
  if (known === undefined) throw new Error(`${method} is no method of the API.`);
  const isRead = known === "GET";
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "user-agent": "Cutover",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const ask = { service: SERVICE, method: known, url: url.href, headers, idempotent: isRead, passing: passing(clock) };
  const answer = await http.request({
    ...ask,
    ...(isRead ? { ...READ_MS, ...reads } : { ...WRITE_MS, ...writes }),
    ...(body === undefined ? {} : { body }),
  });
  if (answer.ok && answer.value.status === 429) blocks.note(token, answer.value.headers);
  return answer;
}

/** A slow read answers 202 and says where its answer will be; it would look like an empty list. */
async function landed(wire: Wire, first: Result<Answer>): Promise<Result<Answer>> {
  const pause = wire.pause ?? sleep;
  let answer = first;
  for (let look = 0; answer.ok && answer.value.status === 202 && look < LOCATION_LOOKS; look++) {
    const location = answer.value.headers["location"];
    if (location === undefined) break;
    await pause(LOCATION_PAUSE_MS);
    if (!URL.canParse(location, wire.baseUrl)) break;
    answer = await sendOnce(wire, new URL(location, wire.baseUrl), "GET");
  }
  if (!answer.ok || answer.value.status !== 202) return answer;
  return no("not-ready", `${SERVICE} is still putting the answer together.`, {
    fix: "Wait; we look again by ourselves.",
    retryAt: wire.clock.now() + 60_000,
  });
}

const transport =
  (wire: Wire) =>
  async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? "GET";
    const sent = await sendOnce(wire, url, method, typeof init?.body === "string" ? init.body : undefined);
    const answer = method.toUpperCase() === "GET" ? await landed(wire, sent) : sent;
    if (!answer.ok) throw new Lost(answer.problem);
    const { status, headers, body } = answer.value;
    const carried = CARRIED.flatMap((name): [string, string][] => (headers[name] === undefined ? [] : [[name, headers[name]]]));
    // As bytes: some of what comes is long, and not all of it is UTF-8.
    return new Response(status === 204 ? null : new Uint8Array(body), { status, headers: carried });
  };

/** Of this token. Retries are our HTTP's; nothing is read from the environment, and nothing is logged by the client. */
export const clientFor = (deps: ClientDeps, token: string) =>
  createClient({
    resources: [
      BaseAccounts,
      BaseDomains,
      BaseRecords,
      BaseZones,
      BaseInvestigate,
      BaseDetections,
      BaseTrace,
      BasePreview,
      BaseRaw,
      BaseMove,
      BaseRelease,
    ],
    apiToken: token,
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    baseURL: deps.baseUrl,
    maxRetries: 0,
    timeout: 10 * 60_000,
    logLevel: "off",
    fetch: transport({ ...deps, token }),
  });
export type Client = ReturnType<typeof clientFor>;
