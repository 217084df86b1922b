/** HTTP as the adapters use it: every request has a time limit and a budget, obeys Retry-After, backs off with jitter, and keeps the request id as evidence. */
import type { Clock } from "./clock";
import type { Log } from "./log";
import { no, ok, type Problem, type Result } from "./result";
import { type Agents, createAgents, exchangeOnce, type Letter, type Outcome } from "./wire";

export type Ask = {
  /** Who is asked, as a person would call them: "Exchange Online". */
  readonly service: string;
  readonly method: Letter["method"];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice does no harm. Others are sent again only when it is certain that nothing was done. */
  readonly idempotent: boolean;
  /** Limit of one attempt, in ms. */
  readonly timeoutMs?: number;
  /** Limit of all attempts and the pauses between them, in ms. 0: one attempt. */
  readonly budgetMs?: number;
  readonly maxBytes?: number;
  /** What an answer means for sending again, where its body says more than its status; null: the status decides. */
  readonly passing?: (answer: Answer) => Passing | null;
};

/** "not-done": refused before anything was done, so that even a write may be sent again. "maybe-done": only what does no harm twice. */
export type Passing = "not-done" | "maybe-done" | "final";

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };
export type Http = { readonly request: (ask: Ask) => Promise<Result<Answer>>; readonly close: () => void };
export type HttpDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly extraCa?: string | undefined;
  readonly pause?: (ms: number) => Promise<void>;
};

const TIMEOUT_MS = 20_000;
const BUDGET_MS = 20_000;
const MAX_BYTES = 20_000_000;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 10_000;
const MOST_ATTEMPTS = 8;
/** 429: refused before anything was done. */
const NOT_DONE = [429];
const MAYBE_DONE = [408, 500, 502, 503, 504, 509];

/** Ms to wait as the answer asks, by seconds or date, or null. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const said = headers["retry-after"]?.trim();
  if (said === undefined || said === "") return null;
  if (/^\d+(\.\d+)?$/.test(said)) return Math.ceil(Number(said) * 1_000);
  const date = Date.parse(said);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

export const passingOf = (status: number): Passing =>
  NOT_DONE.includes(status) ? "not-done" : MAYBE_DONE.includes(status) ? "maybe-done" : "final";

function mayRepeat(ask: Ask, outcome: Outcome): boolean {
  if (outcome.kind === "not-sent") return true;
  if (outcome.kind === "cut") return ask.idempotent;
  if (outcome.kind === "too-long") return false;
  const state = ask.passing?.(outcome) ?? passingOf(outcome.status);
  return state === "not-done" || (state === "maybe-done" && ask.idempotent);
}

/** Exponential with full jitter, so that many waiting callers do not come back together. */
export const backOffMs = (attempt: number): number =>
  Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2));

/** What a request id is called at the different services; kept because support asks for it first. */
export function evidenceOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = ["request-id", "x-ms-request-id", "client-request-id", "x-ms-diagnostics", "cf-ray"];
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name].slice(0, 300)]])));
}

/** And what was searched for in mail: who reads logs may not read mail. */
const SECRET_PARAMETERS =
  /([?&](?:code|state|token|access_token|id_token|client_secret|client_assertion|sig|key|nonce|query|subject|sender|recipient|message_id)=)[^&]*/gi;
/** A URL that may be logged. */
export const masked = (url: string): string => url.replace(SECRET_PARAMETERS, "$1***");

function failed(ask: Ask, outcome: Exclude<Outcome, { kind: "answered" }>): Problem {
  if (outcome.kind === "too-long") return { code: "unreadable", say: `${ask.service} sent a longer answer than we read.` };
  const evidence = { service: ask.service, reason: outcome.why };
  if (outcome.kind === "cut" && !ask.idempotent) {
    return {
      code: "unsure",
      say: `The connection to ${ask.service} was lost before it answered, so we do not know whether it did what we asked.`,
      fix: "Look again: what is there now decides.",
      evidence,
    };
  }
  return {
    code: "unreachable",
    say: `${ask.service} did not answer.`,
    fix: "Try again in a few minutes; if it stays, check that this server can reach it.",
    evidence,
  };
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function attempts(ask: Ask, deps: HttpDeps, agents: Agents): Promise<Outcome> {
  const pause = deps.pause ?? sleep;
  const began = performance.now();
  const budgetMs = ask.budgetMs ?? BUDGET_MS;
  for (let attempt = 0; ; attempt++) {
    const started = performance.now();
    const outcome = await exchangeOnce({
      ...ask,
      timeoutMs: ask.timeoutMs ?? TIMEOUT_MS,
      maxBytes: ask.maxBytes ?? MAX_BYTES,
      agents,
      isFresh: !ask.idempotent,
    });
    const line = { service: ask.service, method: ask.method, url: masked(ask.url), attempt, ms: Math.round(performance.now() - started) };
    deps.log.debug(
      outcome.kind === "answered"
        ? { ...line, status: outcome.status, ...evidenceOf(outcome.headers) }
        : { ...line, outcome: outcome.kind },
      "asked",
    );
    if (!mayRepeat(ask, outcome) || attempt + 1 >= MOST_ATTEMPTS) return outcome;
    const asked = outcome.kind === "answered" ? retryAfterMs(outcome.headers, deps.clock.now()) : null;
    const pauseMs = asked ?? backOffMs(attempt);
    if (performance.now() - began + pauseMs >= budgetMs) return outcome;
    await pause(pauseMs);
  }
}

/** The final answer, whatever its status, or why there is none. Statuses are the adapters' to judge; `failureOf` helps. */
export function createHttp(deps: HttpDeps): Http {
  const agents = createAgents(deps.extraCa);
  return {
    request: async (ask) => {
      const outcome = await attempts(ask, deps, agents);
      return outcome.kind === "answered"
        ? ok({ status: outcome.status, headers: outcome.headers, body: outcome.body })
        : { ok: false, problem: failed(ask, outcome) };
    },
    close: agents.close,
  };
}

/** A status that is not a success, as a problem in general words. `now` by our clock. */
export function failureOf(service: string, answer: Answer, now: number): Problem {
  const { status, headers } = answer;
  const evidence = { status: String(status), ...evidenceOf(headers) };
  if (status === 429) {
    const retryAt = now + (retryAfterMs(headers, now) ?? 60_000);
    return { code: "throttled", say: `${service} asks us to slow down.`, fix: "Wait; we look again by ourselves.", retryAt, evidence };
  }
  if (status === 401 || status === 403)
    return { code: "denied", say: `${service} refused: this application lacks the permission.`, evidence };
  if (status === 404) return { code: "gone", say: `${service} does not know what we asked for.`, evidence };
  if (status >= 500 || status === 408)
    return {
      code: "unreachable",
      say: `${service} is not working properly at the moment (${status}).`,
      fix: "Try again in a few minutes.",
      evidence,
    };
  return { code: "rejected", say: `${service} did not accept the request (${status}).`, evidence };
}

/** The body as JSON, or `unreadable`. */
export function jsonOf(service: string, answer: Answer): Result<unknown> {
  try {
    const value: unknown = JSON.parse(answer.body.toString("utf8"));
    return ok(value);
  } catch {
    return no("unreadable", `${service} sent an answer that is not JSON.`, {
      evidence: { status: String(answer.status), ...evidenceOf(answer.headers) },
    });
  }
}
