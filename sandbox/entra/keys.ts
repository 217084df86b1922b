/** The key that signs the sandbox's tokens: made once, kept with the world, shown as JWKS. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { EntraState, World } from "../world";

const jwk = z.object({ kty: z.literal("RSA"), n: z.string(), e: z.string() }).catchall(z.string());

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  n: string;
  e: string;
}

const loaded = new WeakMap<EntraState, SigningKey>();

function load(stored: unknown): SigningKey {
  const parsed = jwk.parse(stored);
  const privateKey = createPrivateKey({ key: parsed, format: "jwk" });
  const kid = createHash("sha256").update(parsed.n).digest("base64url").slice(0, 27);
  return { kid, privateKey, publicKey: createPublicKey(privateKey), n: parsed.n, e: parsed.e };
}

export function signingKey(world: World): SigningKey {
  const known = loaded.get(world.entra);
  if (known) return known;
  if (world.entra.signingKeys.length === 0) {
    world.entra.signingKeys.push({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }) });
    world.save();
  }
  const key = load(world.entra.signingKeys[0]);
  loaded.set(world.entra, key);
  return key;
}

export function jwks(world: World): unknown {
  const { kid, n, e } = signingKey(world);
  return { keys: [{ kty: "RSA", use: "sig", alg: "RS256", kid, x5t: kid, n, e }] };
}
