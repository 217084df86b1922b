/** App-only tokens for a tenant: by certificate or secret, one cache a tenant, renewed when they age or when a grant is newer than they are. */
import type { ICachePlugin } from "@azure/msal-node";
import { decodeJwt } from "jose";
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import type { Log } from "@/lib/base/log";
import { no, ok, type Result } from "@/lib/base/result";
import type { Authorities } from "./authority";
import { type Application, type Credential, createApplication } from "./msal";
import { refusalOf } from "./refusal";

export type Resource = "graph" | "exchange";
/** Times in ms since 1970. */
export type Token = { readonly text: string; readonly issuedAt: number; readonly expiresAt: number };

/** Where a tenant's tokens outlive the process. Whoever implements it seals them. */
export type TokenCache = {
  readonly load: (tenant: string) => Promise<string | null>;
  readonly save: (tenant: string, text: string) => Promise<void>;
};

export type Tokens = {
  /** `newerThan`: a token issued before that (ms since 1970) will not do, because roles are baked into it. */
  readonly get: (tenant: string, resource: Resource, newerThan?: number) => Promise<Result<Token>>;
};

export type TokensDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly authorities: Authorities;
  readonly entraUrl: string;
  readonly credential: Credential;
  readonly cache: TokenCache;
  readonly scopes?: Readonly<Record<Resource, string>>;
};

const SCOPES: Readonly<Record<Resource, string>> = {
  graph: "https://graph.microsoft.com/.default",
  exchange: "https://outlook.office365.com/.default",
};
const SPARE_MS = 5 * 60_000;
const MOST_TENANTS = 1_000;

const plugin = (cache: TokenCache, tenant: string): ICachePlugin => ({
  beforeCacheAccess: async (context) => {
    const text = await cache.load(tenant);
    if (text !== null && text !== "") context.tokenCache.deserialize(text);
  },
  afterCacheAccess: async (context) => {
    if (context.cacheHasChanged) await cache.save(tenant, context.tokenCache.serialize());
  },
});

/** The times in the token itself: its own clock is the service's, which is the one that counts. An opaque token has none, so msal's stand. */
function timesOf(text: string, now: number, expiresOn: Date | null): Pick<Token, "issuedAt" | "expiresAt"> {
  try {
    const { iat, exp } = decodeJwt(text);
    if (iat !== undefined && exp !== undefined) return { issuedAt: iat * 1_000, expiresAt: exp * 1_000 };
  } catch {
    // Not a JWT: Microsoft reserves the right to send opaque tokens.
  }
  return { issuedAt: now, expiresAt: expiresOn?.getTime() ?? now };
}

async function acquire({ client, lastFailure }: Application, scope: string, skipCache: boolean, now: number): Promise<Result<Token>> {
  try {
    const found = await client.acquireTokenByClientCredential({ scopes: [scope], skipCache });
    if (found === null) return no("denied", "Microsoft gave this application no access.");
    return ok({ text: found.accessToken, ...timesOf(found.accessToken, now, found.expiresOn) });
  } catch (error) {
    return { ok: false, problem: refusalOf(error, lastFailure()) };
  }
}

export function createTokens(deps: TokensDeps): Tokens {
  const { clock, authorities, log } = deps;
  const scopes = deps.scopes ?? SCOPES;
  const applications = new Map<string, Application>();
  const held = new Map<string, Token>();
  const underway = new Map<string, Promise<Result<Token>>>();

  const applicationOf = async (tenant: string): Promise<Result<Application>> => {
    const known = applications.get(tenant);
    if (known !== undefined) return ok(known);
    const authority = await authorities.of(tenant);
    if (!authority.ok) return authority;
    const application = createApplication({
      ...deps,
      tenant,
      authority: authority.value,
      cachePlugin: plugin(deps.cache, tenant),
      idempotent: true,
    });
    const [oldest] = applications.keys();
    if (applications.size >= MOST_TENANTS && oldest !== undefined) applications.delete(oldest);
    applications.set(tenant, application);
    return ok(application);
  };

  const isGood = (token: Token | undefined, newerThan: number): token is Token =>
    token !== undefined && token.issuedAt >= newerThan && token.expiresAt - SPARE_MS > clock.now();

  const fetchToken = async (key: string, tenant: string, resource: Resource, newerThan: number): Promise<Result<Token>> => {
    const application = await applicationOf(tenant);
    if (!application.ok) return application;
    const kept = await acquire(application.value, scopes[resource], false, clock.now());
    // msal judges age by this machine's clock; the token's own times by ours decide.
    const token = kept.ok && !isGood(kept.value, newerThan) ? await acquire(application.value, scopes[resource], true, clock.now()) : kept;
    if (token.ok) held.set(key, token.value);
    else log.warn({ tenant, resource, problem: token.problem.code, ...token.problem.evidence }, "no token");
    return token;
  };

  return {
    get: async (tenant, resource, newerThan = 0) => {
      const key = `${tenant}/${resource}`;
      const token = held.get(key);
      if (isGood(token, newerThan)) return ok(token);
      const once = `${key}/${newerThan}`;
      const running = underway.get(once) ?? fetchToken(key, tenant, resource, newerThan).finally(() => underway.delete(once));
      underway.set(once, running);
      return running;
    },
  };
}
