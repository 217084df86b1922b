/** For tests: the API over HTTP for tenants of their own, and one call of it. */
import type { SandboxRequest } from "../http";
import { newTenant } from "../scenarios/index";
import { makeServer } from "../server";
import type { CloudflarePermission, Tenant } from "../tenant";
import { makeWorld, type World } from "../world";
import { nextToken } from "./account";
import { cloudflare } from "./index";
import { zoneId } from "./zones";

export interface Said {
  status: number;
  headers: Record<string, string>;
  body: { success: boolean; errors: { code: number; [more: string]: unknown }[]; result: never; [more: string]: unknown };
}

export interface Opened {
  world: World;
  tenant: Tenant;
  /** Below the account's settings/domains. */
  domains(method: string, rest?: string, body?: unknown): Promise<Said>;
  /** Below the first zone's dns_records. */
  records(method: string, rest?: string, body?: unknown): Promise<Said>;
  call(method: string, path: string, body?: unknown, secret?: string): Promise<Said>;
  /** The secret of a token that may only this. */
  token(...may: CloudflarePermission[]): string;
}

export function opened(scenario: string): Opened {
  const tenant = newTenant(scenario);
  const other = newTenant("cloudflare-dns");
  if (!tenant || !other) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant, other], sharedZones: [] });
  const everything = tenant.cloudflare.tokens[0]?.value ?? "";
  const call = async (method: string, path: string, body?: unknown, secret = everything): Promise<Said> => {
    const request: SandboxRequest = {
      method,
      url: new URL(`/client/v4${path}`, "http://127.0.0.1"),
      headers: { authorization: secret.includes(" ") ? secret : `Bearer ${secret}` },
      body: Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body)),
    };
    const answer = await cloudflare(request, world);
    if (!answer) throw new Error(path);
    return { status: answer.status, headers: answer.headers, body: JSON.parse(String(answer.body) || "null") };
  };
  const settings = `/accounts/${tenant.cloudflare.accountId}/email-security/settings/domains`;
  const [zone] = tenant.zones;
  const dns = zone ? `/zones/${zoneId(tenant.cloudflare, zone)}/dns_records` : "";
  return {
    world,
    tenant,
    call,
    domains: (method, rest = "", body) => call(method, `${settings}${rest}`, body),
    records: (method, rest = "", body) => call(method, `${dns}${rest}`, body),
    token: (...may) => {
      const made = nextToken(tenant.cloudflare, may);
      tenant.cloudflare.tokens.push(made);
      return made.value;
    },
  };
}

/** The same behind a port, as the official client meets it. */
export async function served(world: World): Promise<{ url: string; close(): Promise<void> }> {
  const server = makeServer(world, [cloudflare]);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/client/v4`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
