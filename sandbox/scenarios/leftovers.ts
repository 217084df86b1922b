/** Set up by hand in 2022 and left alone since: old names, the old header, a word that never comes, a part of today's addresses. */
import { inboundConnector } from "../exchange/kinds/inbound-connector";
import { quarantinePolicy } from "../exchange/kinds/quarantine-policy";
import { transportRule } from "../exchange/kinds/transport-rule";
import { guidFrom } from "../guid";
import type { SecuredDomain, Tenant } from "../tenant";
import { baseTenant, mailHostOf } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Scenario, Seed } from "./scenario";

/** The list of 2022: no 104.30 range yet (facts: product 1). */
const addresses2022 = [
  "52.11.209.211",
  "52.89.255.11",
  "52.0.67.109",
  "54.173.50.115",
  "158.51.64.0/26",
  "158.51.65.0/26",
  "134.195.26.0/24",
];
const mx2022 = [
  { preference: 5, exchange: "mailstream-central.mxrecord.mx" },
  { preference: 10, exchange: "mailstream-east.mxrecord.io" },
  { preference: 10, exchange: "mailstream-west.mxrecord.io" },
];
const begun = Date.UTC(2022, 10, 14);

export const leftovers: Scenario = {
  name: "leftovers",
  about: "Area 1 as of 2022: old names and header, a rule for the word SPAM, a part of the addresses, MX on mailstream hosts.",
  seed: { id: "11111111-0000-4000-8000-000000000016", name: "Lucerne Publishing", slug: "lucerne" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "leftovers", dnsHost: ordinaryHost, ttl: 300 });
    for (const zone of tenant.zones) {
      const mx = mx2022.map((record) => ({ type: "MX" as const, name: zone.name, ttl: 300, ...record }));
      zone.records = [...mx, ...zone.records.filter((record) => record.type !== "MX")];
    }
    tenant.cloudflare.domains = tenant.zones.map((zone) => secured(seed, zone.name));
    // Customers were moved over; the header they get is today's.
    tenant.traits.vendorHeader = "cloudflare";
    connectors(tenant, seed);
    rules(tenant, seed);
    return tenant;
  },
};

const secured = (seed: Seed, domain: string): SecuredDomain => ({
  id: guidFrom(`${seed.id}/secured/${domain}`),
  domain,
  allowed_delivery_modes: ["DIRECT"],
  drop_dispositions: ["MALICIOUS"],
  ip_restrictions: [],
  lookback_hops: 1,
  transport: mailHostOf(domain),
  require_tls_inbound: null,
  require_tls_outbound: true,
  regions: ["GLOBAL"],
  folder: null,
  integration_id: null,
  status: "ACTIVE",
  createdAt: begun,
  modifiedAt: begun,
  challenge: null,
});

function connectors(tenant: Tenant, seed: Seed): void {
  const shared = {
    ...inboundConnector.defaults,
    ConnectorSource: "AdminUI",
    SenderDomains: ["smtp:*;1"],
    SenderIPAddresses: [...addresses2022],
  };
  const filtering = { ...shared, Comment: "Inbound connector for Enhanced Filtering", EFSkipLastIP: true };
  // Turned off when mail from the newer addresses went missing.
  const lockDown = { ...shared, Comment: "Only accept inbound email from Area 1", RestrictDomainsToIPAddresses: true, Enabled: false };
  tenant.exchange["InboundConnector"] = [
    existing(seed, "InboundConnector", "Area 1 Inbound Connector", filtering),
    existing(seed, "InboundConnector", "Secure O365 Inbound", lockDown),
  ];
  const filter = tenant.exchange["HostedConnectionFilterPolicy"]?.[0];
  if (filter) filter["IPAllowList"] = ["158.51.64.0/26", "158.51.65.0/26"];
}

/** The second use case as its page of 2022 had it: `SPAM`, though the header says `UCE`. */
function rules(tenant: Tenant, seed: Seed): void {
  const rule = (priority: number, words: string[], scl: number) => ({
    ...transportRule.defaults,
    Priority: priority,
    HeaderContainsMessageHeader: "X-Area1Security-Disposition",
    HeaderContainsWords: words,
    SenderIpRanges: [...addresses2022],
    SetSCL: scl,
  });
  tenant.exchange["TransportRule"] = [
    existing(seed, "TransportRule", "Area 1 Deliver to Junk Email folder", rule(0, ["SUSPICIOUS", "BULK"], 5)),
    existing(seed, "TransportRule", "Area 1 User Quarantine Message", rule(1, ["SPAM", "SPOOF"], 9)),
  ];
  const policy = (name: string, permissions: number) =>
    existing(seed, "QuarantinePolicy", name, {
      ...quarantinePolicy.defaults,
      ESNEnabled: true,
      EndUserQuarantinePermissionsValue: permissions,
    });
  // Older presets had "block sender" too.
  tenant.exchange["QuarantinePolicy"]?.push(policy("UserNotifyAdminRelease", 27), policy("UserNotifyUserRelease", 23));
  const filter = tenant.exchange["HostedContentFilterPolicy"]?.[0];
  if (!filter) return;
  Object.assign(filter, {
    MarkAsSpamSpfRecordHardFail: "Off",
    HighConfidenceSpamAction: "Quarantine",
    HighConfidenceSpamQuarantineTag: "UserNotifyUserRelease",
    PhishQuarantineTag: "UserNotifyAdminRelease",
    HighConfidencePhishQuarantineTag: "UserNotifyAdminRelease",
  });
}
