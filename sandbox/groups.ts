/** Changes of a tenant's groups and what reads show of them: they lag like Exchange's other objects, but are too long to keep a copy of every state. */
import type { Group, GroupChange, Tenant } from "./tenant";
import type { World } from "./world";

/** The groups as a read shows them now; a lying service shows them as they were before the last change. */
export function readGroups(world: World, tenant: Tenant, lies = false): Group[] {
  const hidden = lies ? tenant.groupChanges.slice(-1) : unseen(world, tenant);
  return hidden.reduceRight(undone, tenant.groups);
}

const unseen = ({ clock }: World, { groupChanges, traits }: Tenant) =>
  groupChanges.filter((change) => change.at + traits.readLagMs > clock.now());

function undone(groups: Group[], change: GroupChange): Group[] {
  if ("added" in change) {
    const added = new Set(change.added);
    const before = (members: string[]) => [...members.filter((member) => !added.has(member)), ...change.removed];
    return groups.map((group) => (group.id === change.id ? { ...group, members: before(group.members) } : group));
  }
  return put(groups, change.id, change.before);
}

function put(groups: Group[], id: string, group: Group | null): Group[] {
  if (group === null) return groups.filter((one) => one.id !== id);
  return groups.some((one) => one.id === id) ? groups.map((one) => (one.id === id ? group : one)) : [...groups, group];
}

/** Null for the one that there was not before, or is not afterwards. */
export function changeGroup(world: World, tenant: Tenant, before: Group | null, after: Group | null): void {
  const id = (after ?? before)?.id ?? "";
  note(world, tenant, { at: world.clock.now(), id, before });
  tenant.groups = put(tenant.groups, id, after);
}

export function changeMembers(
  world: World,
  tenant: Tenant,
  group: Group,
  { added, removed }: { added: string[]; removed: string[] },
): void {
  note(world, tenant, { at: world.clock.now(), id: group.id, added, removed });
  const gone = new Set(removed);
  tenant.groups = put(tenant.groups, group.id, { ...group, members: [...group.members.filter((member) => !gone.has(member)), ...added] });
}

function note(world: World, tenant: Tenant, change: GroupChange): void {
  tenant.groupChanges = [...unseen(world, tenant), change];
  world.save();
}
