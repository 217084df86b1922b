/** Random tenants and settings for every step of the catalogue. A step that is not named here is run with its first settings. */
import fc from "fast-check";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { type Step, settingsFor } from "@/lib/steps/shape";
import { contentPolicies, flowRules, globalPolicies, handlingSettings, quarantinePolicies } from "./handling-rows";
import { journalRows, journalSettings } from "./journal-rows";
import { retractionRows, retractionSettings } from "./retraction-rows";
import type { Obj, State } from "./state";
import { DOMAINS, suited, switchRows, switchSettings, unlocked } from "./switch-rows";

/** Everything that has ever ended a string too early. */
const STRANGE_NAME = 'It’s Contoso\'s "gateway" $x `n ‘a’\n„b“ $(Get-Date) ö😀';

const connector = (Guid: string, Name: string, egress: readonly string[], more: Readonly<Record<string, unknown>> = {}): Obj => ({
  Comment: null,
  Enabled: true,
  ConnectorType: "Partner",
  SenderDomains: ["*"],
  SenderIPAddresses: [...egress],
  RequireTls: true,
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  TlsSenderCertificateName: null,
  EFSkipLastIP: false,
  EFSkipIPs: [],
  EFUsers: [],
  EFTestMode: false,
  ...more,
  Guid,
  Name,
});

/** The second and third narrow entries as the one network around them. */
const widened = (egress: readonly string[]) => [...egress.filter((ip) => !ip.startsWith("158.51.64.")), "158.51.64.0/24"];

function connectors({ egress: { value: egress }, inboundConnector }: Profile): fc.Arbitrary<readonly Obj[]> {
  const usual = [
    connector("c1", STRANGE_NAME, widened(egress), { SenderIPAddresses: [...widened(egress), "7.7.7.7"] }),
    connector("c2", inboundConnector.value.name, egress, { SenderIPAddresses: [...egress.slice(0, 2), "6.6.6.6"], RequireTls: false }),
    connector("c3", "Partner of one domain", ["5.5.5.5"], { SenderDomains: ["adatum.example"] }),
    connector("c4", "Hybrid", ["4.4.4.4"], { ConnectorType: "OnPremises" }),
    connector("c5", "Turned off", egress, { Enabled: false, EFUsers: ["u@contoso.com", "v@contoso.com"], EFSkipLastIP: true }),
    connector("c6", "Pilot", ["1.2.3.4"], { EFUsers: ["u@contoso.com", "v@contoso.com"], EFTestMode: true, EFSkipIPs: ["1.2.3.5"] }),
  ];
  const fatal = [
    connector("c7", "Locked down", egress, { RestrictDomainsToIPAddresses: true }),
    connector("c8", "Own servers", [...egress.slice(0, 1)], { ConnectorType: "OnPremises" }),
  ];
  return fc
    .tuple(fc.subarray(usual), fc.option(fc.constantFrom(...fatal), { freq: 8 }))
    .chain(([some, one]) => fc.shuffledSubarray([...some, ...(one ? [one] : [])], { minLength: some.length + (one ? 1 : 0) }));
}

function allowed({ egress: { value: egress } }: Profile): fc.Arbitrary<readonly Obj[]> {
  const others = ["9.9.9.9", "10.0.0.0/24", "158.51.64.0/24"];
  const full = Array.from({ length: 1_250 }, (_, i) => `11.0.${Math.floor(i / 250)}.${i % 250}`);
  const list = fc.oneof(
    { weight: 12, arbitrary: fc.subarray([...egress, ...others]) },
    { weight: 4, arbitrary: fc.subarray(others) },
    { weight: 1, arbitrary: fc.constant(full) },
  );
  return list.map((IPAllowList) => [{ Guid: "cf", Name: "Default", IPAllowList }]);
}

const policyRule = (Guid: string, Name: string, policy: string, State: string): Obj => ({
  Guid,
  Name,
  State,
  Priority: 0,
  HostedContentFilterPolicy: policy,
  SentTo: ["u@contoso.com"],
  SentToMemberOf: [],
  RecipientDomainIs: [],
});

const directory = {
  organization: fc
    .constantFrom([], [{ service: "exchange", capabilityStatus: "Enabled", servicePlanId: "efb87545-963c-4e0d-99df-69c6916d9eb0" }])
    .map((assignedPlans): readonly Obj[] => [
      { Guid: "org", Name: "Contoso", id: "org", displayName: "Contoso", tenantType: "AAD", countryLetterCode: "DE", assignedPlans },
    ]),
  domain: fc.subarray([...DOMAINS], { minLength: 1 }).chain((some) =>
    fc.tuple(
      ...some.map((id) =>
        fc
          .record({
            isVerified: fc.constantFrom(true, true, true, false),
            supportedServices: fc.constantFrom(["Email"], ["Email", "Intune"], []),
          })
          .map((o): Obj => ({ ...o, Guid: id, Name: id, id, isInitial: false, isDefault: false })),
      ),
    ),
  ),
  grants: fc
    .subarray(["Exchange.ManageAsApp", "Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory"])
    .map((names): readonly Obj[] => [
      {
        Guid: "sp",
        Name: "Cutover",
        servicePrincipalId: "sp",
        appRoles: names.map((name) => ({ resource: name.startsWith("Exchange") ? "Office 365 Exchange Online" : "Microsoft Graph", name })),
        directoryRoles: names.length > 2 ? [{ templateId: "29232cdf-9323-42fd-ade2-1d097af3e4de", name: "Exchange Administrator" }] : [],
      },
    ]),
} as const;

const hosts = (name: string) => [{ preference: 10, exchange: name }];
const everyDomain = <T extends Obj>(one: (domain: string) => fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.tuple(...DOMAINS.map(one));

const dns = {
  resolvers: everyDomain((domain) =>
    fc.constantFrom(30, 250, 1800).map(
      (ttl): Obj => ({
        Guid: domain,
        Name: domain,
        domain,
        seen: [{ resolver: "1.1.1.1", ttl, hosts: hosts("mx.old.example"), problem: null }],
      }),
    ),
  ),
  dnsHost: everyDomain((domain) =>
    fc.constant<Obj>({ Guid: domain, Name: domain, domain, zone: domain, nameServers: ["ns1.example"], hosts: [] }),
  ),
} as const;

const exchange = (profile: Profile) =>
  ({
    OrganizationConfig: fc
      .constantFrom(false, false, false, true)
      .map((IsDehydrated): readonly Obj[] => [{ Guid: "OrganizationConfig", Name: "OrganizationConfig", IsDehydrated }]),
    HostedConnectionFilterPolicy: allowed(profile),
    HostedContentFilterPolicy: contentPolicies,
    HostedContentFilterRule: fc.subarray([
      policyRule("rule1", "Sales", "Sales", "Enabled"),
      policyRule("rule2", "Old", "Sales", "Disabled"),
    ]),
    EOPProtectionPolicyRule: fc.subarray([
      policyRule("preset1", "Strict Preset Security Policy", "Strict Preset Security Policy1", "Enabled"),
    ]),
    InboundConnector: connectors(profile),
    TransportRule: flowRules(profile),
    QuarantinePolicy: quarantinePolicies,
    GlobalQuarantinePolicy: globalPolicies,
  }) as const;

export type Case = { readonly start: State; readonly settings: unknown; readonly profile: Profile; readonly lag: number };

const stateOf = (profile: Profile): fc.Arbitrary<State> =>
  fc.record({ ...exchange(profile), ...directory, ...dns, ...switchRows(profile), ...journalRows, ...retractionRows });

const seconds = fc.constantFrom(600, 3600, 86_400);
const perDomain = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...DOMAINS), value).map((d) => ({ ...d }));
const settings: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "connect-tenant": fc.record({ access: fc.constantFrom("consent", "consent", "without") }),
  "choose-domains": fc.record({ domains: fc.subarray([...DOMAINS]), profile: fc.constantFrom("cloudflare", "area1") }),
  "mx-ttl": fc.record({ domains: fc.subarray([...DOMAINS], { minLength: 1 }), lowest: perDomain(seconds), oldTtl: perDomain(seconds) }),
  "enhanced-filtering": fc.record({
    others: fc.subarray(["c5", "c6"]),
    hop: fc.constantFrom("last", "list"),
    hops: fc.subarray(["93.184.216.10", "93.184.216.64/27"], { minLength: 1 }),
  }),
  "message-handling": handlingSettings,
  ...switchSettings,
  ...journalSettings,
  ...retractionSettings,
};

export const settingsOf = (step: Step): fc.Arbitrary<unknown> =>
  (settings[step.id] ?? fc.constant(step.atFirst)).map((raw) => {
    const read = step.parse(raw);
    if (!read.ok) throw new Error(`${step.id}: the random settings do not parse: ${read.issues.map((i) => i.say).join(" ")}`);
    return read.settings;
  });

const LAGS = [0, 25, 20_000] as const;
const profileOf: fc.Arbitrary<Profile> = fc.constantFrom(profiles.cloudflare, profiles.area1);

export const caseOf = (step: Step): fc.Arbitrary<Case> =>
  profileOf.chain((profile) =>
    fc.record({
      start: stateOf(profile).map((start) => suited(step, start)),
      settings: settingsOf(step),
      profile: fc.constant(profile),
      lag: fc.constantFrom(...LAGS),
    }),
  );

/** Of a tenant that takes settings: the step about customising it is another one's matter. */
const customized = (start: State): State => ({
  ...start,
  OrganizationConfig: [{ Guid: "OrganizationConfig", Name: "OrganizationConfig", IsDehydrated: false }],
});
export const readyCaseOf = (step: Step): fc.Arbitrary<Case> => caseOf(step).map((c) => ({ ...c, start: customized(c.start) }));

/** What is chosen once for all steps is the same in all of them. */
function together(catalogue: readonly Step[], all: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const saved = (id: string) => ({ ...Object(all[id]) });
  return Object.fromEntries(
    catalogue.map((step) => {
      const read = step.parse(settingsFor(step, saved));
      return [step.id, read.ok ? read.settings : all[step.id]];
    }),
  );
}

export const wholeCase = (
  catalogue: readonly Step[],
): fc.Arbitrary<{
  readonly start: State;
  readonly profile: Profile;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly lag: number;
}> =>
  profileOf.chain((profile) =>
    fc.record({
      start: stateOf(profile).map(unlocked),
      profile: fc.constant(profile),
      settings: fc.record(Object.fromEntries(catalogue.map((step) => [step.id, settingsOf(step)]))).map((all) => together(catalogue, all)),
      lag: fc.constantFrom(0, 20_000),
    }),
  );
