/** The customer's own Cloudflare dashboard: Email security > Settings > Domains, in its own words, and API tokens, shown whole. */
import { nextToken, permissions } from "../cloudflare/account";
import { changed, newDomain, settingFaults } from "../cloudflare/secured-domain";
import { shownVerification, verify } from "../cloudflare/verification";
import type { SecuredDomain, Tenant } from "../tenant";
import type { World } from "../world";
import { area, button, choice, hidden, line, linesOf, tick } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

/** "Configured as": mail arrives by MX, or an earlier host hands it on so many hops later. */
const byMx = "MX Records";
const byHops = "Hops";
const tls = ["Forward all messages over TLS", "Forward all messages (opportunistic TLS)"];
const dispositions = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"];
const regions = ["GLOBAL", "AU", "DE", "IN", "US"];

function proof(secured: SecuredDomain): Markup | string {
  const asked = shownVerification(secured, false);
  if (!asked) return "";
  return markup`<p>TXT record <code>${asked.txt_record_name}</code> with the value <code>${asked.txt_record_value}</code>, last looked for ${asked.last_checked_at ?? "never"}.</p>`;
}

function form(tenant: Tenant, secured: SecuredDomain | undefined): Markup {
  const isDirect = secured?.allowed_delivery_modes.includes("DIRECT") ?? true;
  return markup`<form method="post" action="${action(tenant, "cloudflare-domains")}"><fieldset><legend>${secured ? `${secured.domain} (${secured.status})` : "Add a domain"}</legend>
${hidden("id", secured?.id ?? "")}${secured ? proof(secured) : line("domain", "Domain", "")}
${choice("configured", "Configured as", isDirect ? byMx : byHops, [byMx, byHops])}
${line("hops", "Number of hops", String(secured?.lookback_hops ?? 1))}
${line("transport", "Forwarding to", secured?.transport ?? "", { wide: true })}
${area("ip_restrictions", "IP Restrictions", secured?.ip_restrictions ?? [])}
${choice("tls", "Outbound TLS", (secured?.require_tls_outbound ?? true) ? (tls[0] ?? "") : (tls[1] ?? ""), tls)}
<fieldset><legend>Quarantine Policy</legend>${dispositions.map((name) => tick("quarantine", name, secured?.drop_dispositions.includes(name) ?? name === "MALICIOUS", name))}</fieldset>
<fieldset><legend>Processing location</legend>${regions.map((name) => tick("regions", name, secured?.regions.includes(name) ?? name === "GLOBAL", name))}</fieldset>
<div class="row">${button(secured ? `Save ${secured.domain}` : "Add domain")} ${secured ? button(`Delete ${secured.domain}`, "remove") : ""}</div></fieldset></form>`;
}

/** What the form does not show (JOURNAL, ENCRYPTED and the like) stays as it is. */
function wanted(sent: URLSearchParams, before: SecuredDomain | undefined) {
  const isDirect = sent.get("configured") === byMx;
  const otherModes = (before?.allowed_delivery_modes ?? []).filter((mode) => mode !== "DIRECT" && mode !== "BCC");
  const otherDrops = (before?.drop_dispositions ?? []).filter((name) => !dispositions.includes(name));
  return {
    ...(before ? {} : { domain: (sent.get("domain") ?? "").trim() }),
    allowed_delivery_modes: [isDirect ? "DIRECT" : "BCC", ...otherModes],
    lookback_hops: Number(sent.get("hops") ?? 1),
    transport: (sent.get("transport") ?? "").trim() || null,
    ip_restrictions: linesOf(sent.get("ip_restrictions")),
    require_tls_outbound: sent.get("tls") !== tls[1],
    drop_dispositions: [...sent.getAll("quarantine"), ...otherDrops],
    regions: sent.getAll("regions"),
  };
}

function save(tenant: Tenant, world: World, sent: URLSearchParams): string | null {
  const { cloudflare } = tenant;
  const before = cloudflare.domains.find((secured) => secured.id === sent.get("id"));
  if (sent.get("do") === "remove") {
    cloudflare.domains = cloudflare.domains.filter((secured) => secured !== before);
    return null;
  }
  const settings = wanted(sent, before);
  const [problem] = settingFaults(settings);
  if (problem) return `${problem.pointer.slice(1)} ${problem.message}.`;
  if (!Number.isInteger(settings.lookback_hops) || settings.lookback_hops < 1 || settings.lookback_hops > 20)
    return "The number of hops must be between 1 and 20.";
  if (settings.regions.length === 0) return "Choose a processing location.";
  if (before) {
    cloudflare.domains = cloudflare.domains.map((one) => (one === before ? changed(before, settings, world.clock.now()) : one));
    return null;
  }
  const made = newDomain(world, tenant, settings, true);
  if (cloudflare.domains.some((secured) => secured.domain === made.domain)) return `${made.domain} is there already.`;
  cloudflare.domains = [...cloudflare.domains, made];
  return null;
}

export const cloudflareDomains: Section = {
  id: "cloudflare-domains",
  title: "Cloudflare: Email security domains",
  show: (tenant, world) => {
    const { domains } = tenant.cloudflare;
    for (const secured of domains) verify(world, secured);
    return markup`<p>Account id <code>${tenant.cloudflare.accountId}</code>.</p>
${domains.length === 0 ? markup`<p>No domain is set up.</p>` : ""}${domains.map((secured) => form(tenant, secured))}${form(tenant, undefined)}`;
  },
  act: save,
};

export const cloudflareTokens: Section = {
  id: "cloudflare-tokens",
  title: "Cloudflare: API tokens",
  show: (tenant) => {
    const rows = tenant.cloudflare.tokens.map(
      (token) =>
        markup`<tr><th scope="row">${token.name}</th><td><code>${token.value}</code></td><td>${token.permissions.join(", ")}</td><td><form method="post" action="${action(tenant, "cloudflare-tokens")}">${hidden("id", token.id)}${button(`Delete ${token.name}`, "remove")}</form></td></tr>`,
    );
    return markup`<p>Account id <code>${tenant.cloudflare.accountId}</code>.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Table of API tokens"><table><thead><tr><th scope="col">Name</th><th scope="col">Token</th><th scope="col">Permissions</th><th scope="col">Delete</th></tr></thead><tbody>${rows}</tbody></table></div>
<form method="post" action="${action(tenant, "cloudflare-tokens")}"><fieldset><legend>Create a token</legend>
${permissions.map((name) => tick("permissions", name, true, name))}${button("Create token", "create")}</fieldset></form>`;
  },
  act: ({ cloudflare }, _, sent) => {
    if (sent.get("do") === "remove") {
      cloudflare.tokens = cloudflare.tokens.filter((token) => token.id !== sent.get("id"));
      return null;
    }
    const chosen = permissions.filter((name) => sent.getAll("permissions").includes(name));
    if (chosen.length === 0) return "Choose at least one permission.";
    cloudflare.tokens = [...cloudflare.tokens, nextToken(cloudflare, chosen)];
    return null;
  },
};
