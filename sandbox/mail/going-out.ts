/** Which way mail leaves a tenant: an outbound connector for the recipient's domain, or the domain's MX. */
import type { ExchangeObject, ExchangeState } from "../tenant";
import { listIn } from "./connectors";

/** How the place of mail that left begins. */
export const outside = "Sent to the outside";

/** An address that Microsoft's servers send from, inside what their SPF record lists. */
export const microsoftSender = "40.107.22.100";
export const microsoftRange = ["40.107.0.0/16"];

/** Longer is more exact; -1 = not this domain. */
function exactness(connector: ExchangeObject, domain: string): number {
  const names = listIn(connector, "RecipientDomains").map((name) => name.toLowerCase());
  const fits = names.filter((name) => name === "*" || name === domain || (name.startsWith("*.") && domain.endsWith(name.slice(1))));
  return Math.max(-1, ...fits.map((name) => (name === "*" ? 0 : name.length)));
}

/**
 * Of the connectors that are on, the one whose recipient domains say it most exactly; null = by MX. One that a mail flow rule calls
 * takes nothing by itself, and one for all mail by way of the organisation's own servers takes everything.
 */
export function outboundFor(state: ExchangeState, domain: string): ExchangeObject | null {
  const on = (state["OutboundConnector"] ?? []).filter(
    (one) => one["Enabled"] === true && one["TestMode"] !== true && one["IsTransportRuleScoped"] !== true,
  );
  const central = on.find((one) => one["RouteAllMessagesViaOnPremises"] === true);
  if (central) return central;
  const fits = on.filter((one) => exactness(one, domain.toLowerCase()) >= 0);
  return fits.sort((a, b) => exactness(b, domain.toLowerCase()) - exactness(a, domain.toLowerCase()))[0] ?? null;
}
