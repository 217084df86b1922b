/** 1,200 calls in five minutes for all tokens of an account together; whoever goes over is shut out for the next five (Cloudflare's rate limit page). */
import type { CloudflareAccount } from "../tenant";

export const MOST_CALLS = 1_200;
export const WINDOW_MS = 300_000;

interface Window {
  from: number;
  calls: number;
  blockedUntil: number;
}

/** By the account itself, so that a tenant that is reset starts anew. */
const windows = new WeakMap<CloudflareAccount, Window>();

function windowOf(account: CloudflareAccount, now: number): Window {
  const old = windows.get(account);
  // a clock that was put back makes what was counted later worthless
  const isOver = !old || now < old.from || (old.blockedUntil > 0 ? now >= old.blockedUntil : now >= old.from + WINDOW_MS);
  const current = isOver ? { from: now, calls: 0, blockedUntil: 0 } : old;
  windows.set(account, current);
  return current;
}

export interface Counted {
  headers: Record<string, string>;
  /** Whole seconds until the next call is let in; null where this one is. */
  waitSeconds: number | null;
}

/** Counts one call. */
export function count(account: CloudflareAccount, now: number): Counted {
  const window = windowOf(account, now);
  window.calls += 1;
  if (window.calls > MOST_CALLS && window.blockedUntil === 0) window.blockedUntil = now + WINDOW_MS;
  const until = window.blockedUntil || window.from + WINDOW_MS;
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000));
  const headers = {
    ratelimit: `"default";r=${Math.max(0, MOST_CALLS - window.calls)};t=${seconds}`,
    "ratelimit-policy": `"default";q=${MOST_CALLS};w=${WINDOW_MS / 1_000}`,
  };
  return { headers, waitSeconds: window.blockedUntil ? seconds : null };
}
