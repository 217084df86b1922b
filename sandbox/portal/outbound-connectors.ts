/** Exchange admin center: Mail flow > Connectors, those for mail that goes out. */
import { byHand } from "../exchange/by-hand";
import { listOf } from "../exchange/kinds/kind";
import type { ExchangeObject, Tenant } from "../tenant";
import { area, button, choice, hidden, line, linesOf, tick } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

const id = "outbound-connector";
const anyCertificate = "Not required";
const tls = [anyCertificate, "EncryptionOnly", "CertificateValidation", "DomainValidation"];

const textOf = (connector: ExchangeObject | undefined, property: string, otherwise = "") => String(connector?.[property] ?? otherwise);

function form(tenant: Tenant, connector: ExchangeObject | undefined): Markup {
  const level = connector ? textOf(connector, "TlsSettings", anyCertificate) : "CertificateValidation";
  const validated = connector?.["IsValidated"] === true ? "Validated." : "Not validated.";
  return markup`<form method="post" action="${action(tenant, id)}"><fieldset><legend>${connector?.Name ?? "Add an outbound connector"}</legend>
${hidden("Identity", connector?.Guid ?? "")}
${line("Name", "Name", connector?.Name ?? "")}
${line("Comment", "Description", textOf(connector, "Comment"))}
${choice("ConnectorType", "Connection to", textOf(connector, "ConnectorType", "Partner"), ["Partner", "OnPremises"])}
${area("RecipientDomains", "Only when email messages are sent to these domains", listOf(connector?.["RecipientDomains"]))}
${area("SmartHosts", "Route email through these smart hosts (empty: the MX records of the domain)", listOf(connector?.["SmartHosts"]))}
${choice("TlsSettings", "Use TLS, and what the certificate must be", level, tls)}
${line("TlsDomain", "Name in the certificate (DomainValidation)", textOf(connector, "TlsDomain"))}
${tick("Enabled", "Turn it on", connector ? connector["Enabled"] === true : true)}
${connector ? markup`<p>${validated}</p>` : ""}
<div class="row">${button(connector ? "Save outbound connector" : "Add outbound connector")} ${connector ? button("Delete outbound connector", "remove") : ""}</div></fieldset></form>`;
}

function settingsOf(sent: URLSearchParams) {
  const hosts = linesOf(sent.get("SmartHosts"));
  const level = sent.get("TlsSettings") ?? anyCertificate;
  return {
    Name: (sent.get("Name") ?? "").trim(),
    Comment: sent.get("Comment") ?? "",
    ConnectorType: sent.get("ConnectorType") ?? "Partner",
    RecipientDomains: linesOf(sent.get("RecipientDomains")),
    UseMXRecord: hosts.length === 0,
    SmartHosts: hosts,
    TlsSettings: level === anyCertificate ? null : level,
    TlsDomain: sent.get("TlsDomain")?.trim() || null,
    Enabled: sent.has("Enabled"),
  };
}

export const outboundConnectors: Section = {
  id,
  title: "Outbound connectors",
  show: (tenant) => {
    const connectors = tenant.exchange["OutboundConnector"] ?? [];
    return markup`${connectors.length === 0 ? markup`<p>There is no outbound connector.</p>` : ""}${connectors.map((one) => form(tenant, one))}${form(tenant, undefined)}`;
  },
  act: (tenant, world, sent) => {
    const identity = sent.get("Identity") ?? "";
    if (sent.get("do") === "remove") return byHand(world, tenant, "Remove-OutboundConnector", { Identity: identity, Confirm: false });
    return identity === ""
      ? byHand(world, tenant, "New-OutboundConnector", settingsOf(sent))
      : byHand(world, tenant, "Set-OutboundConnector", { Identity: identity, ...settingsOf(sent) });
  },
};
