/** Where mail for a domain goes by DNS, whose hosts those are, and the circles that come of it. */
import type { Tenant } from "../tenant";
import { allZones, type World } from "../world";
import { covers } from "./addresses";
import { listIn } from "./connectors";
import { domainOf } from "./headers";
import type { Session } from "./message";

/** MX hosts by preference. */
export function mxOf(world: World, domain: string): string[] {
  return allZones(world)
    .flatMap((zone) => zone.records.flatMap((one) => (one.type === "MX" && one.name === domain ? [one] : [])))
    .sort((a, b) => a.preference - b.preference)
    .map((one) => one.exchange.toLowerCase());
}

export type Owner = "area1" | "cloudflare" | "microsoft" | "gateway" | null;

/** Both products' MX hosts, Microsoft's hosts in both spellings, and the sandbox's other gateway. */
export function ownerOf(host: string): Owner {
  if (/\.(mxrecord\.(io|mx)|area1\.cloudflare\.net)$/.test(host)) return "area1";
  if (host.endsWith(".inbound.cf-emailsecurity.net")) return "cloudflare";
  if (/(^|\.)(mail\.protection\.outlook\.com|mx\.microsoft)$/.test(host)) return "microsoft";
  return /\.(mimecast\.com|mail-gateway\.example)$/.test(host) ? "gateway" : null;
}

export const isVendorHost = (host: string) => ownerOf(host) === "area1" || ownerOf(host) === "cloudflare";

/** Microsoft takes mail first only where no other MX stands before it. */
export const isFirstHop = (world: World, domain: string) => mxOf(world, domain).every((host) => ownerOf(host) === "microsoft");

/** An internal relay domain sends mail for unknown people on to its MX; where that leads back here, it goes round until it has hopped too often. */
export const relaysInCircle = (world: World, domain: string) => mxOf(world, domain).some((host) => ownerOf(host) !== null);

/**
 * Another tenant has an OnPremises connector with the address that connected, and the sender is one of its domains: Microsoft takes
 * the mail for that tenant's own, outgoing, and sends it to the MX again. Nothing in the recipient's tenant shows it.
 */
export function stolenBy(world: World, recipient: Tenant, session: Session): Tenant | undefined {
  const sender = domainOf(session.mailFrom);
  return [...world.tenants.values()].find(
    (tenant) =>
      tenant !== recipient &&
      tenant.domains.some((domain) => domain.id === sender) &&
      (tenant.exchange["InboundConnector"] ?? []).some(
        (one) =>
          one["Enabled"] === true && one["ConnectorType"] === "OnPremises" && covers(listIn(one, "SenderIPAddresses"), session.clientIp),
      ),
  );
}

export const hopCountExceeded = {
  code: 554,
  text: "5.4.14 Hop count exceeded - possible mail loop ATTR34 [BN8NAM12FT001.eop-nam12.prod.protection.outlook.com]",
};
