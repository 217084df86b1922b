/** Pages by number: past the end is an empty page, which is how the official client knows that it has everything. */
import type { Answer } from "./errors";

export function paged<T>(items: T[], query: URLSearchParams, perPageOtherwise: number): Answer & { result: T[] } {
  const page = Number(query.get("page") ?? 1);
  const perPage = Number(query.get("per_page") ?? perPageOtherwise);
  const result = items.slice((page - 1) * perPage, page * perPage);
  const info = {
    page,
    per_page: perPage,
    count: result.length,
    total_count: items.length,
    total_pages: Math.ceil(items.length / perPage),
  };
  return { status: 200, result, info };
}

/** Sorts by a property of the shown objects; without one the order stays. */
export function ordered<T extends object>(items: T[], by: string | null, direction: string | null): T[] {
  if (by === null) return items;
  const key = (item: T) => {
    const value: unknown = Reflect.get(item, by);
    return typeof value === "number" ? value : String(value ?? "");
  };
  const sign = direction === "desc" ? -1 : 1;
  return [...items].sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    return a === b ? 0 : (a < b ? -1 : 1) * sign;
  });
}
