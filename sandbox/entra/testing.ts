/** For tests: Entra and Graph behind a real port, two tenants, and msal-node as the product uses it. */
import type { AddressInfo } from "node:net";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { graph } from "../graph/index";
import { baseTenant } from "../scenarios/base";
import { ordinaryHost } from "../scenarios/dns-hosts";
import { makeServer } from "../server";
import type { Tenant, User } from "../tenant";
import { cutoverApp, makeWorld, type World } from "../world";
import { entra } from "./index";

export interface Running {
  url: string;
  world: World;
  fabrikam: Tenant;
  contoso: Tenant;
  close(): Promise<void>;
}

function tenant(id: string, name: string, slug: string): Tenant {
  return baseTenant({ id, name, slug }, { scenario: "fresh", dnsHost: ordinaryHost, ttl: 3_600 });
}

/** Making a key takes most of a test's time, so all worlds of a test file share one; `[]` asks for another. */
const sharedKeys: Record<string, unknown>[] = [];

export async function startEntra(signingKeys = sharedKeys): Promise<Running> {
  const fabrikam = tenant("11111111-0000-4000-8000-0000000000a1", "Fabrikam", "fabrikam");
  const contoso = tenant("11111111-0000-4000-8000-0000000000a2", "Contoso", "contoso");
  const world = makeWorld({ tenants: [fabrikam, contoso], sharedZones: [], entra: { certificates: [], signingKeys } });
  const server = makeServer(world, [graph, entra]);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = addressOf(server.address());
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, world, fabrikam, contoso, close };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address;
}

/** The person of a tenant by the first part of their address. */
export function person(of: Tenant, part: string): User {
  const found = of.users.find((user) => user.upn.startsWith(`${part}@`));
  if (!found) throw new Error(`${of.name} has no ${part}.`);
  return found;
}

export type Credential = { clientSecret: string } | { clientCertificate: { thumbprintSha256: string; privateKey: string } };

/** msal wants an https authority; the endpoints it is told may be http. */
export async function msal(url: string, tenantName: string, credential: Credential = { clientSecret: cutoverApp.secret }) {
  const metadata = await (await fetch(`${url}/${tenantName}/v2.0/.well-known/openid-configuration`)).text();
  const { host } = new URL(url);
  const authority = `https://${host}/${tenantName}`;
  return new ConfidentialClientApplication({
    auth: { clientId: cutoverApp.clientId, authority, knownAuthorities: [host], authorityMetadata: metadata, ...credential },
  });
}

/** What a browser does with a form on a page: posts to the page's own address, follows nothing. */
export async function post(
  pageUrl: string,
  fields: Record<string, string>,
): Promise<{ status: number; text: string; location: URL | null }> {
  const response = await fetch(pageUrl, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const location = response.headers.get("location");
  return { status: response.status, text: await response.text(), location: location === null ? null : new URL(location) };
}
