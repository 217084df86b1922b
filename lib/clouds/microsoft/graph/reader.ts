/** Reads of one wave: everything asked in the same moment goes in batches of twenty, every list is read to its end. */
import { z } from "zod";
import type { Clock } from "@/lib/base/clock";
import { createGate } from "@/lib/base/gate";
import { evidenceOf, type Http, passingOf } from "@/lib/base/http";
import { no, ok, type Result } from "@/lib/base/result";
import type { Bearer } from "../fresh";
import { inRounds, type Verdict } from "../rounds";
import type { Token } from "../tokens";
import { type Came, SERVICE, send } from "./client";
import { failureOf, pauseOf } from "./failure";

/** A path below /v1.0, and the permission it needs. */
export type Path = {
  readonly path: string;
  readonly permission: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of lists that may be longer than others. */
  readonly mostPages?: number;
};
export type Reader = {
  readonly one: (path: Path) => Promise<Result<unknown>>;
  /** All pages of a collection. */
  readonly all: (path: Path) => Promise<Result<readonly unknown[]>>;
};
export type ReaderDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly graphUrl: string;
  readonly bearer: Bearer;
  readonly pause?: (ms: number) => Promise<void>;
};

const BATCH = 20;
const BATCHES_AT_ONCE = 4;
const BUDGET_MS = 25_000;
const MOST_PAGES = 100;

const responses = z.object({
  responses: z.array(
    z.object({ id: z.string(), status: z.number(), headers: z.record(z.string(), z.unknown()).nullish(), body: z.unknown().optional() }),
  ),
});
const collection = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().nullish() });

const lowered = (headers: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

function judged({ bearer, clock }: ReaderDeps, token: Token, { permission }: Path, came: Came): Verdict<unknown> {
  if (came.status < 300) return { done: ok(came.body) };
  const problem = failureOf(came, permission, clock.now());
  if ((came.status === 401 || came.status === 403) && bearer.isWorthRenewing(token)) return { again: 0, problem };
  return passingOf(came.status) === "final" ? { done: { ok: false, problem } } : { again: pauseOf(came, clock.now()), problem };
}

async function sendBatch(deps: ReaderDeps, paths: readonly Path[]): Promise<readonly Verdict<unknown>[]> {
  const all = (failure: Result<never>): readonly Verdict<unknown>[] => paths.map(() => ({ done: failure }));
  const token = await deps.bearer.get();
  if (!token.ok) return all(token);
  const requests = paths.map(({ path, headers }, nth) => ({
    id: String(nth + 1),
    method: "GET",
    url: path,
    ...(headers === undefined ? {} : { headers }),
  }));
  const outer = await send({ ...deps, token: token.value.text }, "/$batch", { requests });
  if (!outer.ok) return all(outer);
  if (outer.value.status >= 300) return paths.map((path) => judged(deps, token.value, path, outer.value));
  const read = responses.safeParse(outer.value.body);
  if (!read.success)
    return all(no("unreadable", `${SERVICE} answered a batch in a form we do not know.`, { evidence: outer.value.evidence }));
  const byId = new Map(read.data.responses.map((part) => [part.id, part]));
  return paths.map((path, nth) => {
    const part = byId.get(String(nth + 1));
    if (part === undefined)
      return { done: no("unreadable", `${SERVICE} left a question out of its answer.`, { evidence: outer.value.evidence }) };
    const headers = lowered(part.headers);
    return judged(deps, token.value, path, {
      status: part.status,
      headers,
      body: part.body,
      evidence: { ...outer.value.evidence, ...evidenceOf(headers) },
    });
  });
}

type Waiting = { readonly path: Path; readonly answer: (result: Result<unknown>) => void; readonly fail: (error: unknown) => void };

/** A reader for one wave. Equal paths are asked once. */
export function createReader(deps: ReaderDeps): Reader {
  const within = createGate(BATCHES_AT_ONCE);
  const asked = new Map<string, Promise<Result<unknown>>>();
  let waiting: Waiting[] = [];

  const flush = async () => {
    const now = waiting;
    waiting = [];
    try {
      const questions = now.map(({ path }) => path);
      const send = (batch: readonly Path[]) => within(() => sendBatch(deps, batch));
      const answers = await inRounds({
        questions,
        size: BATCH,
        budgetMs: BUDGET_MS,
        send,
        ...(deps.pause === undefined ? {} : { pause: deps.pause }),
      });
      for (const [nth, { answer }] of now.entries())
        answer(answers[nth] ?? no("unreadable", `${SERVICE} left a question out of its answer.`));
    } catch (error) {
      for (const { fail } of now) fail(error);
    }
  };

  const one: Reader["one"] = (path) => {
    const known = asked.get(path.path);
    if (known !== undefined) return known;
    const result = new Promise<Result<unknown>>((answer, fail) => {
      if (waiting.length === 0) queueMicrotask(() => void flush());
      waiting.push({ path, answer, fail });
    });
    asked.set(path.path, result);
    return result;
  };

  const page = async (link: string, permission: string): Promise<Result<unknown>> => {
    const token = await deps.bearer.get();
    if (!token.ok) return token;
    // The client knows whole addresses of https alone; others it would take for a path.
    const own = `${deps.graphUrl}/v1.0`;
    const came = await send({ ...deps, token: token.value.text }, link.startsWith(`${own}/`) ? link.slice(own.length) : link);
    if (!came.ok) return came;
    return came.value.status < 300 ? ok(came.value.body) : { ok: false, problem: failureOf(came.value, permission, deps.clock.now()) };
  };

  const all: Reader["all"] = async (path) => {
    const rows: unknown[] = [];
    let answer = await one(path);
    for (let pages = 1; ; pages++) {
      if (!answer.ok) return answer;
      const read = collection.safeParse(answer.value);
      if (!read.success) return no("unreadable", `${SERVICE} sent a list of a form we do not know.`);
      rows.push(...read.data.value);
      const next = read.data["@odata.nextLink"];
      if (next === null || next === undefined) return ok(rows);
      if (pages >= (path.mostPages ?? MOST_PAGES)) return no("unreadable", `${SERVICE} has more pages than we read.`);
      answer = await page(next, path.permission);
    }
  };

  return { one, all };
}
