/** The sandbox's Entra: sign-in, admin consent, tokens and the documents about them. */
import { type Handler, json, type SandboxRequest, type SandboxResponse } from "../http";
import { suffer } from "../strike";
import type { World } from "../world";
import { authorityOf } from "./authority";
import { authorize } from "./authorize";
import { adminConsent } from "./consent";
import { instanceDiscovery, keys, openidConfiguration } from "./discovery";
import { signOut } from "./signout";
import { token } from "./token";

type Page = (request: SandboxRequest, world: World, tenant: string, lies: boolean) => SandboxResponse;

/** What follows `/{tenant}/`, and the methods it takes. */
const pages = new Map<string, { methods: string[]; answer: Page }>([
  ["oauth2/v2.0/authorize", { methods: ["GET", "POST"], answer: authorize }],
  ["oauth2/v2.0/token", { methods: ["POST"], answer: token }],
  ["oauth2/v2.0/logout", { methods: ["GET", "POST"], answer: signOut }],
  ["v2.0/.well-known/openid-configuration", { methods: ["GET"], answer: openidConfiguration }],
  ["discovery/v2.0/keys", { methods: ["GET"], answer: keys }],
  ["discovery/instance", { methods: ["GET"], answer: instanceDiscovery }],
  ["adminconsent", { methods: ["GET", "POST"], answer: (request, world, tenant) => adminConsent(request, world, tenant, "v1") }],
  ["v2.0/adminconsent", { methods: ["GET", "POST"], answer: (request, world, tenant) => adminConsent(request, world, tenant, "v2") }],
]);

/** A name of half a percent sign is no tenant's, but must not break us. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const entra: Handler = async (request, world) => {
  const { pathname } = request.url;
  const [, coded = "", rest = ""] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
  const name = decoded(coded);
  const found = pages.get(rest);
  if (!found) return null;
  const tenant = authorityOf(name, world)?.tenant?.id ?? null;
  const { answer, lies } = await suffer(world.faults.strike(tenant, "entra", pathname));
  const isTaken = found.methods.includes(request.method);
  const response = answer ?? (isTaken ? found.answer(request, world, name, lies) : json(405, { error: "method_not_allowed" }));
  world.log.add({ at: world.clock.now(), service: "entra", tenant, method: request.method, path: pathname, status: response.status });
  return response;
};
