/** Whose hands can change a domain's records: ours, where the zone is in the customer's own Cloudflare account, else a person's at the DNS host. */
import type { Result } from "@/lib/base/result";
import type { Hands } from "@/lib/model/edits";
import type { Row } from "@/lib/model/nouns";
import { rowIn } from "./mx-rows";

type Keyed<R> = Readonly<Record<string, Result<readonly R[]>>>;

const sorted = (names: readonly string[]): string =>
  [...names]
    .map((name) => name.toLowerCase().replace(/\.$/, ""))
    .sort()
    .join(" ");

/** Only an active full zone answers the world, and only if the name servers in charge are those that the account was given. */
const isInCharge = (zone: Row<"cfZone">, host: Row<"dnsHost">): boolean =>
  zone.Name === host.zone.toLowerCase() &&
  zone.status.toLowerCase() === "active" &&
  zone.type.toLowerCase() === "full" &&
  zone.nameServers.length > 0 &&
  sorted(zone.nameServers) === sorted(host.nameServers);

export function handsFor(domain: string, dnsHosts: Keyed<Row<"dnsHost">>, zones: Keyed<Row<"cfZone">>): Hands {
  const host = rowIn(dnsHosts, domain);
  const account = zones["account"];
  return host !== null && account?.ok && account.value.some((zone) => isInCharge(zone, host)) ? "us" : "person";
}
