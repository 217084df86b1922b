/** What DNS says of a domain: its mail servers as configured, as public resolvers remember them, and who hosts the zone. */
import { z } from "zod";
import { noun } from "../noun";

const host = z.object({ preference: z.number(), exchange: z.string() });
const readOnly = { permission: "", place: "Your DNS host", shownMs: 0, worksMs: 3_600_000 };
const written = (hosts: readonly z.infer<typeof host>[]) => hosts.map((h) => `${h.preference} ${h.exchange}`);
const problem = z.preprocess((v) => v ?? null, z.string().nullable());

export const mxNoun = noun({
  ...readOnly,
  title: "MX records",
  asked: { cloud: "dns", question: "mx" },
  labels: { ttl: "TTL in seconds", hosts: "Mail servers" },
  shape: z
    .object({
      domain: z.string(),
      exists: z.boolean(),
      zone: z.string(),
      /** The longest TTL that any of the authoritative servers has configured, in seconds. */
      ttl: z.number(),
      hosts: z.array(host),
      agreed: z.boolean(),
      servers: z.array(
        z.object({
          name: z.string(),
          address: z.string(),
          ttl: z.preprocess((v) => v ?? null, z.number().nullable()),
          hosts: z.array(host),
          problem,
        }),
      ),
    })
    .transform(({ domain, hosts, servers, ...row }) => ({
      Guid: domain,
      Name: domain,
      ...row,
      hosts: written(hosts),
      /** One line a server: name, address, TTL, hosts or what went wrong. Order is kept for the eye only. */
      servers: servers.map((s) => ({ name: s.name, address: s.address, ttl: s.ttl, hosts: written(s.hosts), problem: s.problem })),
    })),
});

export const resolversNoun = noun({
  ...readOnly,
  title: "MX records as public resolvers remember them",
  asked: { cloud: "dns", question: "resolvers" },
  labels: {},
  shape: z
    .object({
      domain: z.string(),
      seen: z.array(
        z.object({ resolver: z.string(), ttl: z.preprocess((v) => v ?? null, z.number().nullable()), hosts: z.array(host), problem }),
      ),
    })
    .transform(({ domain, seen }) => ({
      Guid: domain,
      Name: domain,
      seen: seen.map((s) => ({ resolver: s.resolver, ttl: s.ttl, hosts: written(s.hosts), problem: s.problem })),
    })),
});

export const dnsHostNoun = noun({
  ...readOnly,
  title: "DNS host",
  asked: { cloud: "dns", question: "dnsHost" },
  labels: {},
  shape: z
    .object({
      domain: z.string(),
      zone: z.string(),
      nameServers: z.array(z.string()),
      hosts: z.array(z.object({ id: z.string(), name: z.string(), help: z.string().nullable(), helpEdit: z.string().nullable() })),
    })
    .transform(({ domain, ...row }) => ({ Guid: domain, Name: domain, ...row })),
});
