/** What a field holds now: its own word for it, else the saved setting of that name; `name.key` is an entry of a record. */
import type { Field } from "@/lib/steps/shape";

const RECORD = /^([^.]+)\.(.+)$/;
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

function entryOf(record: unknown, key: string): unknown {
  return typeof record === "object" && record !== null ? Object.entries(record).find(([name]) => name === key)?.[1] : undefined;
}

export function heldBy(field: Field, settings: Readonly<Record<string, unknown>>): string | readonly string[] {
  if (field.value !== undefined) return field.value;
  const [, name = field.name, key] = RECORD.exec(field.name) ?? [];
  const held = key === undefined ? settings[name] : entryOf(settings[name], key);
  return Array.isArray(held) ? held.map(textOf) : textOf(held);
}
