/** Distribution lists: Get-, New-, Set- and Remove-DistributionGroup. Groups of other kinds (Microsoft 365, dynamic) are not theirs. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { changeGroup, readGroups } from "../groups";
import type { ExchangeObject, Group, Tenant } from "../tenant";
import { type Call, containerOf, type Done } from "./call";
import { commit, nothingChanged } from "./commit";
import { draft } from "./draft";
import * as failure from "./failure";
import { done, type Failure, failed, type Outcome } from "./failure";
import { type Kind, listOf } from "./kinds/kind";
import { isList, listNamed, listToChange, resolved } from "./lists";
import { ofGroup, recipientNamed, recipientRow, unknownFilter } from "./recipients";

/** As Exchange shows it. */
export function rowOf(group: Group): ExchangeObject {
  return {
    ...recipientRow(ofGroup(group)),
    GroupType: group.type === "MailUniversalSecurityGroup" ? "Universal, SecurityEnabled" : "Universal",
    IsDirSynced: group.isSynced === true,
    ManagedBy: [],
    RequireSenderAuthenticationEnabled: true,
    MemberJoinRestriction: "Open",
    MemberDepartRestriction: "Open",
    WhenCreatedUTC: "2024-03-04T09:00:00.000Z",
    WhenChangedUTC: "2024-03-04T09:00:00.000Z",
    ...group.settings,
  };
}

export function distributionGroups(call: Call): Outcome<Done> {
  if (call.cmdlet.verb === "Get") return get(call);
  if (call.cmdlet.verb === "New") return make(call);
  const found = listToChange(call);
  if (!found.ok) return found;
  const group = found.value;
  if (call.cmdlet.verb === "Set") return change(call, group);
  return commit(call, `Removing distribution group "${group.name}".`, [], () => changeGroup(call.world, call.tenant, group, null));
}

function get({ world, tenant, bound, lies }: Call): Outcome<Done> {
  const refused = unknownFilter(bound);
  if (refused) return failed(refused);
  const groups = readGroups(world, tenant, lies);
  const identity = bound.get("Identity");
  const types = listOf(bound.get("RecipientTypeDetails"));
  const rows = (all: Group[]) =>
    all
      .filter(isList)
      .map(rowOf)
      .filter((row) => types.length === 0 || types.includes(String(row["RecipientTypeDetails"])));
  if (typeof identity !== "string") return done({ rows: rows(groups), warnings: [] });
  const group = listNamed(groups, identity);
  return group ? done({ rows: rows([group]), warnings: [] }) : failed(failure.notFound(identity));
}

/** What follows from the rest of a group, or is no setting. */
const notKept = new Set(
  "Guid Name PrimarySmtpAddress EmailAddresses RecipientType RecipientTypeDetails ExternalDirectoryObjectId GroupType IsDirSynced".split(
    " ",
  ),
);
const steering = ["Type", "Members", "IgnoreNamingPolicy", "CopyOwnerToMember", "ForceUpgrade", "UpdateMemberCount"];
const kind: Kind = { defaults: {}, kept: (parameter) => (steering.includes(parameter) ? {} : undefined) };

function drafted(call: Call, group: Group): Group {
  const row = draft(kind, rowOf(group), call.bound, call.tenant);
  const settings = Object.fromEntries(Object.entries(row).filter(([property]) => !notKept.has(property)));
  return { ...group, name: row.Name, address: String(row["PrimarySmtpAddress"]), settings };
}

const touched = (call: Call, group: Group, more: Record<string, unknown> = {}): Group => ({
  ...group,
  settings: { ...group.settings, ...more, WhenChangedUTC: new Date(call.world.clock.now()).toISOString() },
});

/** Spaces go, what no address may hold becomes a question mark (New-DistributionGroup, Alias). */
const aliasFrom = (name: string) => name.replace(/\s+/g, "").replace(/[^\w.!#$%&'*+/=?^`{|}~-]/g, "?");

function make(call: Call): Outcome<Done> {
  const { world, tenant, bound } = call;
  const name = String(bound.get("Name"));
  const alias = String(bound.get("Alias") ?? aliasFrom(name));
  const home = tenant.domains.find((domain) => domain.isDefault)?.id ?? tenant.initialDomain;
  const members = resolved(call, listOf(bound.get("Members")));
  if (!members.ok) return members;
  const type = bound.get("Type") === "Security" ? { type: "MailUniversalSecurityGroup" as const } : {};
  const blank: Group = { id: randomUUID(), name, address: `${alias}@${home}`, members: members.value, ...type };
  const group = touched(call, drafted(call, blank), { Alias: alias, WhenCreatedUTC: new Date(world.clock.now()).toISOString() });
  const refused = judge(tenant, group, null);
  if (refused) return failed(refused);
  return commit(call, `Creating distribution group "${name}".`, [rowOf(group)], () => changeGroup(world, tenant, null, group));
}

function change(call: Call, before: Group): Outcome<Done> {
  if (call.bound.has("EmailAddresses")) return failed(failure.invalid("The sandbox's lists have one address; set PrimarySmtpAddress."));
  const after = drafted(call, before);
  const refused = judge(call.tenant, after, before);
  if (refused) return failed(refused);
  if (isDeepStrictEqual(rowOf(before), rowOf(after))) return nothingChanged(before.name);
  const next = touched(call, after);
  return commit(call, `Changing distribution group "${before.name}".`, [], () => changeGroup(call.world, call.tenant, before, next));
}

function judge(tenant: Tenant, after: Group, before: Group | null): Failure | null {
  const taken = (identity: string) => {
    const owner = recipientNamed(tenant, identity);
    return owner !== undefined && owner.id !== before?.id ? owner : undefined;
  };
  if (taken(after.name)?.name.toLowerCase() === after.name.toLowerCase())
    return failure.alreadyExists(`CN=${after.name},${containerOf(tenant.initialDomain)}`);
  const domain = after.address.slice(after.address.lastIndexOf("@") + 1).toLowerCase();
  if (!tenant.domains.some((one) => one.isVerified && one.id === domain)) return failure.notAcceptedDomain(domain);
  const owner = taken(after.address);
  return owner ? failure.proxyAddressExists(after.address, owner.name) : null;
}
