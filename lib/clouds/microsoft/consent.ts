/** Asking a tenant's administrator for consent, and reading the answer without believing it: only a token of that tenant proves anything. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import { aadsts } from "./authority";

export type ConsentRequest = { readonly tenant: string; readonly redirectUri: string; readonly state: string };
export type ConsentParams = Readonly<Record<string, string | undefined>>;

/** The older form of the address: it asks for all permissions of the registration at once, of Graph and of Exchange (facts/graph.md 8). */
export const consentUrl = (entraUrl: string, clientId: string, { tenant, redirectUri, state }: ConsentRequest): string =>
  `${entraUrl}/${encodeURIComponent(tenant)}/adminconsent?${new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, state })}`;

type Meaning = Pick<Problem, "code" | "say" | "fix">;
const CANCELLED: Meaning = {
  code: "consent-missing",
  say: "Consent was cancelled, so nothing was granted.",
  fix: "Begin again when you are ready, or go on without access.",
};
const NOT_AN_ADMIN: Meaning = {
  code: "denied",
  say: "The account that was used may not give consent for the organisation.",
  fix: "Ask a Global Administrator or a Privileged Role Administrator to give consent, or send them this page's link.",
};

/** Numbers of facts/graph.md 8. */
const BY_NUMBER: Readonly<Record<string, Meaning>> = {
  "65004": CANCELLED,
  "90094": NOT_AN_ADMIN,
  "90093": NOT_AN_ADMIN,
  "90008": NOT_AN_ADMIN,
  "650052": {
    code: "rejected",
    say: "The organisation has no subscription to a service this application needs.",
    fix: "Check that it has Exchange Online.",
  },
  "700016": {
    code: "rejected",
    say: "Microsoft does not know this application.",
    fix: "Whoever runs this server has to check its application registration.",
  },
  "50011": {
    code: "rejected",
    say: "Microsoft does not know this server's address as one of the application's.",
    fix: "Whoever runs this server has to add its address to the application registration.",
  },
  "90002": {
    code: "gone",
    say: "Microsoft knows no organisation with this id.",
    fix: "Sign in again with an account of the organisation.",
  },
};
const BY_ERROR: Readonly<Record<string, Meaning>> = { permission_denied: CANCELLED, access_denied: CANCELLED, consent_required: CANCELLED };

function meaningOf(error: string, description: string): Problem {
  const number = aadsts(description);
  const meaning = BY_NUMBER[number] ?? (Object.hasOwn(BY_ERROR, error) ? BY_ERROR[error] : undefined);
  const evidence = { error, ...(number === "" ? {} : { aadsts: number }), description: description.slice(0, 300) };
  return meaning === undefined
    ? {
        code: "denied",
        say: "Microsoft did not record the consent.",
        fix: "Try again; if it stays, send the details to support.",
        evidence,
      }
    : { ...meaning, evidence };
}

/**
 * `admin_consent=True` comes with errors too, so the error is looked at first; `state` may be missing then.
 * The `tenant` that comes back can be forged, so it opens nothing: a difference only tells that something went to the wrong place.
 */
export function readConsentAnswer(
  params: ConsentParams,
  expected: { readonly tenant: string; readonly state: string | undefined },
): Result<null> {
  const error = params["error"];
  if (error !== undefined) return { ok: false, problem: meaningOf(error, params["error_description"] ?? "") };
  if (expected.state === undefined)
    return no("denied", "This consent took too long, or was begun in another browser.", { fix: "Begin it again from the connect step." });
  if (params["state"] !== expected.state)
    return no("denied", "This answer does not belong to the consent you began here.", { fix: "Begin it again from the connect step." });
  if (params["admin_consent"]?.toLowerCase() !== "true")
    return no("consent-missing", "Microsoft did not say that consent was given.", { fix: "Begin it again from the connect step." });
  const claimed = params["tenant"]?.toLowerCase();
  if (claimed !== undefined && claimed !== expected.tenant.toLowerCase()) {
    return no("rejected", "Consent was given for another organisation than the one you signed in with.", {
      fix: "Begin it again, and choose an account of this organisation.",
      evidence: { tenant: claimed.slice(0, 80) },
    });
  }
  return ok(null);
}
