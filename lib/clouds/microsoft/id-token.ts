/** An id token, believed only after its signature, issuer, audience, tenant, nonce and times were checked by us: msal checks none of the first. */
import { timingSafeEqual } from "node:crypto";
import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { Clock } from "@/lib/base/clock";
import { type Http, jsonOf } from "@/lib/base/http";
import { no, ok, type Result } from "@/lib/base/result";
import type { Authority } from "./authority";

export type Claims = z.infer<typeof claims>;
export type Verifier = (idToken: string, authority: Authority, nonce: string) => Promise<Result<Claims>>;

const SERVICE = "Microsoft Entra ID";
const SKEW_SECONDS = 60;
const KEYS_KEPT_MS = 24 * 3_600_000;
/** A token signed with a key we have not seen makes us look again, but not more often than this: anybody can send one. */
const KEYS_AGAIN_MS = 30_000;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const words = z.array(z.string()).default([]);
const claims = z.object({
  tid: z.string().regex(GUID),
  oid: z.string().regex(GUID),
  iat: z.number(),
  nonce: z.string(),
  name: z.string().default(""),
  preferred_username: z.string().default(""),
  wids: words,
  roles: words,
});

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });
type Keys = { readonly find: ReturnType<typeof createLocalJWKSet>; readonly seenAt: number };

const refused = (why: string) =>
  no("denied", "This sign-in could not be trusted, so it was refused.", { fix: "Sign in again.", evidence: { reason: why } });

const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function tenantOf(idToken: string): string | null {
  try {
    const { tid } = decodeJwt(idToken);
    return typeof tid === "string" && GUID.test(tid) ? tid : null;
  } catch {
    return null;
  }
}

export function createVerifier({
  http,
  clock,
  clientId,
}: {
  readonly http: Http;
  readonly clock: Clock;
  readonly clientId: string;
}): Verifier {
  const kept = new Map<string, Keys>();

  const keysAt = async (url: string, oldestAt: number): Promise<Result<Keys>> => {
    const known = kept.get(url);
    if (known !== undefined && known.seenAt >= oldestAt) return ok(known);
    const answer = await http.request({ service: SERVICE, method: "GET", url, idempotent: true, maxBytes: 500_000 });
    if (!answer.ok) return answer;
    const value = jsonOf(SERVICE, answer.value);
    const read = keySet.safeParse(value.ok ? value.value : null);
    if (!read.success) return no("unreadable", `${SERVICE} sent its keys in a form we do not know.`);
    const keys = { find: createLocalJWKSet(read.data), seenAt: clock.now() };
    kept.set(url, keys);
    return ok(keys);
  };

  const payloadOf = async (idToken: string, keys: Keys, issuer: string): Promise<JWTPayload | errors.JOSEError> => {
    try {
      const checked = await jwtVerify(idToken, keys.find, {
        algorithms: ["RS256"],
        issuer,
        audience: clientId,
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(clock.now()),
        requiredClaims: ["exp", "iat", "nbf", "nonce", "tid", "oid"],
      });
      return checked.payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return error;
      throw error;
    }
  };

  return async (idToken, authority, nonce) => {
    const tenant = tenantOf(idToken);
    if (tenant === null) return refused("no tenant in the token");
    const issuer = authority.issuer.replace("{tenantid}", tenant);
    let keys = await keysAt(authority.jwksUri, clock.now() - KEYS_KEPT_MS);
    if (!keys.ok) return keys;
    let payload = await payloadOf(idToken, keys.value, issuer);
    if (payload instanceof errors.JWKSNoMatchingKey) {
      keys = await keysAt(authority.jwksUri, clock.now() - KEYS_AGAIN_MS);
      if (!keys.ok) return keys;
      payload = await payloadOf(idToken, keys.value, issuer);
    }
    if (payload instanceof errors.JOSEError) return refused(payload.code);
    const read = claims.safeParse(payload);
    if (!read.success) return refused("claims are missing");
    return isSame(read.data.nonce, nonce) ? ok(read.data) : refused("the nonce is another");
  };
}
