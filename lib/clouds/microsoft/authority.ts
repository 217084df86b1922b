/** Where Entra keeps its endpoints for a tenant, read from its own discovery document; msal is told, so that it looks nowhere else. */
import { z } from "zod";
import type { Clock } from "@/lib/base/clock";
import { failureOf, type Http, jsonOf } from "@/lib/base/http";
import { no, ok, type Result } from "@/lib/base/result";

export type Authority = {
  /** May hold `{tenantid}` where the document is not about one tenant. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly endSession: string | null;
  /** The document as it came. */
  readonly text: string;
};

export type Authorities = {
  /** `tenant`: an id, a domain, or `organizations`. */
  readonly of: (tenant: string) => Promise<Result<Authority>>;
};

const SERVICE = "Microsoft Entra ID";
const KEPT_MS = 24 * 3_600_000;

const shape = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  token_endpoint: z.url(),
  authorization_endpoint: z.url(),
  end_session_endpoint: z.url().optional(),
});

/** The AADSTS number of an error description, or "". */
export const aadsts = (text: string): string => /AADSTS(\d+)/.exec(text)?.[1] ?? "";

const parsed = (value: unknown): Result<Authority> => {
  const read = shape.safeParse(value);
  if (!read.success) return no("unreadable", `${SERVICE} described its endpoints in a form we do not know.`);
  const { issuer, jwks_uri: jwksUri, end_session_endpoint: endSession = null } = read.data;
  return ok({ issuer, jwksUri, endSession, text: JSON.stringify(value) });
};

export function createAuthorities({
  http,
  clock,
  entraUrl,
}: {
  readonly http: Http;
  readonly clock: Clock;
  readonly entraUrl: string;
}): Authorities {
  const kept = new Map<string, { readonly authority: Authority; readonly until: number }>();

  const look = async (tenant: string): Promise<Result<Authority>> => {
    const url = `${entraUrl}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
    const answer = await http.request({ service: SERVICE, method: "GET", url, idempotent: true, maxBytes: 100_000 });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    // An unknown tenant is answered 400 with AADSTS90002.
    if (aadsts(body.toString("utf8")) === "90002")
      return no("gone", "Microsoft knows no organisation with this id.", { fix: "Check the tenant id." });
    if (status !== 200) return { ok: false, problem: failureOf(SERVICE, answer.value, clock.now()) };
    const value = jsonOf(SERVICE, answer.value);
    return value.ok ? parsed(value.value) : value;
  };

  return {
    of: async (tenant) => {
      const known = kept.get(tenant);
      if (known !== undefined && clock.now() < known.until) return ok(known.authority);
      const authority = await look(tenant);
      if (authority.ok) kept.set(tenant, { authority: authority.value, until: clock.now() + KEPT_MS });
      return authority;
    },
  };
}
