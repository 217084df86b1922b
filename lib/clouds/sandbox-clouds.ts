/** Microsoft's clouds over a sandbox's wire, and tenants of it that gave consent, for contract tests. Not used by the product. */
import { quietLog } from "@/lib/base/log";
import { createAuthorities } from "./microsoft/authority";
import { createExchange, type Exchange } from "./microsoft/exchange/exchange";
import { createGraph, type Graph } from "./microsoft/graph/graph";
import type { Credential } from "./microsoft/msal";
import { createSignIn, type SignIn } from "./microsoft/signin";
import { createTokens } from "./microsoft/tokens";
import type { SandboxProcess, SandboxTenant } from "./sandbox-process";

export const CLIENT = "c0ffee00-0000-4000-8000-000000000001";
export const BACK = "http://localhost:3000/api/auth/callback";

export type SandboxClouds = { readonly graph: Graph; readonly exchange: Exchange; readonly signIn: SignIn };

export function cloudsAt(
  { http, clock, url }: SandboxProcess,
  credential: Credential = { clientId: CLIENT, clientSecret: "sandbox-secret" },
): SandboxClouds {
  const kept = new Map<string, string>();
  const cache = {
    load: async (tenant: string) => kept.get(tenant) ?? null,
    save: async (tenant: string, text: string) => void kept.set(tenant, text),
  };
  const authorities = createAuthorities({ http, clock, entraUrl: url });
  const tokens = createTokens({ http, clock, log: quietLog, authorities, entraUrl: url, credential, cache });
  return {
    graph: createGraph({ http, clock, tokens, graphUrl: url, clientId: CLIENT }),
    exchange: createExchange({ http, clock, tokens, exchangeUrl: url }),
    signIn: createSignIn({ http, clock, authorities, entraUrl: url, credential }),
  };
}

export const person = (tenant: SandboxTenant, part: string) => tenant.users.find((user) => user.upn.startsWith(`${part}@`))?.id ?? "";

/** What the administrator answers on the page that asks for consent. */
export async function consent(
  sandbox: SandboxProcess,
  { signIn }: SandboxClouds,
  tenant: SandboxTenant,
  fields: Readonly<Record<string, string>>,
) {
  const url = signIn.consentUrl({ tenant: tenant.id, redirectUri: BACK, state: "s" });
  const answer = await sandbox.submit(url, { account: person(tenant, "admin"), ...fields });
  return signIn.readConsentAnswer(Object.fromEntries(answer?.searchParams ?? []), { tenant: tenant.id, state: "s" });
}

/** A new tenant that gave consent long enough ago for it to show in tokens. */
export async function connected(sandbox: SandboxProcess, clouds: SandboxClouds, scenario: string): Promise<SandboxTenant> {
  const tenant = await sandbox.tenant(scenario);
  await consent(sandbox, clouds, tenant, { decision: "accept", exchangeRole: "yes" });
  await sandbox.advance(10 * 60_000);
  return tenant;
}
