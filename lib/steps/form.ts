/** A submitted form as raw settings: what comes back is judged by the step's own schema, never here. */
import { z } from "zod";

const RECORD = /^([A-Za-z][A-Za-z0-9]*)\[([^\]]+)\]$/;

type Raw = Record<string, string | string[] | Record<string, string>>;

function putInto(raw: Raw, name: string, value: string): void {
  const held = raw[name];
  if (Array.isArray(held)) held.push(value);
  else raw[name] = typeof held === "string" ? [held, value] : value;
}

/**
 * `name[key]` becomes an entry of a record, a repeated name a list; what was left empty is left out.
 * Objects have no prototype: a field called `__proto__` is a name like any other.
 */
export function rawSettings(entries: Iterable<readonly [string, string]>): Readonly<Raw> {
  const raw: Raw = Object.create(null);
  for (const [field, value] of entries) {
    if (value.trim() === "") continue;
    const [, name, key] = RECORD.exec(field) ?? [];
    if (name === undefined || key === undefined) {
      putInto(raw, field, value);
      continue;
    }
    const held = raw[name];
    const record: Record<string, string> = typeof held === "object" && !Array.isArray(held) ? held : Object.create(null);
    record[key] = value;
    raw[name] = record;
  }
  return raw;
}

/** Ticked boxes as a form sends them: none, one as text, several as a list. */
export const ticked = z.preprocess((v) => (v === undefined ? [] : typeof v === "string" ? [v] : v), z.array(z.string().max(300)).max(1000));
