/** JSON columns: every one is `{v: 1, value}`, so that a later shape can be told from an earlier one. */
import type { Prisma } from "./generated/client";

export type JsonColumn<T> = { readonly write: (value: T) => Prisma.InputJsonObject; readonly read: (stored: Prisma.JsonValue) => T };

/** What goes in comes out: a column's type is said once, and only this file's rows are ever read back by it. */
export function column<T>(): JsonColumn<T> {
  return {
    // The two casts of the store: Prisma's JSON types know neither readonly nor unknown, and what we read is what `write` of the same column wrote.
    write: (value) => ({ v: 1, value: value as Prisma.InputJsonValue }),
    read: (stored) => {
      if (stored === null || typeof stored !== "object" || Array.isArray(stored) || stored["v"] !== 1)
        throw new Error("A stored value has a version that this code does not know.");
      return stored["value"] as T;
    },
  };
}

export const msOf = (date: Date): number => date.getTime();
export const dateOf = (ms: number): Date => new Date(ms);

/** Ids come from addresses that anybody can type: what is no UUID names nothing, and the database would only complain. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
