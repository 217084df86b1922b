/** For tests: judges a step from raw answers as the clouds give them, without any cloud. */
import type { Result } from "@/lib/base/result";
import { ok } from "@/lib/base/result";
import type { Check } from "@/lib/model/check";
import { type Mine, nothingIsMine } from "@/lib/model/mine";
import type { Known, RawMoment } from "@/lib/model/query";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import type { Step } from "./shape";

export const NOW = Date.UTC(2026, 4, 3, 12);
export const HOUR_MS = 3_600_000;

type More = {
  readonly past?: Readonly<Record<string, readonly RawMoment[]>>;
  readonly failed?: Readonly<Record<string, Result<unknown>>>;
  readonly now?: number;
  readonly mine?: Mine;
  readonly profile?: Profile;
};

export const knownFrom = (raw: Readonly<Record<string, unknown>>, { past = {}, failed = {} }: More = {}): Known => ({
  raw: new Map<string, Result<unknown>>([
    ...Object.entries(raw).map(([name, rows]) => [name, ok(rows)] as const),
    ...Object.entries(failed),
  ]),
  past: new Map(Object.entries(past)),
});

/** Checks and changes of a step, for what was answered; a check by its id. */
export function judged(step: Step, settings: object, raw: Readonly<Record<string, unknown>>, more: More = {}) {
  const { now = NOW, mine = nothingIsMine, profile = cloudflare } = more;
  const parsed = step.parse(settings);
  if (!parsed.ok) throw new Error(parsed.issues.map((i) => i.say).join(" "));
  const known = knownFrom(raw, more);
  const { checks, changes } = step.judge(parsed.settings, profile, known, now, mine);
  return {
    checks,
    changes,
    known,
    fields: step.fields(parsed.settings, profile, known),
    evidence: step.evidence(parsed.settings, profile, known),
    check: (id: string): Check | undefined => checks.find((c) => c.id === id),
  };
}

/** The sentences with which settings are refused; [] when they are taken. */
export function refusals(step: Step, settings: unknown): readonly string[] {
  const read = step.parse(settings);
  return read.ok ? [] : read.issues.map((i) => i.say);
}

export const connector = (Guid: string, Name: string, more: object = {}) => ({
  Guid,
  Name,
  Comment: null,
  Enabled: true,
  ConnectorType: "Partner",
  SenderDomains: ["smtp:*;1"],
  SenderIPAddresses: [...cloudflare.egress.value],
  RequireTls: true,
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  TlsSenderCertificateName: null,
  EFSkipLastIP: false,
  EFSkipIPs: [],
  EFUsers: null,
  EFTestMode: false,
  ...more,
});

export const mxRow = (domain: string, ttl: number, more: object = {}) => ({
  domain,
  exists: true,
  zone: domain,
  ttl,
  hosts: [{ preference: 0, exchange: `${domain.replaceAll(".", "-")}.mail.protection.outlook.com` }],
  agreed: true,
  servers: [{ name: "ns1.host.example", address: "192.0.2.53", ttl, hosts: [{ preference: 0, exchange: "mx.example" }], problem: null }],
  ...more,
});

export const dnsHostRow = (
  domain: string,
  name = "GoDaddy",
  helpEdit: string | null = "https://www.godaddy.com/help/edit-an-mx-record-19235",
) => ({
  domain,
  zone: domain,
  nameServers: ["ns1.host.example"],
  hosts: [{ id: name.toLowerCase(), name, help: null, helpEdit }],
});

export const resolversRow = (domain: string, left: readonly (number | null)[]) => ({
  domain,
  seen: left.map((ttl, i) => ({ resolver: `192.0.2.${i + 1}`, ttl, hosts: [], problem: null })),
});
