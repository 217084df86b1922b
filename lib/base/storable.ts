/** What PostgreSQL can keep: neither its text nor its JSON holds the character NUL, and its JSON no half of a surrogate pair. */

/** Whether a value of JSON can be kept as it is. */
export const isStorable = (value: unknown): boolean => !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value) ?? "");

/** A text for people, cut to `most` characters, without what cannot be kept. */
export const storable = (text: string, most: number): string => text.slice(0, most).replace(/[\0\p{Cs}]/gu, "");
