/** Values of PowerShell, as far as our scripts use them: what is true, how things are written and compared, and how JSON comes out. */

/** A table knows no upper and lower case in its keys. */
export class Table {
  readonly #entries = new Map<string, readonly [string, unknown]>();

  get(key: string): unknown {
    return this.#entries.get(key.toLowerCase())?.[1] ?? null;
  }
  set(key: string, value: unknown): void {
    const held = this.#entries.get(key.toLowerCase());
    this.#entries.set(key.toLowerCase(), [held?.[0] ?? key, value]);
  }
  has(key: string): boolean {
    return this.#entries.has(key.toLowerCase());
  }
  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#entries.values()];
  }
}

/** A value of an enumeration: its name in text, a number in JSON. */
export class Enumerated {
  constructor(readonly name: string) {}
}

/** What `throw` throws, and what a cmdlet fails with. */
export class Thrown extends Error {}

export type Edition = "5.1" | "7";

export const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Table) &&
  !(value instanceof Enumerated) &&
  !(value instanceof Error);

export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 ? isTrue(value[0]) : value.length > 1;
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== "";
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (value instanceof Enumerated) return value.name;
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return value.map(textOf).join(" ");
  throw new Error("an object was written as text: in PowerShell that is the name of its type");
}

/** The right side is turned into the kind of the left one; text is compared without regard to case. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (Array.isArray(left)) throw new Error("a list stands left of -eq: PowerShell would filter it");
  if (left === null || left === undefined) return right === null || right === undefined;
  if (right === null || right === undefined) return false;
  if (typeof left === "boolean") return left === isTrue(right);
  if (typeof left === "number") return left === Number(textOf(right));
  return textOf(left).toLowerCase() === textOf(right).toLowerCase();
}

export const contains = (list: unknown, value: unknown): boolean =>
  (Array.isArray(list) ? list : [list]).some((entry) => isEqual(entry, value));

/** No output is nothing, one piece is that piece, more are a list. */
export function unrolled(output: readonly unknown[]): unknown {
  return output.length === 0 ? null : output.length === 1 ? output[0] : [...output];
}

/** Windows PowerShell 5.1 escapes more; both write enumerations as numbers, which is why scripts must turn them into text first. */
export function jsonOf(value: unknown, edition: Edition): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Enumerated) return "1";
  if (Array.isArray(value)) return `[${value.map((entry) => jsonOf(entry, edition)).join(",")}]`;
  const entries = value instanceof Table ? value.entries() : isRow(value) ? Object.entries(value) : null;
  if (entries) return `{${entries.map(([key, held]) => `${jsonOf(key, edition)}:${jsonOf(held, edition)}`).join(",")}}`;
  const json = JSON.stringify(value);
  return edition === "5.1" && typeof value === "string"
    ? json.replace(/[<>&']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    : json;
}
