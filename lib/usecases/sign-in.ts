/** Signing in and out: a session is a row we can revoke; the cookie holds a random id, the database its hash. */
import { randomBytes } from "node:crypto";
import { ok, type Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import type { SessionRow } from "@/lib/store/sessions";
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
const MOST_OF_A_USER_AGENT = 300;
const redirectUri = (deps: Deps) => `${deps.publicUrl}/auth/callback`;
/** Until Graph was asked, the company is called after its sign-in names. */
const companyOf = (upn: string) => upn.split("@")[1] ?? upn;

async function arrive(deps: Deps, visitor: Visitor): Promise<void> {
  const scope = scopeForArrival(visitor);
  const at = deps.clock.now();
  await deps.store.together(scope, async (store) => {
    const known = await store.tenants.find(scope);
    if (!known && !visitor.hasRole) return;
    await store.tenants.arrive(scope, { name: known?.name ?? companyOf(visitor.upn).slice(0, 200), at });
    if (!known) await store.events.add(scope, { kind: "tenant-began", at });
  });
}

/** The session of a cookie, unless it has ended or nobody used it for too long. */
async function aliveOf(deps: Deps, token: string | undefined, now: number): Promise<SessionRow | null> {
  const session = token ? await deps.store.sessions.find(hashOf(token), now) : null;
  return session && now - session.lastSeenAt <= SESSION.idleMs ? session : null;
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
    await deps.store.sessions.open(scopeForArrival(visitor), {
      idHash: hashOf(token),
      oid,
      name,
      upn,
      directoryRoles,
      appRoles,
      userAgent: userAgent && storable(userAgent, MOST_OF_A_USER_AGENT),
      at,
      expiresAt: at + SESSION.absoluteMs,
    });
    const home = visitor.isStaff ? "/support" : `/t/${visitor.tenant}`;
    return ok({ token, maxAge: SESSION.absoluteMs / 1_000, returnTo: returnTo === "/" ? home : returnTo });
  },

  /** @returns who holds this cookie; null when nobody does any more. */
  who: async (token: string | undefined): Promise<Visitor | null> => {
    const now = deps.wall.now();
    const session = await aliveOf(deps, token, now);
    if (session && now - session.lastSeenAt > 60_000) await deps.store.sessions.touch(session.idHash, now);
    return session && visitorOf(deps, session);
  },

  /** A new cookie value for an old session; null while the old one is fresh enough. */
  renew: async (token: string): Promise<{ readonly token: string; readonly maxAge: number } | null> => {
    const now = deps.wall.now();
    const session = await aliveOf(deps, token, now);
    if (!session || now - session.rotatedAt < SESSION.rotateMs) return null;
    const fresh = newToken();
    const rotation = { from: session.idHash, to: hashOf(fresh), at: now, graceMs: SESSION.graceMs };
    const isRotated = await deps.store.sessions.rotate(scopeForArrival(visitorOf(deps, session)), rotation);
    // Of two requests at once one gets the new value; the other's answer must not overwrite it.
    return isRotated ? { token: fresh, maxAge: Math.floor((session.expiresAt - now) / 1_000) } : null;
  },

  out: async (token: string | undefined): Promise<void> => {
    const now = deps.wall.now();
    const session = token ? await deps.store.sessions.find(hashOf(token), now) : null;
    if (session) await deps.store.sessions.revokeSignIn(scopeForArrival(visitorOf(deps, session)), session, now);
  },
});
