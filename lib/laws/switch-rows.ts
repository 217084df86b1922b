/** Random rows of what the switch is about: mail records, what is around them, domains at the vendor, zones, accepted domains; and settings of its steps. */
import fc from "fast-check";
import type { Profile } from "@/lib/profiles/profile";
import type { Step } from "@/lib/steps/shape";
import { type Obj, objects, type State } from "./state";

export const DOMAINS = ["contoso.com", "fabrikam.com", "mail.contoso.com"] as const;
export const hostOf = (domain: string): string => `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;

type MxHost = { readonly preference: number; readonly exchange: string };
const at = (exchange: string, preference = 10): MxHost => ({ preference, exchange });
const vendorsOf = ({ regions }: Profile): readonly MxHost[] =>
  (regions.value[0]?.hosts ?? []).map(({ preference, host }) => at(host, preference));

const mxObj = (domain: string, ttl: number, agreed: boolean, hosts: readonly MxHost[]): Obj => ({
  Guid: domain,
  Name: domain,
  domain,
  exists: true,
  zone: domain,
  ttl,
  hosts,
  agreed,
  servers: [{ name: "ns1.example", address: "192.0.2.1", ttl, hosts, problem: null }],
});

function mx(profile: Profile): fc.Arbitrary<readonly Obj[]> {
  const vendors = vendorsOf(profile);
  const one = (domain: string, isThere: boolean) =>
    fc
      .record({
        ttl: fc.constantFrom(60, 300, 300, 300, 3600, 86_400),
        agreed: fc.constantFrom(true, true, true, true, true, true, false),
        hosts: fc.constantFrom(
          [at("mx.old.example")],
          [at(hostOf(domain), 0)],
          [at(hostOf(domain), 0)],
          [...vendors, at(hostOf(domain), 50)],
          vendors.slice(0, 1),
          [at("mailstream-east.mxrecord.io")],
          [],
        ),
      })
      .map(({ ttl, agreed, hosts }) =>
        isThere
          ? mxObj(domain, ttl, true, vendors)
          : hosts.length === 0
            ? mxObj(domain, 300, true, hosts)
            : mxObj(domain, ttl, agreed, hosts),
      );
  return fc.constantFrom(true, false, false).chain((isThere) => fc.tuple(...DOMAINS.map((domain) => one(domain, isThere))));
}

const perDomain = (one: (domain: string) => fc.Arbitrary<Obj>): fc.Arbitrary<readonly Obj[]> => fc.tuple(...DOMAINS.map(one));
const named = (domain: string, more: object): Obj => ({ ...more, Guid: domain, Name: domain, domain });

const spf = perDomain((domain) =>
  fc
    .constantFrom(
      [],
      ["v=spf1 include:spf.protection.outlook.com -all"],
      ["v=spf1 include:spf.pphosted.com ~all"],
      ["v=spf1 -all", "v=spf1 a"],
    )
    .map((records) => named(domain, { records })),
);

const mtaSts = ({ mxSuffixes }: Profile) =>
  perDomain((domain) =>
    fc
      .constantFrom<object>(
        { record: null, policy: null, problem: null },
        { record: null, policy: null, problem: null },
        { record: "v=STSv1; id=1", policy: { mode: "testing", mx: ["*.mail.protection.outlook.com"], maxAge: 86_400 }, problem: null },
        { record: "v=STSv1; id=1", policy: { mode: "enforce", mx: mxSuffixes.value.map((s) => `*.${s}`), maxAge: 86_400 }, problem: null },
        { record: "v=STSv1; id=1", policy: null, problem: "It answers 404." },
      )
      .map((more) => named(domain, more)),
  );

const secured = fc.subarray([...DOMAINS, "wingtip.example"], { minLength: 1 }).chain((some) =>
  fc.tuple(
    ...some.map((domain) =>
      fc
        .record({
          deliveryModes: fc.constantFrom(["DIRECT"], ["API"], ["DIRECT", "BCC"]),
          forwardingTo: fc.constantFrom(
            hostOf(domain),
            "mxa.global.inbound.cf-emailsecurity.net",
            "wrong.mail.protection.outlook.com",
            null,
          ),
          quarantined: fc.constantFrom([], ["MALICIOUS"], ["SPAM", "BULK", "MALICIOUS"]),
          ipRestrictions: fc.constantFrom([], ["192.0.2.0/24"]),
          tlsOutbound: fc.boolean(),
          hops: fc.constantFrom(1, 2),
          regions: fc.constantFrom(["GLOBAL"], ["DE"]),
          status: fc.constantFrom("ACTIVE", "ACTIVE", "ACTIVE", "active", "TIMEOUT"),
        })
        .map((o): Obj => ({ tlsInbound: false, ...o, Guid: `es-${domain}`, Name: domain })),
    ),
  ),
);

const zones = fc.subarray([...DOMAINS]).map((some): readonly Obj[] =>
  some.map((name, i) => ({
    Guid: `zone-${name}`,
    Name: name,
    name,
    type: "full",
    status: i === 2 ? "pending" : "active",
    nameServers: name === "fabrikam.com" ? ["ns9.example"] : ["ns1.example"],
  })),
);

const accepted = fc
  .subarray([...DOMAINS], { minLength: 1 })
  .chain((some) =>
    fc.tuple(
      ...["contoso.onmicrosoft.com", ...some].map((DomainName, i) =>
        fc
          .constantFrom("Authoritative", "Authoritative", "InternalRelay")
          .map(
            (DomainType): Obj => ({ Guid: `ad-${i}`, Name: DomainName, DomainName, DomainType, Default: i === 0, InitialDomain: i === 0 }),
          ),
      ),
    ),
  );

/** A token of the vendor's: without one every question to it is not asked. */
const aToken: Obj = { Guid: "token", Name: "token" };
const token = fc.constantFrom<readonly Obj[]>([aToken], [aToken], []);

export const switchRows = (profile: Profile) =>
  ({
    mx: mx(profile),
    spf,
    mtaSts: mtaSts(profile),
    EmailSecurityDomain: secured,
    cfZone: zones,
    AcceptedDomain: accepted,
    token,
  }) as const;

const regions = fc.constantFrom([], ["us"], ["global"]);
const access = fc.constantFrom("consent", "consent", "without");
const nextHops = Object.fromEntries(DOMAINS.map((domain) => [domain, hostOf(domain)]));
const typed = ["10 mxa.us.inbound.cf-emailsecurity.net", "10 mxb.us.inbound.cf-emailsecurity.net"];

/** Domains are all of them: one that is no longer chosen stays at the vendor while its mail comes through. */
export const switchSettings: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "area1-domains": fc.record({
    access: fc.constant("consent"), // what is known by word is another matter than what is read: it is not switched to and fro
    domains: fc.constant([...DOMAINS]),
    nextHops: fc.constant(nextHops),
    regions,
    useCase: fc.constantFrom("1", "2", "5"),
    ownChoice: fc.subarray(["contoso.com"]),
    quarantined: fc.constant({ "contoso.com": ["MALICIOUS", "BULK"] }),
    entered: fc.subarray([...DOMAINS]),
  }),
  "mx-records": fc.record({
    access,
    domains: fc.subarray([...DOMAINS], { minLength: 1 }),
    regions,
    region: fc.constantFrom("us", "us", ""),
    hosts: fc.subarray([...DOMAINS], { minLength: 2 }).map((some) => Object.fromEntries(some.map((domain) => [domain, typed]))),
    move: fc.subarray([...DOMAINS]),
    entered: fc.constantFrom([...DOMAINS], [...DOMAINS], []),
    lowest: fc.constantFrom({}, Object.fromEntries(DOMAINS.map((domain) => [domain, 86_400]))),
  }),
  "lock-down": fc.record({
    access,
    domains: fc.constant([...DOMAINS]),
    nextHops: fc.constant(nextHops),
    turnOn: fc.constantFrom("true", "true", "false"),
    reviewed: fc.constant("2026-08-20"),
  }),
};

const isShut = (o: Obj) => o["RestrictDomainsToIPAddresses"] === true || o["RestrictDomainsToCertificate"] === true;
/** Nobody comes to the switch with a locked door: the connector's step stops them. Then what was moved could not be moved back. */
export const unlocked = (start: State): State => ({
  ...start,
  InboundConnector: objects(start, "InboundConnector").filter((o) => !isShut(o)),
});
export const suited = (step: Step, start: State): State => (step.id === "mx-records" ? unlocked(start) : start);
