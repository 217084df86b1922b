/** One call to the admin API: bearer, retries that are safe for this cmdlet, a new token when the old one is refused. */
import type { Clock } from "@/lib/base/clock";
import { type Answer, evidenceOf, type Http, retryAfterMs } from "@/lib/base/http";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Call } from "@/lib/model/call";
import type { Bearer } from "../fresh";
import { envelopeOf, headersOf, invokeUrl } from "./envelope";
import { passingOfBody, problemOf } from "./failure";

export type WireDeps = { readonly http: Http; readonly clock: Clock; readonly exchangeUrl: string };
/** What came back, parsed, with what support would ask for. */
export type Came = {
  readonly status: number;
  readonly body: unknown;
  readonly evidence: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | null;
  readonly cookie: string;
};

export const SERVICE = "Exchange Online";
const READ_MS = { timeoutMs: 30_000, budgetMs: 25_000 };
/** Microsoft's own limit of a cmdlet is 15 minutes; nobody waits for that, and CIPP lives well with this. */
const WRITE_MS = { timeoutMs: 100_000, budgetMs: 90_000 };
/** Test messages are on their way meanwhile; thousands of members are looked up one by one. */
const SLOW_MS = { timeoutMs: 6 * 60_000, budgetMs: 90_000 };
/** More entries than this in one list make a write slow. */
const MANY = 200;

function limitsOf({ cmdlet, parameters }: Call) {
  if (cmdlet.startsWith("Get-")) return READ_MS;
  const isLong = Object.values(parameters).some((value) => Array.isArray(value) && value.length > MANY);
  return isLong || cmdlet.startsWith("Validate-") ? SLOW_MS : WRITE_MS;
}

/** JSON where it is JSON; a run of NUL bytes, plain text and nothing stay what they are. */
export function bodyOf(answer: Answer): unknown {
  const text = answer.body.toString("utf8");
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Pages of a list are held by one back end; its cookies lead back to it. */
const cookieOf = (headers: Readonly<Record<string, string>>): string =>
  (headers["set-cookie"] ?? "")
    .split("\n")
    .flatMap((line) => line.split(";")[0] ?? [])
    .filter((pair) => pair.includes("="))
    .join("; ");

export const cameOf = (answer: Answer, now: number): Came => ({
  status: answer.status,
  body: bodyOf(answer),
  evidence: evidenceOf(answer.headers),
  retryAfterMs: retryAfterMs(answer.headers, now),
  cookie: cookieOf(answer.headers),
});

export const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** New-, Validate-, Release-: doing it twice is doing something else. */
export const isHarmlessTwice = (cmdlet: string): boolean => /^(Get|Set|Enable|Disable|Remove|Update)-/i.test(cmdlet);

/** Where the service asks for patience without saying how much. */
const PATIENCE_MS = 60_000;

export function failureOfCame(came: Came, cmdlet: string, now: number): Problem {
  const problem = problemOf(came, cmdlet);
  return problem.code === "throttled" ? { ...problem, retryAt: now + (came.retryAfterMs ?? PATIENCE_MS) } : problem;
}

type Options = {
  readonly tenant: string;
  readonly select?: readonly string[] /** A page's address and its back end. */;
  readonly page?: { readonly url: string; readonly cookie: string };
};

/** Sends one call. A 401 or 403 of a token older than a grant may be is tried once more with a new one: neither did anything. */
export async function invoke(deps: WireDeps, bearer: Bearer, call: Call, { tenant, select = [], page }: Options): Promise<Result<Came>> {
  const body = JSON.stringify(envelopeOf(call));
  const idempotent = isHarmlessTwice(call.cmdlet);
  const limits = limitsOf(call);
  const cookie = page === undefined || page.cookie === "" ? {} : { cookie: page.cookie };
  for (;;) {
    const token = await bearer.get();
    if (!token.ok) return token;
    const answer = await deps.http.request({
      service: SERVICE,
      method: "POST",
      url: page?.url ?? invokeUrl(deps.exchangeUrl, tenant, select),
      headers: { ...headersOf(tenant, token.value.text, call.cmdlet), ...cookie },
      body,
      idempotent,
      ...limits,
      // A page of message trace is megabytes: what went well is not read twice.
      passing: (one) => (one.status < 400 ? "final" : passingOfBody(one.status, bodyOf(one))),
    });
    if (!answer.ok) return answer;
    const came = cameOf(answer.value, deps.clock.now());
    if (isRefusal(came.status) && bearer.isWorthRenewing(token.value)) continue;
    if (!idempotent && isOpen(came))
      return no("unsure", "Exchange Online failed in the middle, so we do not know whether it did what we asked.", {
        fix: "Look again: what is there now decides.",
        evidence: came.evidence,
      });
    return ok(came);
  }
}

/** A failure that does not say whether the work was done. */
const isOpen = ({ status, body }: Came): boolean => {
  const passing = passingOfBody(status, body);
  return passing === "maybe-done" || (passing === null && (status >= 500 || status === 408));
};
