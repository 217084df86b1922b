/** How a report travels: the hosts it is tried at, and what their TLS has to be like. */
import { listIn } from "../mail/connectors";
import { outboundFor } from "../mail/going-out";
import type { Dial } from "../smtp/opening";
import type { Hop, Lookup } from "../smtp/route";
import type { ExchangeObject, ExchangeState } from "../tenant";

/** `problem` is why there is no host to try. */
export type Way = { hops: Hop[]; tls(hop: Hop): Pick<Dial, "ca" | "requiresTls" | "identity">; problem: string | null };

export async function wayTo(state: ExchangeState, domain: string, lookup: Lookup, ca: string): Promise<Way> {
  const connector = outboundFor(state, domain);
  if (!connector || connector["UseMXRecord"] === true) return { ...(await lookup.route(domain)), tls: tlsOf(connector, ca) };
  const names = listIn(connector, "SmartHosts").map((name) => name.replace(/^\[(.*)\]$/, "$1"));
  const hops = await Promise.all(names.map((host) => addressesOf(host, lookup)));
  const none = `450 4.4.312 DNS query failed: no smart host of the connector '${connector.Name}' has an address (${names.join(", ")}).`;
  return { hops: hops.flat(), tls: tlsOf(connector, ca), problem: hops.flat().length === 0 ? none : null };
}

async function addressesOf(host: string, lookup: Lookup): Promise<Hop[]> {
  if (/^[\d.]+$/.test(host)) return [{ host, address: host }];
  const addresses = await lookup.addresses(host).catch(() => []);
  return addresses.map((address) => ({ host, address }));
}

/** CertificateValidation asks for a certificate of an authority, whoever's; only DomainValidation looks at the name (Set-OutboundConnector). */
function tlsOf(connector: ExchangeObject | null, ca: string): Way["tls"] {
  const setting = connector?.["TlsSettings"];
  const wanted = String(connector?.["TlsDomain"] ?? "").toLowerCase();
  return ({ host }) => {
    if (setting === "EncryptionOnly") return { requiresTls: true };
    if (setting === "CertificateValidation") return { requiresTls: true, ca, identity: "any" };
    if (setting !== "DomainValidation") return {};
    const isBelow = wanted.startsWith("*.") && host.toLowerCase().endsWith(wanted.slice(1));
    return { requiresTls: true, ca, identity: isBelow ? host : wanted };
  };
}
