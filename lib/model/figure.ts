/** Numbers as people read them. */

/** 12345 -> "12,345" */
export const figure = (n: number): string => n.toLocaleString("en-GB");

export const people = (count: number): string => (count === 1 ? "1 person" : `${figure(count)} people`);
