/** Questions as data. Four forms: ask a cloud, ask it again for every row, ask what we saw before, and `per`, which groups them by key. */
import { no, ok, type Result } from "@/lib/base/result";
import { factsOf, type Kind, type Row, readRows } from "./nouns";
import { type Props, propsOf } from "./props";

/** `of` narrows the question to one object, such as a domain; "" asks for all. */
export type Ask<K extends Kind = Kind> = { readonly form: "ask"; readonly kind: K; readonly of: string };
/** What a row of another answer is asked about; null leaves the row out. `key` is the key of a keyed answer. */
type Of = (row: Props, key: string) => string | null;
export type Each<K extends Kind = Kind, F extends "each" | "each-past" = "each" | "each-past"> = {
  readonly form: F;
  readonly rows: Ask | Per<Ask>;
  readonly kind: K;
  readonly of: Of;
};
export type Past<K extends Kind = Kind> = { readonly form: "past"; readonly ask: Ask<K> };
export type Per<Q extends Ask | Past = Ask | Past> = { readonly form: "per"; readonly asks: Readonly<Record<string, Q>> };
export type Query = Ask | Each | Past | Per;
export type Queries = Readonly<Record<string, Query>>;

export const ask = <K extends Kind>(kind: K, of = ""): Ask<K> => ({ form: "ask", kind, of });
/** @throws for a kind of which only the last answer is kept. */
function remembered<K extends Kind>(kind: K): K {
  if (factsOf(kind).isRemembered !== true) throw new Error(`Earlier answers about ${kind} are not kept.`);
  return kind;
}
const byGuid: Of = (row) => String(row["Guid"] ?? "");
/** The same question for every row of another answer, keyed by what it is about: the row's Guid, unless `of` says otherwise. */
export const each = <K extends Kind>(rows: Ask | Per<Ask>, kind: K, of: Of = byGuid): Each<K, "each"> => ({ form: "each", rows, kind, of });
/** `past` for every row of another answer. */
export const eachPast = <K extends Kind>(rows: Ask | Per<Ask>, kind: K, of: Of = byGuid): Each<K, "each-past"> => ({
  form: "each-past",
  rows,
  kind: remembered(kind),
  of,
});
/** The stretches of time in which an answer stayed the same; asks it as well, so that the last stretch is now. */
export const past = <K extends Kind>(q: Ask<K>): Past<K> => ({ form: "past", ask: { ...q, kind: remembered(q.kind) } });
/** One question a key; the answer is a result a key, so that one dead name server does not blind fifty domains. */
export const per = <Q extends Ask | Past>(keys: readonly string[], q: (key: string) => Q): Per<Q> => ({
  form: "per",
  asks: Object.fromEntries(keys.map((key) => [key, q(key)])),
});

/** A stretch of time in which the answer stayed the same, in ms since 1970. */
export type Moment<K extends Kind> = { readonly rows: readonly Row<K>[]; readonly first: number; readonly last: number };
/** Since when all answers were so, up to now; null when the last one is not, or nothing was ever seen. */
export function sinceWhen<K extends Kind>(moments: readonly Moment<K>[], isSo: (m: Moment<K>) => boolean): number | null {
  const lastNot = moments.findLastIndex((m) => !isSo(m));
  return moments[lastNot + 1]?.first ?? null;
}

type One<Q> = Q extends Ask<infer K> ? readonly Row<K>[] : Q extends Past<infer K> ? readonly Moment<K>[] : never;
export type Answer<Q> =
  Q extends Each<infer K, infer F>
    ? Readonly<Record<string, Result<F extends "each-past" ? readonly Moment<K>[] : readonly Row<K>[]>>>
    : Q extends Per<infer Inner>
      ? Readonly<Record<string, Result<One<Inner>>>>
      : One<Q>;
export type Reading<Q extends Queries> = { readonly [N in keyof Q]: Answer<Q[N]> };

/** A stored stretch: the raw answer kept beside the times. */
export type RawMoment = { readonly raw: unknown; readonly first: number; readonly last: number };
/** Everything known when a step is judged: raw answers by the name of their ask, and what was seen before. */
export type Known = { readonly raw: ReadonlyMap<string, Result<unknown>>; readonly past: ReadonlyMap<string, readonly RawMoment[]> };

export const nameOf = (q: Ask): string => (q.of ? `${q.kind}/${q.of}` : q.kind);

export function answer<K extends Kind>(q: Ask<K>, known: Known): Result<readonly Row<K>[]> {
  const raw = known.raw.get(nameOf(q)) ?? no("not-asked", `${nameOf(q)} has not been asked yet.`);
  return raw.ok ? readRows(q.kind, raw.value) : raw;
}

/** What the rows known so far are asked about; a failed answer has none. */
function subjectsOf({ rows, of }: Each, known: Known): readonly string[] {
  const asks: Readonly<Record<string, Ask>> = rows.form === "ask" ? { "": rows } : rows.asks;
  const subjects = Object.entries(asks).flatMap(([key, q]) => {
    const seen = answer(q, known);
    return seen.ok ? seen.value.flatMap((row) => of(propsOf(row), key) ?? []) : [];
  });
  return [...new Set(subjects)];
}

/** The asks of a query that can be sent with what is known so far. `each` has none but its first until that is answered. */
export function asksOf(q: Query, known: Known): readonly Ask[] {
  if (q.form === "ask") return [q];
  if (q.form === "past") return [q.ask];
  if (q.form === "per") return Object.values(q.asks).flatMap((one) => asksOf(one, known));
  return [...asksOf(q.rows, known), ...subjectsOf(q, known).map((of) => ask(q.kind, of))];
}

/** Every kind of object that a query is about. */
export function kindsIn(q: Query): readonly Kind[] {
  if (q.form === "ask") return [q.kind];
  if (q.form === "past") return [q.ask.kind];
  if (q.form === "per") return Object.values(q.asks).flatMap(kindsIn);
  return [...kindsIn(q.rows), q.kind];
}

function stretches<K extends Kind>(q: Past<K>, known: Known): Result<readonly Moment<K>[]> {
  const held = known.past.get(nameOf(q.ask)) ?? [];
  return ok(
    held.flatMap(({ raw, first, last }) => {
      const rows = readRows(q.ask.kind, raw);
      return rows.ok ? [{ rows: rows.value, first, last }] : []; // an older shape that we no longer read is no evidence either way
    }),
  );
}

/** Rows that are a keyed answer never fail as a whole: each of their keys does for itself. */
function ofEach(q: Each, known: Known): Result<unknown> {
  const rows = q.rows.form === "ask" ? answer(q.rows, known) : ok([]);
  if (!rows.ok) return rows;
  const one = (of: string) => (q.form === "each" ? answer(ask(q.kind, of), known) : stretches(past(ask(q.kind, of)), known));
  return ok(Object.fromEntries(subjectsOf(q, known).map((of) => [of, one(of)])));
}

function resolved(q: Query, known: Known): Result<unknown> {
  if (q.form === "ask") return answer(q, known);
  if (q.form === "past") return stretches(q, known);
  if (q.form === "per") return ok(Object.fromEntries(Object.entries(q.asks).map(([key, one]) => [key, resolved(one, known)])));
  return ofEach(q, known);
}

/** The answer of a query from what is known: rows, moments, or a result a key. */
export const resolve = <Q extends Query>(q: Q, known: Known): Result<Answer<Q>> => resolved(q, known) as Result<Answer<Q>>; // every row was parsed by its noun, and the form says how they are put together
