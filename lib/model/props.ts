/** Properties of outside objects in our spelling: plain values and lists of text, compared without regard to order. */
export type Value = string | number | boolean | null;
export type List = readonly string[];
export type Props = Readonly<Record<string, Value | List>>;

export const isList = (value: unknown): value is List => Array.isArray(value);

/** Looked up, not searched: a list of people has tens of thousands of entries. */
export function without(list: List, other: List): List {
  if (list.length === 0 || other.length === 0) return list;
  const gone = new Set(other);
  return list.filter((entry) => !gone.has(entry));
}

const canonical = (value: Value | List | undefined): string => JSON.stringify(isList(value) ? [...value].sort() : (value ?? null));

/** Whether two values mean the same: lists in any order, nothing and null alike. */
export const isSame = (a: Value | List | undefined, b: Value | List | undefined): boolean => canonical(a) === canonical(b);

/** `Guid` and `Name` say which object it is; everything else is a setting. */
export const isSetting = (property: string): boolean => property !== "Guid" && property !== "Name";

/** Lists of objects (DNS servers and the like) are evidence, not settings: nobody edits them. */
export const propsOf = (row: object): Props =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([, v]) =>
        v === null || ["string", "number", "boolean"].includes(typeof v) || (Array.isArray(v) && v.every((e) => typeof e === "string")),
    ),
  );
