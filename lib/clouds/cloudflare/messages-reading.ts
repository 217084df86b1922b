/** How texts, lists and times of messages are read: by strangers and of any length, so all are bounded, and nothing in them makes an answer unreadable. */
import { z } from "zod";
import { storable } from "@/lib/base/storable";

const textOf = (v: unknown, most: number): string =>
  typeof v === "string"
    ? storable(v, most)
        .replace(/\p{Cc}/gu, " ")
        .trim()
    : typeof v === "number"
      ? String(v)
      : "";

/** Whatever it is, and that it is missing. */
export const anything = z.unknown().default(null);

/** One line of at most so many characters; "" for what is no text. */
export const line = (most: number) => z.preprocess((v) => textOf(v, most), z.string());

const listOf = (v: unknown): readonly unknown[] => (Array.isArray(v) ? v : typeof v === "string" ? [v] : []);

/** As `line`, each; a single text counts as a list of one. */
export const lines = (most: number, mostText: number) =>
  z.preprocess(
    (v) =>
      listOf(v)
        .slice(0, most)
        .map((one) => textOf(one, mostText))
        .filter((one) => one !== ""),
    z.array(z.string()).readonly(),
  );

/** Whatever of a list has this shape; the rest is left out. */
export const rows = <T>(most: number, shape: z.ZodType<T>) =>
  anything.transform((v): readonly T[] => (Array.isArray(v) ? v : []).slice(0, most).flatMap((one) => shape.safeParse(one).data ?? []));

/** ms since 1970, or null. All times are UTC, also those that leave the zone out. */
export function momentOf(...written: readonly unknown[]): number | null {
  const [first] = written.filter((one): one is string => typeof one === "string" && one !== "");
  if (first === undefined) return null;
  const at = Date.parse(/^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(first) ? `${first.replace(" ", "T")}Z` : first);
  return Number.isNaN(at) ? null : at;
}

/** Times of a search are text without fractions of a second. */
export const written = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** A Message-ID without its brackets and case: with and without them, it is the same. */
export const bareId = (messageId: string): string => messageId.trim().replace(/^<|>$/g, "").toLowerCase();
