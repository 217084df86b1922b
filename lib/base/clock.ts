/** What time it is, for everything that waits: the machine's clock, or the one at CLOCK_URL that tests and practice runs can move. */
import { exchangeOnce } from "./wire";

export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** A clock that may lag behind the one it follows by up to a second, unless it is asked to look again. */
export type FollowedClock = Clock & {
  /** Looks at the followed clock now; keeps the last known offset when it does not answer. */
  readonly refresh: () => Promise<void>;
};

export const systemClock: FollowedClock = { now: () => Date.now(), refresh: async () => {} };

const FRESH_MS = 1_000;
const TIMEOUT_MS = 2_000;

/** Reads `{"now": ms}`; null when the answer is anything else. */
function nowOf(body: Buffer): number | null {
  const found = /"now"\s*:\s*(\d{1,15})\b/.exec(body.toString("utf8"));
  return found?.[1] === undefined ? null : Number(found[1]);
}

/** Follows the clock at `url`: `now()` is at once, from the last offset seen, and starts a look at most every second. */
export function remoteClock(url: string): FollowedClock {
  let offsetMs = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;

  const look = async () => {
    const sent = Date.now();
    const answer = await exchangeOnce({ method: "GET", url, timeoutMs: TIMEOUT_MS, maxBytes: 1_000 });
    const theirs = answer.kind === "answered" ? nowOf(answer.body) : null;
    // Half of the way there and back is the best guess at when the other side read its clock.
    if (theirs !== null) offsetMs = theirs - (sent + Date.now()) / 2;
    lookedAt = performance.now();
    looking = null;
  };
  const start = () => {
    looking ??= look();
    return looking;
  };
  void start();

  return {
    now: () => {
      if (performance.now() - lookedAt > FRESH_MS) void start();
      return Math.round(Date.now() + offsetMs);
    },
    // A look already under way may have read the clock before it was moved, so a caller who must be exact waits for one of its own.
    refresh: async () => {
      await looking;
      await start();
    },
  };
}

export const createClock = (url: string | undefined): FollowedClock => (url === undefined ? systemClock : remoteClock(url));
