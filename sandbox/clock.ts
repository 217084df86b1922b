/** The sandbox's own clock: real time plus an offset that tests move. Lags, token lives and DNS caches all follow it. */
export type Clock = {
  /** Milliseconds since the epoch, as the sandbox sees it. */
  now(): number;
  advance(ms: number): void;
  reset(): void;
  offsetMs(): number;
};

export function makeClock(startOffsetMs = 0): Clock {
  let offset = startOffsetMs;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
    offsetMs: () => offset,
  };
}
