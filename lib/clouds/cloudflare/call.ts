/** One call of Cloudflare's client as a result: its envelope is read here and nowhere else, because the client takes a broken list for an empty one. */
import { APIConnectionError, APIError } from "cloudflare/error";
import { z } from "zod";
import type { Clock } from "@/lib/base/clock";
import { evidenceOf } from "@/lib/base/http";
import { parseJson } from "@/lib/base/json";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import { byteWise } from "./byte-wise";
import { Lost } from "./client";
import { type Asking, problemOf, SERVICE } from "./failure";

const envelope = z.object({
  success: z.literal(true),
  result: z.unknown(),
  result_info: z.object({ total_count: z.number().optional(), total_pages: z.number().optional(), next: z.string().nullish() }).nullish(),
});
const refusal = z.object({ errors: z.unknown() });

export type Came = {
  readonly status: number;
  readonly result: unknown;
  /** How many there are over all pages; null where the answer does not say. */
  readonly total: number | null;
  /** Where to go on, in lists that are walked by cursor; null at the end of it, and in others. */
  readonly next: string | null;
  readonly evidence: Readonly<Record<string, string>>;
};
export type Caller = { readonly clock: Clock; readonly token: string };

const headersOf = (headers: Headers | undefined): Record<string, string> => Object.fromEntries(headers?.entries() ?? []);

/** Nothing that is kept or shown holds the token, whatever the other side chose to repeat. */
function withoutToken(problem: Problem, token: string): Problem {
  const clean = (text: string) => text.replaceAll(token, "***");
  const evidence = Object.entries(problem.evidence ?? {}).map(([name, text]) => [name, clean(text)] as const);
  return { ...problem, say: clean(problem.say), ...(problem.evidence ? { evidence: Object.fromEntries(evidence) } : {}) };
}

function problemFrom(error: unknown, asking: Asking, now: number): Problem {
  if (error instanceof APIConnectionError && error.cause instanceof Lost) return error.cause.problem;
  if (error instanceof APIError && typeof error.status === "number")
    return problemOf({ status: error.status, errors: error.errors, headers: headersOf(error.headers) }, asking, now);
  throw error;
}

async function read(response: Response, asking: Asking, now: number): Promise<Result<Came>> {
  const { status } = response;
  const headers = headersOf(response.headers);
  const evidence = evidenceOf(headers);
  if (status === 204) return ok({ status, result: null, total: null, next: null, evidence });
  if (asking.isWrite && status === 202)
    return no("unsure", `${SERVICE} took the change and has not carried it out yet.`, {
      fix: "Look again: what is there now decides.",
      evidence,
    });
  const json = parseJson(asking.isByteWise === true ? byteWise(await response.arrayBuffer()) : await response.text());
  const known = envelope.safeParse(json.ok ? json.value : null);
  if (known.success) {
    const { result, result_info: info } = known.data;
    return ok({ status, result, total: info?.total_count ?? null, next: info?.next || null, evidence });
  }
  // `success: false` inside a 200 is a refusal like any other.
  const refused = refusal.safeParse(json.ok ? json.value : null);
  if (refused.success && Array.isArray(refused.data.errors) && refused.data.errors.length > 0)
    return { ok: false, problem: problemOf({ status: 400, errors: refused.data.errors, headers }, asking, now) };
  return asking.isWrite
    ? no("unsure", `${SERVICE} answered a change with something we cannot read.`, {
        fix: "Look again: what is there now decides.",
        evidence,
      })
    : no("unreadable", `${SERVICE} sent an answer that we cannot read.`, {
        fix: "Look again; if it stays, send the details to support.",
        evidence,
      });
}

/** @throws what is a bug of ours; all that the other side can do comes back as a value. */
export async function came(caller: Caller, asking: Asking, send: () => Promise<Response>): Promise<Result<Came>> {
  const now = caller.clock.now();
  const seen = await send()
    .then((response) => read(response, asking, now))
    .catch((error: unknown): Result<Came> => ({ ok: false, problem: problemFrom(error, asking, now) }));
  return seen.ok ? seen : { ok: false, problem: withoutToken(seen.problem, caller.token) };
}

const MOST_PAGES = 400;

/** Every page of a list, by number until one is empty or the count is reached. A list that is cut off is no list. */
export async function everyPage(
  caller: Caller,
  permission: string,
  page: (nth: number) => { readonly asResponse: () => Promise<Response> },
): Promise<Result<readonly unknown[]>> {
  const all: unknown[] = [];
  for (let nth = 1; nth <= MOST_PAGES; nth++) {
    const answer = await came(caller, { permission, isWrite: false }, () => page(nth).asResponse());
    if (!answer.ok) return answer;
    const rows = z.array(z.unknown()).safeParse(answer.value.result);
    if (!rows.success)
      return no("unreadable", `${SERVICE} sent something else where a list should be.`, { evidence: answer.value.evidence });
    all.push(...rows.data);
    if (rows.data.length === 0 || (answer.value.total !== null && answer.value.total > 0 && all.length >= answer.value.total))
      return ok(all);
  }
  return no("unreadable", `${SERVICE}’s list is longer than we read.`);
}
