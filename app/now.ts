/** What time it is, for the pages: the browser counts on from here. */
export const now = (): number => Date.now();
