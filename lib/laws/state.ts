/** A tenant's state as a person would compare two of them. Shares no code with lib/model. */

export type Obj = { readonly [property: string]: unknown } & { readonly Guid: string; readonly Name: string };
export type State = { readonly [kind: string]: readonly Obj[] };

export const objects = (state: State, kind: string): readonly Obj[] => state[kind] ?? [];

/** The state with one object changed by `edit`. */
export const withObject = (state: State, kind: string, guid: string, edit: (o: Obj) => Obj): State => ({
  ...state,
  [kind]: objects(state, kind).map((o) => (o.Guid === guid ? edit(o) : o)),
});

export const withMore = (state: State, kind: string, more: Obj): State => ({ ...state, [kind]: [...objects(state, kind), more] });

/** Evidence that time alone changes, and what nobody can take back. */
const IGNORED = new Set(["OrganizationConfig", "resolvers"]);

const comparable = (o: Obj) =>
  Object.fromEntries(
    Object.entries(o)
      .filter(([property]) => property !== "Guid")
      .map(([property, v]) => [property, Array.isArray(v) && v.every((e) => typeof e === "string") ? [...v].sort() : (v ?? null)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

/** No ids, no order of lists or objects, nothing that cannot be undone. */
export const essence = (state: State): unknown =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([kind]) => !IGNORED.has(kind))
      .map(([kind, all]) => [kind, [...all].sort((a, b) => (a.Name < b.Name ? -1 : 1)).map(comparable)]),
  );
