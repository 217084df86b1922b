/** Default is not everybody's policy here: a preset holds for a group, a custom policy for a domain. */
import { guidFrom } from "../guid";
import type { ExchangeObject, Tenant } from "../tenant";
import { baseTenant } from "./base";
import { list } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Scenario, Seed } from "./scenario";

const preset = "Standard Preset Security Policy";
/** Microsoft hangs a number on the policy behind a preset. */
const presetPolicy = `${preset}1714550400000`;
const custom = "Shop mail";

export const presets: Scenario = {
  name: "presets",
  about: "A Standard preset holds for a group, a custom anti-spam policy for a domain: both outrank Default.",
  seed: { id: "11111111-0000-4000-8000-000000000017", name: "Graphic Design Institute", slug: "graphic-design" },
  build: (seed) => {
    const labels = [seed.slug, `${seed.slug}-shop`];
    const tenant = baseTenant(seed, { scenario: "presets", dnsHost: ordinaryHost, ttl: 3600, labels });
    const [domain, shop] = labels.map((label) => `${label}.example`);
    const group = list(seed, "Management", `management@${domain}`, [`exchange.admin@${domain}`]);
    tenant.groups = [group];
    policies(tenant, seed);
    const forGroup = condition({ HostedContentFilterPolicy: presetPolicy, SentToMemberOf: [group.address] });
    tenant.exchange["EOPProtectionPolicyRule"] = [existing(seed, "EOPProtectionPolicyRule", preset, forGroup)];
    tenant.exchange["ATPProtectionPolicyRule"] = [
      existing(seed, "ATPProtectionPolicyRule", preset, condition({ SentToMemberOf: [group.address] })),
    ];
    const forDomain = condition({ HostedContentFilterPolicy: custom, RecipientDomainIs: [String(shop)] });
    tenant.exchange["HostedContentFilterRule"] = [existing(seed, "HostedContentFilterRule", custom, forDomain)];
    return tenant;
  },
};

const condition = (more: Record<string, unknown>) => ({
  State: "Enabled",
  Priority: 0,
  Comments: null,
  SentTo: null,
  SentToMemberOf: null,
  RecipientDomainIs: null,
  ExceptIfSentTo: null,
  ExceptIfSentToMemberOf: null,
  ExceptIfRecipientDomainIs: null,
  ...more,
});

function policies(tenant: Tenant, seed: Seed): void {
  const [standard] = tenant.exchange["HostedContentFilterPolicy"] ?? [];
  if (!standard) return;
  const policy = (name: string, more: Record<string, unknown>): ExchangeObject => ({
    ...structuredClone(standard),
    Guid: guidFrom(`${seed.id}/HostedContentFilterPolicy/${name}`),
    Name: name,
    IsDefault: false,
    MarkAsSpamSpfRecordHardFail: "Off",
    ...more,
  });
  // As Microsoft's table of recommended settings has Standard.
  const recommended = {
    RecommendedPolicyType: "Standard",
    HighConfidenceSpamAction: "Quarantine",
    HighConfidenceSpamQuarantineTag: "DefaultFullAccessWithNotificationPolicy",
    PhishQuarantineTag: "DefaultFullAccessWithNotificationPolicy",
    BulkThreshold: 6,
  };
  const ofShop = { HighConfidenceSpamAction: "MoveToJmf", PhishSpamAction: "MoveToJmf", MarkAsSpamSpfRecordHardFail: "On" };
  tenant.exchange["HostedContentFilterPolicy"]?.push(policy(presetPolicy, recommended), policy(custom, ofShop));
}
