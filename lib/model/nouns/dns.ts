/** What DNS says of a domain: its mail servers as configured, as public resolvers remember them, and who hosts the zone. */
import { z } from "zod";
import { noun } from "../noun";

const host = z.object({ preference: z.number(), exchange: z.string() });
const readOnly = { permission: "", place: "Your DNS host", shownMs: 0, worksMs: 3_600_000 };
/** "10 mx.contoso.com": names in DNS have no case, and may end in a dot. */
const written = (hosts: readonly z.infer<typeof host>[]) =>
  hosts.map((h) => `${h.preference} ${h.exchange.toLowerCase().replace(/\.$/, "")}`);
const problem = z.preprocess((v) => v ?? null, z.string().nullable());

export const mxNoun = noun({
  ...readOnly,
  title: "MX records",
  isRemembered: true,
  asked: { cloud: "dns", question: "mx" },
  // At a host with an API we can write them; what we read stays what the name servers say.
  writtenBy: "cloudflare",
  whole: ["hosts"],
  shownMs: 5 * 60_000,
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

const HOUR_SECONDS = 3_600;
/** What is left counts down with every look. Beyond this many seconds it shows a copy from before the TTL was shortened; then its hours count. */
const SHORT_SECONDS = 600;
const hoursLeft = (ttl: number | null): number | null => (ttl === null ? null : ttl > SHORT_SECONDS ? Math.ceil(ttl / HOUR_SECONDS) : 0);

export const resolversNoun = noun({
  ...readOnly,
  title: "MX records as public resolvers remember them",
  isRemembered: true,
  asked: { cloud: "dns", question: "resolvers" },
  labels: {},
  same: ({ seen, ...row }) => ({ ...row, seen: seen.map((one) => ({ ...one, ttl: hoursLeft(one.ttl) })) }),
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

/** Where the names in a domain's MX records lead: an MX must name a host with addresses, never an address or an alias (RFC 5321 5.1). */
export const mxTargetsNoun = noun({
  ...readOnly,
  title: "Hosts named by MX records",
  asked: { cloud: "dns", question: "mxTargets" },
  labels: {},
  shape: z
    .object({
      domain: z.string(),
      targets: z.array(
        z.object({
          host: z.string(),
          addresses: z.array(z.string()),
          cname: z.preprocess((v) => v ?? null, z.string().nullable()),
          isAddress: z.boolean(),
          problem,
        }),
      ),
    })
    .transform(({ domain, targets }) => ({ Guid: domain, Name: domain, targets })),
});

export const spfNoun = noun({
  ...readOnly,
  title: "SPF record",
  asked: { cloud: "dns", question: "spf" },
  labels: {},
  shape: z
    .object({ domain: z.string(), records: z.array(z.string()) })
    .transform(({ domain, records }) => ({ Guid: domain, Name: domain, records })),
});
