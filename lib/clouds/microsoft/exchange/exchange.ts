/** The `exchange` cloud: Exchange Online's admin API. Reads go in batches, a write goes alone. */
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import { ok, type Problem, type Result } from "@/lib/base/result";
import type { Call } from "@/lib/model/call";
import type { Ask } from "@/lib/model/query";
import { createBearer } from "../fresh";
import type { Tokens } from "../tokens";
import { pageOf } from "./answer";
import { askAll, identityOf } from "./asking";
import { isAlreadySo, isMemberAlready } from "./failure";
import { judged, VALIDATE } from "./validation";
import { type Came, failureOfCame, invoke } from "./wire";

export type ExchangeDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly exchangeUrl: string;
  readonly pause?: (ms: number) => Promise<void>;
};

/** `key`: the service's id of the object, for a new one the one it was given. Evidence: request ids, warnings. */
export type Made = { readonly key: string; readonly evidence: Readonly<Record<string, string>> };

export type Exchange = {
  /** One wave. Raw answers by the name of the ask: arrays of objects, sidecars taken off. */
  readonly ask: (asks: readonly Ask[], tenant: string) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** One write. Never batched, and a New- never sent again unless it is certain that nothing was done. */
  readonly make: (call: Call, tenant: string) => Promise<Result<Made>>;
};

function madeBy(call: Call, came: Came): Result<Made> {
  const page = pageOf(came.body);
  if (!page.ok) return page;
  const [row] = page.value.rows;
  const { Identity, Name } = call.parameters;
  const said = [Identity, Name].find((one) => typeof one === "string");
  const key = call.cmdlet.startsWith("New-") && row !== undefined ? identityOf(row) || String(said ?? "") : String(said ?? "");
  const warnings = page.value.warnings.length > 0 ? { warnings: page.value.warnings.join(" ").slice(0, 1_000) } : {};
  const evidence = { ...came.evidence, ...warnings };
  if (call.cmdlet !== VALIDATE) return ok({ key, evidence });
  const found = judged(page.value.rows, evidence);
  return found.ok ? ok({ key, evidence: found.value }) : found;
}

/** Removing what is not there, enabling what is on, adding who is in already: it has reached its end. */
const isReached = (call: Call, { status, body }: Came, code: string): boolean =>
  (call.cmdlet.startsWith("Remove-") && code === "gone" && status >= 400) || isAlreadySo(body) || isMemberAlready(body, call.cmdlet);

const AGAIN_MS = 60_000;

/** A connector that was made a moment ago cannot be tried until all of the service's servers know it. */
function refusalOf(call: Call, problem: Problem, now: number): Problem {
  if (call.cmdlet !== VALIDATE || problem.code !== "gone") return problem;
  return {
    ...problem,
    code: "not-ready",
    say: "Exchange Online does not show the new connector everywhere yet, so it cannot be tried.",
    fix: "Wait a few minutes and try again.",
    retryAt: now + AGAIN_MS,
  };
}

export function createExchange(deps: ExchangeDeps): Exchange {
  const bearerOf = (tenant: string) => createBearer(deps.tokens, deps.clock, tenant, "exchange");
  return {
    ask: (asks, tenant) => askAll({ ...deps, tenant, bearer: bearerOf(tenant) }, asks),
    make: async (call, tenant) => {
      const came = await invoke(deps, bearerOf(tenant), call, { tenant });
      if (!came.ok) return came;
      if (came.value.status < 300) return madeBy(call, came.value);
      const problem = failureOfCame(came.value, call.cmdlet, deps.clock.now());
      if (!isReached(call, came.value, problem.code)) return { ok: false, problem: refusalOf(call, problem, deps.clock.now()) };
      const { Identity } = call.parameters;
      return ok({ key: typeof Identity === "string" ? Identity : "", evidence: { ...came.value.evidence, note: "it was so already" } });
    },
  };
}
