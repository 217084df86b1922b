/** A domain of Email Security: made, changed and shown. The portal's form and the API go through here alike. */
import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { Fault } from "../openapi";
import type { SecuredDomain, Tenant } from "../tenant";
import type { World } from "../world";
import { dmarcStatus, spfStatus } from "./dns-facts";
import { isHost } from "./records";
import { challengeFor } from "./verification";

type Settings = Omit<SecuredDomain, "id" | "domain" | "status" | "createdAt" | "modifiedAt" | "challenge">;
export type Wanted = Record<string, unknown>;

/** What is not said at creation. */
const otherwise: Settings = {
  allowed_delivery_modes: ["DIRECT"],
  drop_dispositions: [],
  ip_restrictions: [],
  lookback_hops: 1,
  transport: null,
  require_tls_inbound: null,
  require_tls_outbound: null,
  regions: ["GLOBAL"],
  folder: null,
  integration_id: null,
};

const bareHost = (value: unknown) => String(value).trim().toLowerCase().replace(/\.$/, "");

function isNetwork(text: string): boolean {
  const [address = "", length, more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}

/** What the schema cannot say. The API takes CIDR; a bare address is taken as one of a single host. */
export function settingFaults(wanted: Wanted, at = ""): Fault[] {
  const list = Array.isArray(wanted["ip_restrictions"]) ? wanted["ip_restrictions"].map(String) : [];
  const networks = list.flatMap((entry, index) =>
    isNetwork(entry) ? [] : [{ pointer: `${at}/ip_restrictions/${index}`, message: `"${entry}" is not a valid IP range` }],
  );
  const host = wanted["transport"];
  const transport =
    typeof host === "string" && !isHost(bareHost(host)) ? [{ pointer: `${at}/transport`, message: "must be a valid hostname" }] : [];
  const name = wanted["domain"];
  const isName = name === undefined || (isHost(bareHost(name)) && bareHost(name).includes("."));
  return [...(isName ? [] : [{ pointer: `${at}/domain`, message: "must be a valid domain" }]), ...networks, ...transport];
}

const texts = (value: unknown, before: string[]) => (Array.isArray(value) ? [...new Set(value.map(String))] : before);
const flag = (value: unknown, before: boolean | null) => (typeof value === "boolean" || value === null ? value : before);
const text = (value: unknown, before: string | null) => (typeof value === "string" || value === null ? value : before);

function settings(wanted: Wanted, before: Settings): Settings {
  const transport = text(wanted["transport"], before.transport);
  const hops = wanted["lookback_hops"];
  return {
    allowed_delivery_modes: texts(wanted["allowed_delivery_modes"], before.allowed_delivery_modes),
    drop_dispositions: texts(wanted["drop_dispositions"], before.drop_dispositions),
    ip_restrictions: texts(wanted["ip_restrictions"], before.ip_restrictions),
    lookback_hops: typeof hops === "number" ? hops : before.lookback_hops,
    transport: transport === null || transport === "" ? null : bareHost(transport),
    require_tls_inbound: flag(wanted["require_tls_inbound"], before.require_tls_inbound),
    require_tls_outbound: flag(wanted["require_tls_outbound"], before.require_tls_outbound),
    regions: texts(wanted["regions"], before.regions),
    folder: text(wanted["folder"], before.folder),
    integration_id: text(wanted["integration_id"], before.integration_id),
  };
}

/** `byHand`: the dashboard adds a domain without a challenge; that one is the API's. */
export function newDomain(world: World, tenant: Tenant, wanted: Wanted, byHand = false): SecuredDomain {
  const now = world.clock.now();
  const domain = bareHost(wanted["domain"]);
  const set = settings(wanted, otherwise);
  const challenge = byHand ? null : challengeFor(tenant, domain, set.integration_id, now);
  return { id: randomUUID(), domain, ...set, status: challenge ? "PENDING" : "ACTIVE", createdAt: now, modifiedAt: now, challenge };
}

/** PATCH keeps what is not said. */
export function changed(before: SecuredDomain, wanted: Wanted, now: number): SecuredDomain {
  return { ...before, ...settings(wanted, before), modifiedAt: now };
}

/** PUT sets what is not said to what a new domain begins with. */
export function replaced(before: SecuredDomain, wanted: Wanted, now: number): SecuredDomain {
  return { ...before, ...settings(wanted, otherwise), modifiedAt: now };
}

const iso = (at: number) => new Date(at).toISOString();

/** Mail by MX and journaled mail alike. Which earlier span "previous" counts is not on record: none here. */
function processed({ mail, cloudflare }: Tenant, domain: string, now: number) {
  const total = (mail.processed[domain] ?? 0) + (cloudflare.processedJournal[domain] ?? 0);
  return total === 0 ? null : { timestamp: iso(now), total_emails_processed: total, total_emails_processed_previous: 0 };
}

export function shownDomain(world: World, tenant: Tenant, secured: SecuredDomain) {
  const { createdAt, modifiedAt, challenge: _, transport, status, ...rest } = secured;
  const hasIntegration = rest.integration_id !== null;
  return {
    ...rest,
    ...(transport === null ? {} : { transport }),
    status: tenant.cloudflare.traits.speaksOld ? status.toLowerCase() : status,
    authorization: hasIntegration ? { authorized: true, timestamp: iso(createdAt), status_message: null } : null,
    inbox_provider: hasIntegration ? "Microsoft" : null,
    o365_tenant_id: hasIntegration ? tenant.id : null,
    spf_status: spfStatus(world, secured.domain),
    dmarc_status: dmarcStatus(world, secured.domain),
    emails_processed: processed(tenant, secured.domain, world.clock.now()),
    created_at: iso(createdAt),
    modified_at: iso(modifiedAt),
    last_modified: iso(modifiedAt),
  };
}
