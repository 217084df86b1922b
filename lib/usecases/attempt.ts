/** What the browser keeps while the person is away at Microsoft: sealed, short-lived, good for one answer. */
import { z } from "zod";
import { parseJson } from "@/lib/base/json";
import { no, ok, type Result } from "@/lib/base/result";
import type { Deps } from "./deps";

const LIFE_MS = 15 * 60_000;
export type Cookie = { readonly name: string; readonly value: string; readonly maxAge: number };

const shape = z.object({
  v: z.literal(1),
  at: z.number(),
  state: z.string(),
  nonce: z.string().optional(),
  verifier: z.string().optional(),
  tenant: z.string().optional(),
  returnTo: z.string(),
});
export type Attempt = Omit<z.infer<typeof shape>, "v" | "at">;

export const attemptCookie = (deps: Deps, name: "cutover-sign-in" | "cutover-consent", attempt: Attempt): Cookie => ({
  name,
  value: deps.seal.seal(JSON.stringify({ v: 1, at: deps.wall.now(), ...attempt }), name),
  maxAge: LIFE_MS / 1_000,
});

export function readAttempt(deps: Deps, name: "cutover-sign-in" | "cutover-consent", value: string | undefined): Result<Attempt> {
  const late = () => no("denied", "This took longer than fifteen minutes, or was begun in another browser.", { fix: "Begin again." });
  if (!value) return late();
  const text = deps.seal.open(value, name);
  if (!text.ok) return late();
  const json = parseJson(text.value);
  const read = shape.safeParse(json.ok ? json.value : null);
  return read.success && Math.abs(deps.wall.now() - read.data.at) < LIFE_MS ? ok(read.data) : late();
}

/** Only paths of our own: an address from outside would send people away after signing in. */
export const ownPath = (path: string | null | undefined): string => (path && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) ? path : "/");
