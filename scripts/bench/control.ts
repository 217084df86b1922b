/** The sandbox's control API, as far as a bench turns it. */
import { z } from "zod";

const tenantShape = z.object({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.object({ id: z.string(), isInitial: z.boolean() })),
  users: z.array(z.object({ id: z.string(), upn: z.string() })),
});
export type Tenant = z.infer<typeof tenantShape>;
export type Control = ReturnType<typeof controlOf>;

export function controlOf(sandboxUrl: string) {
  const send = async (method: "POST" | "DELETE", path: string, body: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${sandboxUrl}/sandbox/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    tenant: async (scenario: string, domains?: number): Promise<Tenant> =>
      tenantShape.parse(await send("POST", "tenants", { scenario, ...(domains === undefined ? {} : { domains }) })),
    advance: (advanceMs: number) => send("POST", "clock", { advanceMs }),
    /** Every answer of these services takes so much longer, whoever asks. */
    delay: async (services: readonly string[], ms: number): Promise<void> => {
      for (const service of services) await send("POST", "faults", { tenant: "*", service, kind: "latency", ms });
    },
    noDelay: () => send("DELETE", "faults?tenant=*", {}),
  };
}

export const ownDomains = (tenant: Tenant): readonly string[] => tenant.domains.filter((one) => !one.isInitial).map((one) => one.id);
export const adminOf = (tenant: Tenant) => {
  const admin = tenant.users.find((user) => user.upn.startsWith("admin@"));
  if (!admin) throw new Error(`${tenant.name} has no admin.`);
  return admin;
};
