/** Authorization codes: each good once, for ten minutes of the sandbox's clock, for the redirect URI and verifier it was asked with. */
import { createHash, randomBytes } from "node:crypto";
import type { Tenant, User } from "../tenant";
import type { World } from "../world";
import { type Refusal, refusals } from "./errors";

const LIFE_MS = 10 * 60_000;

export interface Grant {
  tenant: Tenant;
  user: User;
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
}

interface Code extends Grant {
  madeAt: number;
  isUsed: boolean;
}

const codesOf = new WeakMap<World, Map<string, Code>>();

function codes(world: World): Map<string, Code> {
  const known = codesOf.get(world) ?? new Map<string, Code>();
  codesOf.set(world, known);
  return known;
}

export function makeCode(world: World, grant: Grant): string {
  const code = `0.${randomBytes(48).toString("base64url")}`;
  codes(world).set(code, { ...grant, madeAt: world.clock.now(), isUsed: false });
  return code;
}

/** Takes the code: whatever comes of it, it is used up. */
export function redeemCode(world: World, form: URLSearchParams): Grant | Refusal {
  const code = codes(world).get(form.get("code") ?? "");
  if (!code) return refusals.grant();
  if (code.isUsed) return refusals.codeUsed();
  code.isUsed = true;
  if (world.clock.now() > code.madeAt + LIFE_MS) return refusals.codeExpired();
  if (form.get("redirect_uri") !== code.redirectUri) return refusals.redirect(form.get("redirect_uri") ?? "");
  if (code.challenge === null) return code;
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  return challenge === code.challenge ? code : refusals.verifier();
}
