/** The sandbox's control API, as far as a bench turns it. */
import { z } from "zod";

const tenantShape = z.object({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.object({ id: z.string(), isInitial: z.boolean() })),
  users: z.array(z.object({ id: z.string(), upn: z.string() })),
});
const nameServer = z.looseObject({ name: z.string(), address: z.string() });
const zonesShape = z.object({ zones: z.array(z.looseObject({ nameServers: z.array(nameServer), records: z.array(z.looseObject({})) })) });
const stateShape = z.object({ exchange: z.record(z.string(), z.record(z.string(), z.unknown())) });
const receivedShape = z.array(z.object({ cmdlet: z.string().optional(), status: z.number() }));
const clockShape = z.object({ now: z.number() });
const askedShape = z.array(z.object({ path: z.string() }));
const accountShape = z.object({
  accountId: z.string(),
  tokens: z.array(z.object({ value: z.string() })),
  serviceAddresses: z.record(z.string(), z.record(z.string(), z.string())),
});
const journalShape = z.object({ queued: z.array(z.unknown()), counted: z.record(z.string(), z.number()) });
export type Objects = z.infer<typeof stateShape>["exchange"];
export type NameServer = { readonly name: string; readonly address: string };
export type Tenant = z.infer<typeof tenantShape>;
export type Control = ReturnType<typeof controlOf>;

export function controlOf(sandboxUrl: string) {
  const send = async (method: "POST" | "DELETE", path: string, body: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${sandboxUrl}/sandbox/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const read = async (path: string): Promise<unknown> => (await fetch(`${sandboxUrl}/sandbox/${path}`)).json();
  /** Puts a value into a tenant, as somebody else would who changes something there. */
  const edit = (tenant: string, path: string, value: unknown) => send("POST", `tenants/${tenant}/edit`, { path, value });
  return {
    edit,
    /** Every zone of the tenant has one name server more, and records of this TTL in seconds. */
    spread: async ({ id }: Tenant, server: NameServer, ttl: number): Promise<void> => {
      const { zones } = zonesShape.parse(await read(`tenants/${id}`));
      await edit(
        id,
        "zones",
        zones.map((zone) => ({
          ...zone,
          nameServers: [...zone.nameServers, server],
          records: zone.records.map((record) => ({ ...record, ttl })),
        })),
      );
    },
    /** Normalised objects of Exchange, as they are and not as a read shows them: by kind, then by name. */
    objects: async ({ id }: Tenant) => stateShape.parse(await read(`state?tenant=${id}`)).exchange,
    /** Calls that changed something and were carried out, since the sandbox began. */
    writes: async ({ id }: Tenant): Promise<readonly string[]> =>
      receivedShape
        .parse(await read(`received?tenant=${id}&service=exchange`))
        .flatMap(({ cmdlet, status }) => (cmdlet && status < 300 && !/^(Get|Test|Validate)-/.test(cmdlet) ? [cmdlet] : [])),
    tenant: async (scenario: string, domains?: number): Promise<Tenant> =>
      tenantShape.parse(await send("POST", "tenants", { scenario, ...(domains === undefined ? {} : { domains }) })),
    /** The tenant's account at the vendor. */
    account: async ({ id }: Tenant) => accountShape.parse(await read(`cloudflare?tenant=${id}`)),
    /** So many journal reports, one after another, as fast as they can be sent. */
    burst: async ({ id }: Tenant, count: number): Promise<unknown> => send("POST", "journal/burst", { tenant: id, count }),
    /** So many new detections, journaled now. */
    detections: ({ id }: Tenant, count: number, disposition: string): Promise<unknown> =>
      send("POST", "mail/burst", { tenant: id, count, disposition }),
    /** What time it is there. */
    now: async (): Promise<number> => clockShape.parse(await read("clock")).now,
    /** How many reports the vendor has counted, and how many wait. */
    journal: async ({ id }: Tenant) => {
      const { queued, counted } = journalShape.parse(await read(`journal?tenant=${id}`));
      return { queued: queued.length, counted: Object.values(counted).reduce((all, one) => all + one, 0) };
    },
    /** The newest request to the vendor whose path has this in it: path and query, as the product sent them. */
    lastAsked: async ({ id }: Tenant, part: string): Promise<string> => {
      const asked = askedShape.parse(await read(`received?tenant=${id}&service=cloudflare`)).filter(({ path }) => path.includes(part));
      const last = asked.at(-1);
      if (!last) throw new Error(`The vendor was not asked for ${part}.`);
      return last.path;
    },
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
