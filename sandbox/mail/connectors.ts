/** Which inbound connector takes a session, and what Microsoft's front door refuses because of connectors and tenant switches. */
import type { ExchangeObject, ExchangeState, Tenant } from "../tenant";
import { covers } from "./addresses";
import { domainOf } from "./headers";
import type { Reply, Session } from "./message";

export const listIn = (object: ExchangeObject, property: string): string[] => {
  const value = object[property];
  return Array.isArray(value) ? value.map(String) : [];
};
export const lower = (values: string[]): string[] => values.map((value) => value.toLowerCase());

const bare = (entry: string) =>
  entry
    .replace(/^smtp:/i, "")
    .replace(/;\d+$/, "")
    .toLowerCase();

/** Longer is more exact; -1 = not this sender. `*` takes every sender, bounces included. */
function exactness(connector: ExchangeObject, sender: string): number {
  const fits = listIn(connector, "SenderDomains")
    .map(bare)
    .filter((name) => name === "*" || name === sender || (name.startsWith("*.") && sender.endsWith(name.slice(1))));
  return Math.max(-1, ...fits.map((name) => (name === "*" ? 0 : name.length)));
}

const enabled = (state: ExchangeState, type: string) =>
  (state["InboundConnector"] ?? []).filter((one) => one["Enabled"] === true && one["ConnectorType"] === type);

const restricts = (connector: ExchangeObject) => connector["RestrictDomainsToIPAddresses"] === true;
const hasAddress = (connector: ExchangeObject, ip: string) => covers(listIn(connector, "SenderIPAddresses"), ip);

/**
 * OnPremises by address comes first; then Partner connectors by sender domain and address, the restricting one before the others.
 * Microsoft's page says that addresses of a Partner connector count only when it restricts; the portal's own by-address connectors
 * and enhanced filtering need them to count always (facts: exchange mapping 3), so they do here.
 */
export function connectorFor(state: ExchangeState, session: Session): ExchangeObject | null {
  const onPremises = enabled(state, "OnPremises").find((one) => hasAddress(one, session.clientIp));
  if (onPremises) return onPremises;
  const sender = domainOf(session.mailFrom);
  const rank = (one: ExchangeObject) => (restricts(one) ? 1000 : 0) + exactness(one, sender);
  const fits = enabled(state, "Partner").filter((one) => exactness(one, sender) >= 0 && hasAddress(one, session.clientIp));
  return fits.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** Null = goes on. */
export function refusalByTenant(tenant: Tenant, state: ExchangeState, session: Session): Reply | null {
  const connector = connectorFor(state, session);
  if (connector?.["ConnectorType"] !== "OnPremises") {
    const closed = refusalByRestriction(state, session);
    if (closed) return closed;
  }
  if (connector?.["RequireTls"] === true && !session.isTls) return { code: 451, text: "5.7.3 STARTTLS is required to send mail" };
  if (connector === null && isDirectSend(tenant, state, session)) {
    return {
      code: 550,
      text: "5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
    };
  }
  return refusalByBlockList(state, session, connector);
}

/** A restricting Partner connector closes its sender domains to everybody else; a second one for a single sender cannot open them again. */
function refusalByRestriction(state: ExchangeState, session: Session): Reply | null {
  const sender = domainOf(session.mailFrom);
  const closing = enabled(state, "Partner").filter((one) => restricts(one) && exactness(one, sender) >= 0);
  if (closing.length === 0 || closing.some((one) => hasAddress(one, session.clientIp))) return null;
  return {
    code: 550,
    text: "5.7.51 TenantInboundAttribution; Rejecting. Recipient has a partner connector with RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set",
  };
}

/** Anonymous mail that says it comes from the tenant itself. */
function isDirectSend(tenant: Tenant, state: ExchangeState, { mailFrom }: Session): boolean {
  if (state["OrganizationConfig"]?.[0]?.["RejectDirectSend"] !== true) return false;
  return tenant.domains.some((domain) => domain.isVerified && domain.id === domainOf(mailFrom));
}

/** Allow wins over block; mail that a connector took is not asked. */
function refusalByBlockList(state: ExchangeState, { clientIp }: Session, connector: ExchangeObject | null): Reply | null {
  const filter = state["HostedConnectionFilterPolicy"]?.[0];
  if (!filter || connector || covers(listIn(filter, "IPAllowList"), clientIp) || !covers(listIn(filter, "IPBlockList"), clientIp))
    return null;
  return { code: 550, text: `5.7.1 Service unavailable, Client host [${clientIp}] blocked using Customer Block list` };
}
