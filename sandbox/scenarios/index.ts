/** Every scenario by name, the starting set, and new tenants of a scenario for tests that run side by side. */
import { randomUUID } from "node:crypto";
import type { Tenant } from "../tenant";
import { archiveNdr } from "./archive-ndr";
import { bigDirectory } from "./big-directory";
import { busyMail } from "./busy-mail";
import { cloudflareDns } from "./cloudflare-dns";
import { dayTtl } from "./day-ttl";
import { dehydrated } from "./dehydrated";
import { directSenders } from "./direct-senders";
import { euOnly } from "./eu-only";
import { fresh } from "./fresh";
import { fullList } from "./full-list";
import { handMade } from "./hand-made";
import { hostileMail } from "./hostile-mail";
import { hybrid } from "./hybrid";
import { leftovers } from "./leftovers";
import { many } from "./many";
import { noPrivilegedRole } from "./no-privileged-role";
import { noRole } from "./no-role";
import { operator } from "./operator";
import { otherGateway } from "./other-gateway";
import { outboundGateway } from "./outbound-gateway";
import { overlap } from "./overlap";
import { presets } from "./presets";
import { regions } from "./regions";
import { retraction } from "./retraction";
import { retractionNarrow } from "./retraction-narrow";
import type { Scenario } from "./scenario";
import { splitDns } from "./split-dns";
import { syncedGroups } from "./synced-groups";
import { trial } from "./trial";
import { twoApps } from "./two-apps";
import { twoHosts } from "./two-hosts";
import { wrongAddresses } from "./wrong-addresses";

export const scenarios: Scenario[] = [
  fresh,
  trial,
  dehydrated,
  dayTtl,
  fullList,
  handMade,
  wrongAddresses,
  splitDns,
  noRole,
  many,
  cloudflareDns,
  otherGateway,
  twoHosts,
  directSenders,
  hybrid,
  leftovers,
  presets,
  outboundGateway,
  regions,
  euOnly,
  archiveNdr,
  overlap,
  syncedGroups,
  bigDirectory,
  retraction,
  retractionNarrow,
  twoApps,
  noPrivilegedRole,
  busyMail,
  hostileMail,
  operator,
];

export function startingTenants(): Tenant[] {
  return scenarios.map((scenario) => scenario.build(scenario.seed));
}

/** A tenant of its own, with fresh ids and names; undefined for an unknown scenario. */
export function newTenant(
  scenarioName: string,
  options: { name?: string | undefined; domains?: number | undefined } = {},
): Tenant | undefined {
  const scenario = scenarios.find((one) => one.name === scenarioName);
  if (!scenario) return undefined;
  const id = randomUUID();
  const tail = id.slice(0, 8);
  const seed = { ...scenario.seed, id, name: options.name ?? `${scenario.seed.name} ${tail}`, slug: `${scenario.seed.slug}-${tail}` };
  return scenario.build(options.domains === undefined ? seed : { ...seed, domains: options.domains });
}

/** The same tenant, as its scenario begins. */
export function rebuilt(tenant: Tenant): Tenant {
  const scenario = scenarios.find((one) => one.name === tenant.scenario);
  return scenario ? scenario.build({ id: tenant.id, name: tenant.name, ...tenant.seed }) : tenant;
}
