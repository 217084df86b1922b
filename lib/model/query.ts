/** Questions as data. Three forms: ask a cloud, ask it again for every row, ask what we saw before. `per` groups them by key. */
import { no, ok, type Result } from "@/lib/base/result";
import { type Kind, type Row, readRows } from "./nouns";

/** `of` narrows the question to one object, such as a domain; "" asks for all. */
export type Ask<K extends Kind = Kind> = { readonly form: "ask"; readonly kind: K; readonly of: string };
export type Each<K extends Kind = Kind> = { readonly form: "each"; readonly rows: Ask; readonly kind: K };
export type Past<K extends Kind = Kind> = { readonly form: "past"; readonly ask: Ask<K> };
export type Per<Q extends Ask | Past = Ask | Past> = { readonly form: "per"; readonly asks: Readonly<Record<string, Q>> };
export type Query = Ask | Each | Past | Per;
export type Queries = Readonly<Record<string, Query>>;

export const ask = <K extends Kind>(kind: K, of = ""): Ask<K> => ({ form: "ask", kind, of });
/** The same question for every row of another answer, keyed by the row's Guid. */
export const each = <K extends Kind>(rows: Ask, kind: K): Each<K> => ({ form: "each", rows, kind });
/** The stretches of time in which an answer stayed the same; asks it as well, so that the last stretch is now. */
export const past = <K extends Kind>(q: Ask<K>): Past<K> => ({ form: "past", ask: q });
/** One question a key; the answer is a result a key, so that one dead name server does not blind fifty domains. */
export const per = <Q extends Ask | Past>(keys: readonly string[], q: (key: string) => Q): Per<Q> => ({
  form: "per",
  asks: Object.fromEntries(keys.map((key) => [key, q(key)])),
});

/** A stretch of time in which the answer stayed the same, in ms since 1970. */
export type Moment<K extends Kind> = { readonly rows: readonly Row<K>[]; readonly first: number; readonly last: number };
type One<Q> = Q extends Ask<infer K> ? readonly Row<K>[] : Q extends Past<infer K> ? readonly Moment<K>[] : never;
export type Answer<Q> =
  Q extends Each<infer K>
    ? Readonly<Record<string, Result<readonly Row<K>[]>>>
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

/** The asks of a query that can be sent with what is known so far. `each` has none but its first until that is answered. */
export function asksOf(q: Query, known: Known): readonly Ask[] {
  if (q.form === "ask") return [q];
  if (q.form === "past") return [q.ask];
  if (q.form === "per") return Object.values(q.asks).flatMap((one) => asksOf(one, known));
  const rows = answer(q.rows, known);
  return [q.rows, ...(rows.ok ? rows.value.map((row) => ask(q.kind, row.Guid)) : [])];
}

function stretches(q: Past, known: Known): Result<unknown> {
  const held = known.past.get(nameOf(q.ask)) ?? [];
  return ok(
    held.flatMap(({ raw, first, last }) => {
      const rows = readRows(q.ask.kind, raw);
      return rows.ok ? [{ rows: rows.value, first, last }] : []; // an older shape that we no longer read is no evidence either way
    }),
  );
}

/** The answer of a query from what is known: rows, moments, or a result a key. */
export function resolve(q: Query, known: Known): Result<unknown> {
  if (q.form === "ask") return answer(q, known);
  if (q.form === "past") return stretches(q, known);
  if (q.form === "per") return ok(Object.fromEntries(Object.entries(q.asks).map(([key, one]) => [key, resolve(one, known)])));
  const rows = answer(q.rows, known);
  return rows.ok ? ok(Object.fromEntries(rows.value.map((row) => [row.Guid, answer(ask(q.kind, row.Guid), known)]))) : rows;
}
