/** Members of distribution lists: one call for one of them, or one for all, ten thousand at most. */
import { changeMembers, readGroups } from "../groups";
import type { Group } from "../tenant";
import type { Call, Done } from "./call";
import { commit } from "./commit";
import * as failure from "./failure";
import { done, failed, type Outcome } from "./failure";
import { listOf } from "./kinds/kind";
import { listNamed, listToChange, resolved } from "./lists";
import { primaryOf, recipientNamed, recipientRow } from "./recipients";
import { isDelta } from "./values";

export function members(call: Call): Outcome<Done> {
  if (call.cmdlet.verb === "Get") return get(call);
  const found = listToChange(call);
  if (!found.ok) return found;
  return call.cmdlet.verb === "Update" ? replace(call, found.value) : one(call, found.value);
}

/** Who no longer has a recipient is no member any more. */
function get({ world, tenant, bound, lies }: Call): Outcome<Done> {
  const groups = readGroups(world, tenant, lies);
  const group = listNamed(groups, bound.get("Identity"));
  if (!group) return failed(failure.notFound(String(bound.get("Identity"))));
  const found = group.members.flatMap((address) => recipientNamed(tenant, address, groups) ?? []);
  return done({ rows: found.map(recipientRow), warnings: [] });
}

function one(call: Call, group: Group): Outcome<Done> {
  const { tenant, bound, cmdlet, world } = call;
  const identity = bound.get("Member");
  if (typeof identity !== "string" || identity === "") return failed(failure.missingParameters(["Member"]));
  const recipient = recipientNamed(tenant, identity);
  if (!recipient) return failed(failure.notFound(identity));
  const address = primaryOf(recipient);
  if (cmdlet.verb === "Add") {
    if (group.members.includes(address)) return failed(failure.memberAlreadyExists(recipient.name));
    return commit(call, `Adding distribution group member "${recipient.name}" on distribution group "${group.name}".`, [], () =>
      changeMembers(world, tenant, group, { added: [address], removed: [] }),
    );
  }
  if (!group.members.includes(address)) return failed(failure.notAMember(recipient.name));
  return commit(call, `Removing distribution group member "${recipient.name}" on distribution group "${group.name}".`, [], () =>
    changeMembers(world, tenant, group, { added: [], removed: [address] }),
  );
}

function replace(call: Call, group: Group): Outcome<Done> {
  const value = call.bound.get("Members");
  // Documented as a list that takes the place of all; what the service makes of Add and Remove here is not on record.
  if (isDelta(value)) return failed(failure.cannotTransform("Members", `of type "Hashtable" to a list of recipients.`));
  const wanted = resolved(call, listOf(value));
  if (!wanted.ok) return wanted;
  const [before, after] = [new Set(group.members), new Set(wanted.value)];
  const change = {
    added: wanted.value.filter((member) => !before.has(member)),
    removed: group.members.filter((member) => !after.has(member)),
  };
  return commit(call, `Updating the membership of distribution group "${group.name}".`, [], () =>
    changeMembers(call.world, call.tenant, group, change),
  );
}
