/** Who is shut out, and until when: after 1,200 calls in five minutes Cloudflare answers nothing but 429 for the next five. */
import { createHash } from "node:crypto";
import type { Clock } from "@/lib/base/clock";
import { retryAfterMs } from "@/lib/base/http";
import type { Problem } from "@/lib/base/result";

/** Source: Cloudflare's page on API rate limits; shared by all tokens of an account and its dashboard. */
const BLOCK_MS = 5 * 60_000;

export type Blocks = {
  /** The problem while this token is shut out; null when it may ask. */
  readonly of: (token: string) => Problem | null;
  readonly note: (token: string, headers: Readonly<Record<string, string>>) => void;
};

export const throttled = (retryAt: number, evidence: Readonly<Record<string, string>> = {}): Problem => ({
  code: "throttled",
  say: "Cloudflare asks us to slow down: this account made too many calls, its dashboard included.",
  fix: "Wait; we go on by ourselves.",
  retryAt,
  evidence,
});

export const retryAtOf = (headers: Readonly<Record<string, string>>, now: number): number => now + (retryAfterMs(headers, now) ?? BLOCK_MS);

/** Asking while shut out would only make it last, so nobody of this process does. Tokens are remembered by their hash. */
export function createBlocks(clock: Clock): Blocks {
  const until = new Map<string, number>();
  const keyOf = (token: string) => createHash("sha256").update(token).digest("hex");
  return {
    of: (token) => {
      const key = keyOf(token);
      const retryAt = until.get(key);
      if (retryAt === undefined) return null;
      if (retryAt > clock.now()) return throttled(retryAt);
      until.delete(key);
      return null;
    },
    note: (token, headers) => void until.set(keyOf(token), retryAtOf(headers, clock.now())),
  };
}
