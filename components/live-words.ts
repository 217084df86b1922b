/** What a live page tells its listener: each sentence once, however often it is looked at. */

/** One look, as the server sends it. */
export type Signal = {
  /** Differs when the page would look different. */
  readonly key: string;
  /** Sentences that are true now. */
  readonly say: readonly string[];
  /** Nothing more will change. */
  readonly isSettled: boolean;
};

export type Heard = { readonly key: string | null; readonly said: ReadonlySet<string> };
/** `key` and sentences of what the page already shows are not news. */
export const heardNothing: Heard = { key: null, said: new Set() };

/**
 * @returns what to say now (`null`: stay silent), whether to draw the page again, and what has been heard by then.
 * A sentence that stops being true may be said again when it turns true once more.
 */
export function hear(before: Heard, signal: Signal): { readonly say: string | null; readonly isNew: boolean; readonly heard: Heard } {
  const heard: Heard = { key: signal.key, said: new Set(signal.say) };
  if (before.key === null) return { say: null, isNew: false, heard };
  const news = signal.say.filter((sentence) => !before.said.has(sentence));
  return { say: news.length > 0 ? news.join(" ") : null, isNew: before.key !== signal.key, heard };
}

/** Every 20 s, and slower after five minutes of the same. */
export const pollMs = (sameForMs: number): number => (sameForMs < 300_000 ? 20_000 : 60_000);
