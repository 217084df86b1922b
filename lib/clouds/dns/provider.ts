/** Who hosts a zone's DNS, told by the names of its name servers, and where that host explains how to change a record. */
import { getDomain } from "tldts";
import { z } from "zod";
import known from "./hosts.json";
import { isWithin } from "./name";

export type Provider = {
  readonly id: string;
  readonly name: string;
  readonly help: string | null;
  readonly helpEdit: string | null;
  readonly note: string | null;
};

const shape = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      nsPatterns: z.array(z.string()),
      help: z.string().nullish(),
      helpEdit: z.string().nullish(),
      note: z.string().nullish(),
    }),
  ),
});

const providers = shape.parse(known).providers.map(({ nsPatterns, ...one }) => ({
  patterns: nsPatterns.map((pattern) => new RegExp(pattern)),
  provider: { id: one.id, name: one.name, help: one.help ?? null, helpEdit: one.helpEdit ?? null, note: one.note ?? null },
}));

/** Microsoft's own page for hosts nobody has described. */
const GENERIC_HELP = "https://learn.microsoft.com/microsoft-365/admin/get-help-with-domains/create-dns-records-at-any-dns-hosting-provider";

const providerOf = (host: string): Provider | null =>
  providers.find(({ patterns }) => patterns.some((pattern) => pattern.test(host)))?.provider ?? null;

const unknown = (host: string): Provider => {
  const name = getDomain(host) ?? host;
  return { id: `other:${name}`, name, help: GENERIC_HELP, helpEdit: null, note: null };
};

/** Name servers under the customer's own name say nothing about who runs them; the zone's primary server often does. */
export const isVanity = (zone: string, nameServers: readonly string[]): boolean =>
  nameServers.length > 0 && nameServers.every((host) => isWithin(host, getDomain(zone) ?? zone) && providerOf(host) === null);

/** Every host found; more than one is a split zone. `primary` helps with vanity name servers. */
export function providersOf(nameServers: readonly string[], primary: string | null): readonly Provider[] {
  const betrayed = primary === null ? null : providerOf(primary);
  const found = nameServers.map((host) => providerOf(host) ?? betrayed ?? unknown(host));
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
