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

const TIMES_AND_IDS = ["Guid", "WhenChangedUTC", "LastValidationTimestamp"];
const comparable = (o: Obj) =>
  Object.fromEntries(
    Object.entries(o)
      .filter(([property]) => !TIMES_AND_IDS.includes(property))
      .map(([property, v]) => [property, Array.isArray(v) && v.every((e) => typeof e === "string") ? [...v].sort() : (v ?? null)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

const isOurs = (o: Obj) => o.Guid.startsWith("made-");

/** The order of others' rules among themselves; where ours stand between them is given at their birth. */
const placed = (all: readonly Obj[]): readonly Obj[] => {
  const others = all.filter((o) => !isOurs(o)).toSorted((a, b) => Number(a["Priority"]) - Number(b["Priority"]));
  return all.map((o) => ({ ...o, Priority: isOurs(o) ? null : others.indexOf(o) }));
};

/** The first notification settings of a tenant stay, in the place of a stand-in. */
const lasting = (all: readonly Obj[]): readonly Obj[] => all.filter((o) => !isOurs(o) && o.Name !== "DefaultGlobalPolicy");

const settled = (kind: string, all: readonly Obj[]): readonly Obj[] => {
  if (kind === "TransportRule") return placed(all);
  return kind === "GlobalQuarantinePolicy" ? lasting(all) : all;
};

/** No ids, no order of lists or objects, nothing that cannot be undone. */
export const essence = (state: State): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([kind]) => !IGNORED.has(kind))
      .map(([kind, all]) => [kind, [...settled(kind, all)].sort((a, b) => (a.Name < b.Name ? -1 : 1)).map(comparable)]),
  );
