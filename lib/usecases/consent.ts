/** Admin consent: asked for at Microsoft, believed only when a token of that very tenant can be had; and the way without it. */
import { randomBytes } from "node:crypto";
import { no, ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import { chooseAccess } from "@/lib/steps/index";
import { attemptCookie, type Cookie, ownPath, readAttempt } from "./attempt";
import type { Deps } from "./deps";

const redirectUri = (deps: Deps) => `${deps.publicUrl}/auth/consent/callback`;

/** What the person chose becomes the tenant's access and the connect step's setting, in one transaction with its event. */
async function choose(deps: Deps, scope: TenantScope, access: "consent" | "without"): Promise<void> {
  const at = deps.clock.now();
  const { step, value } = chooseAccess(access);
  await deps.store.together(scope, async (store) => {
    await store.tenants.edit(scope, { access, ...(access === "consent" ? { consentedAt: at } : {}) });
    await store.settings.save(scope, { step, value, at });
    await store.events.add(scope, { kind: access === "consent" ? "consent-given" : "without-access", at, step });
  });
}

export const consent = (deps: Deps) => ({
  begin: (scope: TenantScope, returnTo: string): { readonly url: string; readonly cookie: Cookie } => {
    const state = randomBytes(24).toString("base64url");
    const url = deps.identity.consentUrl({ tenant: scope.tenant, redirectUri: redirectUri(deps), state });
    return { url, cookie: attemptCookie(deps, "cutover-consent", { state, tenant: scope.tenant, returnTo: ownPath(returnTo) }) };
  },

  /** The tenant that consent was asked for in this browser; the query string is never asked. */
  tenantOf: (attempt: string | undefined): Result<{ readonly tenant: string; readonly returnTo: string }> => {
    const held = readAttempt(deps, "cutover-consent", attempt);
    if (!held.ok) return held;
    return held.value.tenant
      ? ok({ tenant: held.value.tenant, returnTo: held.value.returnTo })
      : no("denied", "This consent was not begun here.", { fix: "Begin again." });
  },

  finish: async (
    scope: TenantScope,
    params: Readonly<Record<string, string | undefined>>,
    attempt: string | undefined,
  ): Promise<Result<null>> => {
    const held = readAttempt(deps, "cutover-consent", attempt);
    const state = held.ok && held.value.tenant === scope.tenant ? held.value.state : undefined;
    const answer = deps.identity.readConsentAnswer(params, { tenant: scope.tenant, state });
    const problem = answer.ok ? await deps.proveAccess(scope.tenant) : answer.problem;
    if (problem) {
      await deps.store.events.add(scope, { kind: "consent-failed", at: deps.clock.now(), detail: { say: problem.say } });
      return { ok: false, problem };
    }
    await choose(deps, scope, "consent");
    return ok(null);
  },

  without: (scope: TenantScope): Promise<void> => choose(deps, scope, "without"),
});
