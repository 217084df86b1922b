/** A tenant nobody ever customized: gated cmdlets fail, and go on failing for half an hour after the switch. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

/** Which mail-flow cmdlets a dehydrated tenant refuses differs from tenant to tenant; these are what this one refuses. */
const gatedCmdlets = [
  "New-InboundConnector",
  "New-OutboundConnector",
  "New-TransportRule",
  "New-QuarantinePolicy",
  "Set-HostedConnectionFilterPolicy",
  "Set-HostedContentFilterPolicy",
];

export const dehydrated: Scenario = {
  name: "dehydrated",
  about: "Never customized: writes fail until Enable-OrganizationCustomization has run, and for half an hour after it.",
  seed: { id: "11111111-0000-4000-8000-000000000003", name: "Tailspin Toys", slug: "tailspin" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "dehydrated", dnsHost: ordinaryHost, ttl: 3600 });
    const organization = tenant.exchange["OrganizationConfig"]?.[0];
    if (organization) organization["IsDehydrated"] = true;
    tenant.traits.dehydratedLagMs = 30 * 60_000;
    tenant.traits.gatedCmdlets = gatedCmdlets;
    return tenant;
  },
};
