/** Reads: every call of a wave in batches of ten, each list to its end. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createGate, type Gate } from "@/lib/base/gate";
import { no, ok, type Result } from "@/lib/base/result";
import type { Call } from "@/lib/model/call";
import type { Bearer } from "../fresh";
import { inRounds, type Verdict } from "../rounds";
import type { Token } from "../tokens";
import { isCutShort, type Page, pageOf, type Row } from "./answer";
import { batchHeadersOf, batchUrl, envelopeOf, headersOf, invokeUrl } from "./envelope";
import { passingOfBody } from "./failure";
import { type Came, cameOf, failureOfCame, invoke, isRefusal, SERVICE, type WireDeps } from "./wire";

export type Read = { readonly call: Call; readonly select: readonly string[] };
export type Wave = WireDeps & { readonly tenant: string; readonly bearer: Bearer; readonly pause?: (ms: number) => Promise<void> };

/** CIPP splits by ten; what the service says to an eleventh is not on record (facts/exchange-api.md 7). */
const BATCH = 10;
const BATCHES_AT_ONCE = 3;
const BUDGET_MS = 25_000;
const MOST_PAGES = 50;

const responses = z.object({
  responses: z.array(
    z.object({ id: z.string(), status: z.number(), headers: z.record(z.string(), z.unknown()).nullish(), body: z.unknown().optional() }),
  ),
});
type Part = z.infer<typeof responses>["responses"][number];

const partHeaders = (part: Part): Record<string, string> =>
  Object.fromEntries(Object.entries(part.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** A part's body may be text that holds JSON, or a run of NULs. */
const asAnswer = (part: Part) => ({
  status: part.status,
  headers: partHeaders(part),
  body: Buffer.from(typeof part.body === "string" ? part.body : part.body == null ? "" : JSON.stringify(part.body)),
});

function judged(wave: Wave, token: Token, read: Read, came: Came): Verdict<Page & { readonly cookie: string }> {
  const { status, body } = came;
  if (status < 300) {
    const page = pageOf(body);
    return { done: page.ok ? ok({ ...page.value, cookie: came.cookie }) : page };
  }
  const problem = failureOfCame(came, read.call.cmdlet, wave.clock.now());
  if (isRefusal(status) && wave.bearer.isWorthRenewing(token)) return { again: 0, problem };
  const passing = passingOfBody(status, body) ?? (status === 429 || status >= 500 || status === 408 ? "maybe-done" : "final");
  return passing === "final" ? { done: { ok: false, problem } } : { again: came.retryAfterMs, problem };
}

async function sendBatch(wave: Wave, reads: readonly Read[]): Promise<readonly Verdict<Page & { readonly cookie: string }>[]> {
  const token = await wave.bearer.get();
  const all = <T>(result: Result<T> & { readonly ok: false }): readonly Verdict<never>[] => reads.map(() => ({ done: result }));
  if (!token.ok) return all(token);
  const parts = reads.map((read) => ({
    id: randomUUID(),
    method: "POST",
    url: invokeUrl(wave.exchangeUrl, wave.tenant, read.select),
    headers: headersOf(wave.tenant, token.value.text, read.call.cmdlet),
    body: envelopeOf(read.call),
  }));
  const answer = await wave.http.request({
    service: SERVICE,
    method: "POST",
    url: batchUrl(wave.exchangeUrl, wave.tenant),
    headers: batchHeadersOf(wave.tenant, token.value.text),
    body: JSON.stringify({ requests: parts }),
    idempotent: true,
    timeoutMs: 30_000,
    budgetMs: BUDGET_MS,
    passing: (one) => passingOfBody(one.status, cameOf(one, 0).body),
  });
  if (!answer.ok) return all(answer);
  const now = wave.clock.now();
  const outer = cameOf(answer.value, now);
  if (outer.status !== 200) return reads.map((read) => judged(wave, token.value, read, outer));
  const read = responses.safeParse(outer.body);
  if (!read.success)
    return all(no("unreadable", "Exchange Online answered a batch in a form we do not know.", { evidence: outer.evidence }));
  const byId = new Map(read.data.responses.map((part) => [part.id, part]));
  return reads.map((one, nth) => {
    const part = byId.get(parts[nth]?.id ?? "");
    if (part === undefined)
      return { done: no("unreadable", `Exchange Online left ${one.call.cmdlet} out of its answer.`, { evidence: outer.evidence }) };
    const came = cameOf(asAnswer(part), now);
    return judged(wave, token.value, one, { ...came, cookie: outer.cookie, evidence: { ...outer.evidence, ...came.evidence } });
  });
}

/** Only the same host gets our token, and a page that fails is a failure of the whole list, never its end. */
async function toTheEnd(wave: Wave, read: Read, first: Page & { readonly cookie: string }): Promise<Result<readonly Row[]>> {
  const rows = [...first.rows];
  let page: Page = first;
  let { cookie } = first;
  for (let pages = 1; page.next !== null; pages++) {
    if (pages >= MOST_PAGES) return no("unreadable", `${read.call.cmdlet} has more pages than we read.`);
    if (new URL(page.next, wave.exchangeUrl).origin !== new URL(wave.exchangeUrl).origin)
      return no("unreadable", "Exchange Online sent us to another host for the rest of a list, and we do not go there.");
    const came = await invoke(wave, wave.bearer, read.call, {
      tenant: wave.tenant,
      page: { url: new URL(page.next, wave.exchangeUrl).href, cookie },
    });
    if (!came.ok) return came;
    if (came.value.status >= 300) return { ok: false, problem: failureOfCame(came.value, read.call.cmdlet, wave.clock.now()) };
    const next = pageOf(came.value.body);
    if (!next.ok) return next;
    page = next.value;
    cookie = came.value.cookie || cookie;
    rows.push(...page.rows);
  }
  if (isCutShort(page)) return no("unreadable", `Exchange Online showed only a part of what ${read.call.cmdlet} finds.`);
  return ok(rows);
}

/** The rows of every read, in their order. */
export async function readAll(
  wave: Wave,
  reads: readonly Read[],
  within: Gate = createGate(BATCHES_AT_ONCE),
): Promise<readonly Result<readonly Row[]>[]> {
  const firsts = await inRounds({
    questions: reads,
    size: BATCH,
    budgetMs: BUDGET_MS,
    send: (batch: readonly Read[]) => within(() => sendBatch(wave, batch)),
    ...(wave.pause === undefined ? {} : { pause: wave.pause }),
  });
  return Promise.all(
    reads.map((read, nth) => {
      const first = firsts[nth];
      if (first === undefined) throw new Error("A read has no answer.");
      return first.ok ? toTheEnd(wave, read, first.value) : first;
    }),
  );
}
