/** `/{tenant}/oauth2/v2.0/authorize`: pick an account, go back with a code (authorization code flow with PKCE). */
import { randomUUID } from "node:crypto";
import { formOf, redirect, type SandboxRequest, type SandboxResponse } from "../http";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { findTenant } from "../world";
import { type Authority, authorityOf, pageRefusal } from "./authority";
import { makeCode } from "./codes";
import { describeRefusal, type Refusal, refusals } from "./errors";
import { accountPicker, findAccount, refusalPage } from "./page";
import { isCutover, registrations } from "./registrations";

/** The answer travels in the query, or in the fragment where that was asked for. */
function goBack(url: URL, answer: Record<string, string>): SandboxResponse {
  const back = new URL(url.searchParams.get("redirect_uri") ?? "");
  const state = url.searchParams.get("state");
  const all = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }), session_state: randomUUID() });
  if (url.searchParams.get("response_mode") === "fragment") back.hash = all.toString();
  else for (const [name, value] of all) back.searchParams.append(name, value);
  return redirect(back.href);
}

function goBackRefused(url: URL, refused: Refusal, world: World): SandboxResponse {
  return goBack(url, { error: refused.error, error_description: describeRefusal(refused, world.clock.now()) });
}

/** What is wrong with the request though its redirect may be trusted. */
function requestRefusal({ searchParams }: URL): Refusal | null {
  if (searchParams.get("response_type") !== "code") return refusals.responseType();
  if (!(searchParams.get("scope") ?? "").split(" ").includes("openid")) return refusals.scope(searchParams.get("scope") ?? "");
  if (!["query", "fragment", null].includes(searchParams.get("response_mode"))) return refusals.malformed();
  const isPlain = searchParams.has("code_challenge") && searchParams.get("code_challenge_method") !== "S256";
  if (isPlain) return refusals.malformed();
  return searchParams.get("prompt") === "none" ? refusals.interaction() : null;
}

/** The tenants whose people are offered: the authority's, else the hinted one's, else all. */
function offered({ searchParams }: URL, authority: Authority, world: World): Tenant[] {
  if (authority.tenant) return [authority.tenant];
  const login = searchParams.get("login_hint")?.toLowerCase();
  const hint = searchParams.get("domain_hint") ?? login?.split("@")[1];
  const all = [...world.tenants.values()];
  const byPerson = all.find((tenant) => tenant.users.some((user) => user.upn.toLowerCase() === login));
  const hinted = byPerson ?? (hint ? findTenant(world, hint) : undefined);
  return hinted ? [hinted] : all;
}

function signedIn(url: URL, authority: Authority, world: World, accountId: string): SandboxResponse {
  const account = findAccount(world, accountId);
  const isHere = account && (!authority.tenant || authority.tenant.id === account.tenant.id);
  if (!account || !isHere)
    return refusalPage(refusals.noUser(account?.user.upn ?? accountId, authority.tenant?.name ?? authority.name), world);
  const { searchParams } = url;
  const code = makeCode(world, {
    ...account,
    redirectUri: searchParams.get("redirect_uri") ?? "",
    challenge: searchParams.get("code_challenge"),
    nonce: searchParams.get("nonce"),
  });
  return goBack(url, { code });
}

export function authorize(request: SandboxRequest, world: World, name: string): SandboxResponse {
  const authority = authorityOf(name, world);
  // nobody signs in to the vendor's application here: it only asks for consent
  const refusedHere = pageRefusal(request.url, authority, name, registrations.find(isCutover));
  if (!authority || refusedHere) return refusalPage(refusedHere ?? refusals.noTenant(name), world);
  const refused = requestRefusal(request.url);
  if (refused) return goBackRefused(request.url, refused, world);
  const chosen = formOf(request);
  if (request.method === "POST" && chosen.get("decision") === "cancel") return goBackRefused(request.url, refusals.declined(), world);
  if (request.method === "POST") return signedIn(request.url, authority, world, chosen.get("account") ?? "");
  const tenants = offered(request.url, authority, world);
  return accountPicker("Pick an account", "to continue to Cutover", [{ heading: null, tenants }]);
}
