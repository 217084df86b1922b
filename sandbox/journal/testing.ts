/** For tests: a whole sandbox, tenants with journal rules in effect, mail sent through the control API, and what came of it. */
import { byHand } from "../exchange/by-hand";
import { newTenant } from "../scenarios/index";
import { type Sandbox, startSandbox } from "../start";
import type { Tenant } from "../tenant";

export type Journaling = {
  sandbox: Sandbox;
  arrive(scenario?: string): Tenant;
  /** In effect at once. */
  set(tenant: Tenant, cmdlet: string, parameters: Record<string, unknown>): void;
  rule(tenant: Tenant, address: string, more?: Record<string, unknown>): void;
  connector(tenant: Tenant, domains: string[], hosts: string[], more?: Record<string, unknown>): void;
  control(path: string, body?: unknown): ReturnType<typeof JSON.parse>;
  send(tenant: Tenant, more?: Record<string, unknown>): ReturnType<typeof JSON.parse>;
  /** Reports, queue and undeliverable ones, once nothing is due. */
  journal(tenant: Tenant): ReturnType<typeof JSON.parse>;
};

export const ndrAddress = "undeliverable@archive.example";

export async function journaling(): Promise<Journaling> {
  const sandbox = await startSandbox({ port: 0, dnsPort: 0 });
  const { world } = sandbox;
  const control = async (path: string, body?: unknown) => {
    const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${sandbox.url}/sandbox/${path}`, request)).json();
  };
  const set = (tenant: Tenant, cmdlet: string, parameters: Record<string, unknown>) => {
    const problem = byHand(world, tenant, cmdlet, parameters);
    if (problem) throw new Error(problem);
    tenant.exchangeBefore = [];
  };
  return {
    sandbox,
    control,
    set,
    arrive: (scenario = "fresh") => {
      const tenant = newTenant(scenario);
      if (!tenant) throw new Error(`There is no scenario ${scenario}.`);
      sandbox.world.tenants.set(tenant.id, tenant);
      return tenant;
    },
    rule: (tenant, address, more = {}) => {
      set(tenant, "Set-TransportConfig", { JournalingReportNdrTo: ndrAddress });
      const name = `Journal to ${address}`;
      set(tenant, "New-JournalRule", { Name: name.slice(0, 64), JournalEmailAddress: address, Scope: "External", Enabled: true, ...more });
    },
    connector: (tenant, domains, hosts, more = {}) =>
      set(tenant, "New-OutboundConnector", {
        ...{ Name: `To ${domains.join(" ")}`.slice(0, 64), ConnectorType: "Partner", RecipientDomains: domains, UseMXRecord: false },
        ...{ SmartHosts: hosts, TlsSettings: "CertificateValidation", ...more },
      }),
    send: (tenant, more = {}) =>
      control("mail", {
        ...{
          tenant: tenant.id,
          to: `employee@${tenant.domains[0]?.id}`,
          from: "News <news@stranger.example>",
          subject: "Test",
          via: "direct",
        },
        ...more,
      }),
    journal: (tenant) => control(`journal?tenant=${tenant.id}`),
  };
}
