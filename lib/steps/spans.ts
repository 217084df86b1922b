/** Spans and moments of time in words. */

const UNITS: readonly (readonly [seconds: number, word: string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** 300 -> "5 minutes", 5400 -> "90 minutes", 86400 -> "1 day": in the largest unit that loses nothing. */
export function span(seconds: number): string {
  const [size, word] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, "second"];
  const count = seconds / size;
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** "2026-05-03 12:40 UTC" */
export const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const LIST = new Intl.ListFormat("en-GB");
/** "a", "a and b", "a, b and c" */
export const listed = (words: readonly string[]): string => LIST.format(words);
