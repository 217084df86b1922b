/** Signing in and out: a session is a row we can revoke; the cookie holds a random id, the database its hash. */
import { randomBytes } from "node:crypto";
import { ok, type Result } from "@/lib/base/result";
import { hashOf, SESSION, scopeForArrival, visitorOf } from "./access";
import { attemptCookie, type Cookie, ownPath, readAttempt } from "./attempt";
import type { Deps } from "./deps";
import type { Visitor } from "./views";

export type Finished = { readonly token: string; readonly maxAge: number; readonly returnTo: string };
type Params = {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly attempt: string | undefined;
  readonly userAgent: string | null;
};

const newToken = () => randomBytes(32).toString("base64url");
const redirectUri = (deps: Deps) => `${deps.publicUrl}/auth/callback`;
/** Until Graph was asked, the company is called after its sign-in names. */
const companyOf = (upn: string) => upn.split("@")[1] ?? upn;

async function arrive(deps: Deps, visitor: Visitor): Promise<void> {
  const scope = scopeForArrival(visitor);
  const known = await deps.store.tenants.find(scope);
  if (known || visitor.hasRole)
    await deps.store.tenants.arrive(scope, { name: known?.name ?? companyOf(visitor.upn), at: deps.clock.now() });
  if (!known && visitor.hasRole) await deps.store.events.add(scope, { kind: "tenant-began", at: deps.clock.now() });
}

export const signIn = (deps: Deps) => ({
  begin: async ({
    returnTo,
    hint,
  }: {
    readonly returnTo?: string | null;
    readonly hint?: string;
  }): Promise<Result<{ readonly url: string; readonly cookie: Cookie }>> => {
    const begun = await deps.identity.begin({ redirectUri: redirectUri(deps), ...(hint ? { loginHint: hint } : {}) });
    if (!begun.ok) return begun;
    const { url, state, nonce, verifier } = begun.value;
    return ok({ url, cookie: attemptCookie(deps, "cutover-sign-in", { state, nonce, verifier, returnTo: ownPath(returnTo) }) });
  },

  finish: async ({ params, attempt, userAgent }: Params): Promise<Result<Finished>> => {
    const held = readAttempt(deps, "cutover-sign-in", attempt);
    if (!held.ok) return held;
    const { state, nonce = "", verifier = "", returnTo } = held.value;
    const person = await deps.identity.finish({ params, redirectUri: redirectUri(deps), state, nonce, verifier });
    if (!person.ok) return person;
    const { tenantId, oid, name, upn, directoryRoles, appRoles } = person.value;
    const visitor = visitorOf(deps, { tenant: tenantId, oid, name, upn, directoryRoles, appRoles });
    await arrive(deps, visitor);
    const token = newToken();
    const at = deps.wall.now();
    const session = { idHash: hashOf(token), oid, name, upn, directoryRoles, appRoles, userAgent, at, expiresAt: at + SESSION.absoluteMs };
    await deps.store.sessions.open(scopeForArrival(visitor), session);
    const home = visitor.isStaff ? "/support" : `/t/${visitor.tenant}`;
    return ok({ token, maxAge: SESSION.absoluteMs / 1_000, returnTo: returnTo === "/" ? home : returnTo });
  },

  /** @returns who holds this cookie; null when nobody does any more. */
  who: async (token: string | undefined): Promise<Visitor | null> => {
    if (!token) return null;
    const now = deps.wall.now();
    const idHash = hashOf(token);
    const session = await deps.store.sessions.find(idHash, now);
    if (!session || now - session.lastSeenAt > SESSION.idleMs) return null;
    if (now - session.lastSeenAt > 60_000) await deps.store.sessions.touch(idHash, now);
    return visitorOf(deps, session);
  },

  /** A new cookie value for an old session; null while the old one is fresh enough. */
  renew: async (token: string): Promise<{ readonly token: string; readonly maxAge: number } | null> => {
    const now = deps.wall.now();
    const from = hashOf(token);
    const session = await deps.store.sessions.find(from, now);
    if (!session || now - session.rotatedAt < SESSION.rotateMs) return null;
    const fresh = newToken();
    await deps.store.sessions.rotate(scopeForArrival(visitorOf(deps, session)), { from, to: hashOf(fresh), at: now, graceMs: 60_000 });
    return { token: fresh, maxAge: Math.floor((session.expiresAt - now) / 1_000) };
  },

  out: async (token: string | undefined): Promise<void> => {
    if (token) await deps.store.sessions.revoke(hashOf(token), deps.wall.now());
  },
});
