/** Signing in with Microsoft: authorization code with PKCE, and what the id token says of the person once it was verified. */
import { randomBytes } from "node:crypto";
import { CryptoProvider } from "@azure/msal-node";
import type { FollowedClock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Authorities } from "./authority";
import { type ConsentRequest, consentUrl, readConsentAnswer } from "./consent";
import { createVerifier } from "./id-token";
import { type Credential, createApplication } from "./msal";
import { refusalOf } from "./refusal";

/** Kept in the browser's own session until the answer comes. */
export type Begun = { readonly url: string; readonly state: string; readonly nonce: string; readonly verifier: string };

export type SignedIn = {
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  /** Template ids of directory roles (`wids`). */
  readonly directoryRoles: readonly string[];
  /** App roles of this application in the person's tenant (`roles`). */
  readonly appRoles: readonly string[];
  /** Ms since 1970. */
  readonly issuedAt: number;
};

export type Answered = {
  /** The query parameters that came back. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly redirectUri: string;
} & Pick<Begun, "state" | "nonce" | "verifier">;

export type SignIn = {
  readonly begin: (request: { readonly redirectUri: string; readonly loginHint?: string }) => Promise<Result<Begun>>;
  readonly finish: (answered: Answered) => Promise<Result<SignedIn>>;
  /** Ends the person's Microsoft session as well. */
  readonly signOutUrl: (backTo: string) => string;
  readonly consentUrl: (request: ConsentRequest) => string;
  readonly readConsentAnswer: typeof readConsentAnswer;
};

export type SignInDeps = {
  readonly http: Http;
  readonly clock: FollowedClock;
  readonly authorities: Authorities;
  readonly entraUrl: string;
  readonly credential: Credential;
};

/** Work and school accounts of any tenant; the token says which one. */
const TENANT = "organizations";
const SCOPES = ["openid", "profile"];
const secret = (): string => randomBytes(32).toString("base64url");

function refusedAtMicrosoft(error: string, description: string): Problem {
  const evidence = { error, description: description.slice(0, 300) };
  if (error === "access_denied")
    return { code: "denied", say: "The sign-in was cancelled.", fix: "Sign in again when you are ready.", evidence };
  if (error === "temporarily_unavailable" || error === "server_error")
    return { code: "unreachable", say: "Microsoft's sign-in is not working at the moment.", fix: "Try again in a few minutes.", evidence };
  return {
    code: "denied",
    say: "Microsoft did not sign you in.",
    fix: "Try again; if it stays, send the details to your Entra administrator.",
    evidence,
  };
}

const personOf = (claims: {
  tid: string;
  oid: string;
  name: string;
  preferred_username: string;
  wids: string[];
  roles: string[];
  iat: number;
}): SignedIn => ({
  tenantId: claims.tid.toLowerCase(),
  oid: claims.oid.toLowerCase(),
  name: claims.name || claims.preferred_username,
  upn: claims.preferred_username,
  directoryRoles: claims.wids.map((id) => id.toLowerCase()),
  appRoles: claims.roles,
  issuedAt: claims.iat * 1_000,
});

export function createSignIn(deps: SignInDeps): SignIn {
  const { authorities, entraUrl, credential } = deps;
  const verify = createVerifier({ ...deps, clientId: credential.clientId });
  const crypto = new CryptoProvider();
  // One application a sign-in: msal keeps what it got in memory, and we keep no user's tokens.
  const fresh = async () => {
    const authority = await authorities.of(TENANT);
    return authority.ok
      ? ok({ authority: authority.value, ...createApplication({ ...deps, tenant: TENANT, authority: authority.value, idempotent: false }) })
      : authority;
  };

  const begin: SignIn["begin"] = async ({ redirectUri, loginHint }) => {
    const application = await fresh();
    if (!application.ok) return application;
    const { verifier, challenge } = await crypto.generatePkceCodes();
    const [state, nonce] = [secret(), secret()];
    const hint = loginHint === undefined ? { prompt: "select_account" } : { loginHint };
    const url = await application.value.client.getAuthCodeUrl({
      scopes: SCOPES,
      redirectUri,
      state,
      nonce,
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      ...hint,
    });
    return ok({ url, state, nonce, verifier });
  };

  const finish: SignIn["finish"] = async ({ params, redirectUri, state, nonce, verifier }) => {
    if (params["error"] !== undefined)
      return { ok: false, problem: refusedAtMicrosoft(params["error"], params["error_description"] ?? "") };
    if (params["state"] !== state || params["code"] === undefined)
      return no("denied", "This answer does not belong to the sign-in you began here.", { fix: "Sign in again." });
    // A token issued this second is from the future of a clock that lags.
    const [application] = await Promise.all([fresh(), deps.clock.refresh()]);
    if (!application.ok) return application;
    const { client, authority, lastFailure } = application.value;
    try {
      const found = await client.acquireTokenByCode({ scopes: SCOPES, redirectUri, code: params["code"], codeVerifier: verifier, nonce });
      const claims = await verify(found.idToken, authority, nonce);
      return claims.ok ? ok(personOf(claims.value)) : claims;
    } catch (error) {
      return { ok: false, problem: refusalOf(error, lastFailure()) };
    }
  };

  return {
    begin,
    finish,
    signOutUrl: (backTo) => `${entraUrl}/${TENANT}/oauth2/v2.0/logout?${new URLSearchParams({ post_logout_redirect_uri: backTo })}`,
    consentUrl: (request) => consentUrl(entraUrl, credential.clientId, request),
    readConsentAnswer,
  };
}
