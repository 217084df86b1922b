/** Makes and checks tokens: id tokens for people, access tokens for the application; roles are baked in when a token is issued. */
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { AccessToken, VerifyToken } from "../http";
import { type OtherApplication, rolesInEffect, type Tenant, type User } from "../tenant";
import { cutoverApp, type World } from "../world";
import { grantedOn } from "./grants";
import { type Decoded, decodeToken, isSignedBy, signToken } from "./jwt";
import { signingKey } from "./keys";
import { graphResource, type Resource } from "./permissions";

export const LIFETIME_S = 3_599;
/** Entra puts this into `wids` of every member's token, whatever roles they hold. */
const MEMBER = "b79fbf4d-3ef9-4689-8143-76b194e85509";
/** And this into an application's. */
const APPLICATION = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";

function times(world: World) {
  const iat = Math.floor(world.clock.now() / 1_000);
  return { iat, nbf: iat, exp: iat + LIFETIME_S + 1 };
}

function signed(world: World, claims: Record<string, unknown>): string {
  const { kid, privateKey } = signingKey(world);
  return signToken({ ...claims, ...times(world), uti: randomUUID() }, { kid, x5t: kid }, privateKey);
}

const issuerOf = (tid: string) => `https://sts.windows.net/${tid}/`;

type Principal = { id: string; appId: string; name: string; roles: string[]; wids: string[] };

/** Cutover's app-only token; `isEmpty` leaves out the roles, as Entra does for an application nobody consented to. */
export function applicationToken(world: World, tenant: Tenant, resource: Resource, isEmpty = false): string {
  const roles = isEmpty ? [] : grantedOn(tenant, resource);
  const wids = isEmpty ? [] : rolesInEffect(tenant, world.clock.now());
  const id = tenant.servicePrincipal?.id ?? "";
  return appOnly(world, tenant, resource, { id, appId: cutoverApp.clientId, name: cutoverApp.name, roles, wids });
}

/** The vendor's; its roles are all on Graph. */
export function vendorToken(world: World, tenant: Tenant, resource: Resource, application: OtherApplication, isEmpty = false): string {
  const roles = isEmpty || resource !== graphResource ? [] : application.roles;
  return appOnly(world, tenant, resource, { ...application, roles, wids: [] });
}

function appOnly(world: World, tenant: Tenant, resource: Resource, { id, appId, name, roles, wids }: Principal): string {
  return signed(world, {
    aud: resource.uri,
    iss: issuerOf(tenant.id),
    appid: appId,
    app_displayname: name,
    idtyp: "app",
    oid: id,
    sub: id,
    tid: tenant.id,
    ver: "1.0",
    wids: [...wids, APPLICATION],
    // no empty list: Entra leaves the claim out
    ...(roles.length > 0 ? { roles } : {}),
  });
}

/** A person's token for Graph's `/me`: sign-in asks for no more than that. */
export function personToken(world: World, tenant: Tenant, user: User): string {
  const who = { oid: user.id, sub: subjectOf(user), tid: tenant.id, upn: user.upn, name: user.name };
  return signed(world, {
    aud: graphResource.uri,
    iss: issuerOf(tenant.id),
    appid: cutoverApp.clientId,
    scp: "openid profile User.Read email",
    ver: "1.0",
    idtyp: "user",
    wids: [...user.directoryRoles, MEMBER],
    ...who,
  });
}

/** `sub` is another for every application (pairwise), `oid` is not. */
function subjectOf(user: User): string {
  return createHash("sha256").update(`${user.id} ${cutoverApp.clientId}`).digest("base64url");
}

export function idToken(world: World, tenant: Tenant, user: User, origin: string, nonce: string | null): string {
  return signed(world, {
    aud: cutoverApp.clientId,
    iss: `${origin}/${tenant.id}/v2.0`,
    name: user.name,
    oid: user.id,
    preferred_username: user.upn,
    sub: subjectOf(user),
    tid: tenant.id,
    ver: "2.0",
    wids: [...user.directoryRoles, MEMBER],
    ...(nonce === null ? {} : { nonce }),
    ...(user.appRoles.length > 0 ? { roles: user.appRoles } : {}),
  });
}

/** msal-node makes its account id of this (base64url of uid and utid). */
export function clientInfo(tenant: Tenant, user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString("base64url");
}

const accessClaims = z.object({
  aud: z.string(),
  iss: z.string(),
  tid: z.string(),
  oid: z.string(),
  appid: z.string(),
  exp: z.number(),
  nbf: z.number(),
  roles: z.array(z.string()).default([]),
  wids: z.array(z.string()).default([]),
  scp: z.string().optional(),
});

export type ReadToken = AccessToken & { exp: number; scp?: string | undefined };

/** Tokens whose signature was found good: checking one takes longer than all the rest of a call. */
const goodTokens = new WeakMap<World, Set<string>>();
const mostGood = 1_000;

function isOurs(token: string, decoded: Decoded, world: World): boolean {
  const good = goodTokens.get(world) ?? new Set<string>();
  goodTokens.set(world, good);
  if (good.has(token)) return true;
  if (decoded.header.alg !== "RS256" || !isSignedBy(decoded, signingKey(world).publicKey)) return false;
  if (good.size >= mostGood) good.clear();
  good.add(token);
  return true;
}

/** What is in an access token, or the word for what is wrong with it. */
export function readToken(token: string, world: World): ReadToken | "malformed" | "signature" | "expired" {
  const decoded = decodeToken(token);
  const claims = accessClaims.safeParse(decoded?.payload);
  if (!decoded || !claims.success) return "malformed";
  const { exp, nbf, iss, tid } = claims.data;
  if (!isOurs(token, decoded, world) || iss !== issuerOf(tid)) return "signature";
  const now = world.clock.now() / 1_000;
  // a clock that was put back leaves tokens from the future: not yet valid
  return now >= exp || now < nbf - 300 ? "expired" : claims.data;
}

/** For the other stand-ins: null for whatever is wrong. Audience, tenant and roles are theirs to judge. */
export const verifyToken = (async (token, world) => {
  const read = readToken(token, world);
  return typeof read === "string" ? null : read;
}) satisfies VerifyToken;
