/** Exchange admin center: Mail flow > Connectors, with Enhanced Filtering in the same form. */
import { byHand } from "../exchange/by-hand";
import { listOf } from "../exchange/kinds/kind";
import type { ExchangeObject, Tenant } from "../tenant";
import { area, button, choice, hidden, line, linesOf, tick } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

const switches: [string, string, boolean][] = [
  ["Enabled", "Turn it on", true],
  ["RequireTls", "Reject email messages if they aren't sent over TLS", true],
  ["RestrictDomainsToIPAddresses", "Reject email messages if they aren't sent from within this IP address range", false],
  ["EFSkipLastIP", "Enhanced Filtering: automatically detect and skip the last IP address", false],
  ["EFTestMode", "Enhanced Filtering: test mode", false],
];
const lists: [string, string][] = [
  ["SenderDomains", "Sender domains"],
  ["SenderIPAddresses", "Verify that the IP address of the sending server matches one of these"],
  ["EFSkipIPs", "Enhanced Filtering: skip these IP addresses"],
  ["EFUsers", "Enhanced Filtering: apply to these users only (empty: entire organization)"],
];

const bare = (entry: string) => entry.replace(/^smtp:(.*);1$/, "$1");

function form(tenant: Tenant, connector: ExchangeObject | undefined): Markup {
  const domains = connector ? [] : ["*"];
  return markup`<form method="post" action="${action(tenant, "inbound-connector")}"><fieldset><legend>${connector?.Name ?? "Add a connector"}</legend>
${hidden("Identity", connector?.Guid ?? "")}
${line("Name", "Name", connector?.Name ?? "")}
${line("Comment", "Description", String(connector?.["Comment"] ?? ""))}
${choice("ConnectorType", "Connection from", String(connector?.["ConnectorType"] ?? "Partner"), ["Partner", "OnPremises"])}
${lists.map(([name, label]) => area(name, label, [...listOf(connector?.[name]).map(bare), ...(name === "SenderDomains" ? domains : [])]))}
${switches.map(([name, label, otherwise]) => tick(name, label, connector ? connector[name] === true : otherwise))}
<div class="row">${button(connector ? "Save connector" : "Add connector")} ${connector ? button("Delete connector", "remove") : ""}</div></fieldset></form>`;
}

export const inboundConnectors: Section = {
  id: "inbound-connector",
  title: "Inbound connectors",
  show: (tenant) => {
    const connectors = tenant.exchange["InboundConnector"] ?? [];
    return markup`${connectors.length === 0 ? markup`<p>There is no inbound connector.</p>` : ""}${connectors.map((one) => form(tenant, one))}${form(tenant, undefined)}`;
  },
  act: (tenant, world, sent) => {
    const identity = sent.get("Identity") ?? "";
    if (sent.get("do") === "remove") return byHand(world, tenant, "Remove-InboundConnector", { Identity: identity, Confirm: false });
    const settings = {
      Name: (sent.get("Name") ?? "").trim(),
      Comment: sent.get("Comment") ?? "",
      ConnectorType: sent.get("ConnectorType") ?? "",
      ...Object.fromEntries(lists.map(([name]) => [name, linesOf(sent.get(name))])),
      ...Object.fromEntries(switches.map(([name]) => [name, sent.has(name)])),
    };
    return identity === ""
      ? byHand(world, tenant, "New-InboundConnector", settings)
      : byHand(world, tenant, "Set-InboundConnector", { Identity: identity, ...settings });
  },
};
