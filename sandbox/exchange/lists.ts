/** Which distribution list a call means, whether it may be changed, and who the members are that it names. */
import type { Group } from "../tenant";
import type { Call } from "./call";
import * as failure from "./failure";
import { done, failed, type Outcome } from "./failure";
import { isCalled, ofGroup, primaryOf, recipientNamed } from "./recipients";

const listTypes = ["MailUniversalDistributionGroup", "MailUniversalSecurityGroup"];
/** Microsoft 365 groups and dynamic ones have cmdlets of their own. */
export const isList = (group: Group) => listTypes.includes(group.type ?? "MailUniversalDistributionGroup");

export const listNamed = (groups: Group[], identity: unknown) =>
  groups.find((group) => isList(group) && isCalled(ofGroup(group), String(identity)));

/** If it may be changed in the cloud, and by somebody who doesn't manage it. */
export function listToChange({ tenant, cmdlet, bound }: Call): Outcome<Group> {
  const group = listNamed(tenant.groups, bound.get("Identity"));
  if (!group) return failed(failure.notFound(String(bound.get("Identity"))));
  if (bound.get("BypassSecurityGroupManagerCheck") !== true) return failed(failure.notItsManager());
  return group.isSynced ? failed(failure.keptOnPremises(cmdlet.name, group.name)) : done(group);
}

/** Primary addresses, each once; the first that nobody has is the failure. */
export function resolved({ tenant, cmdlet }: Call, identities: string[]): Outcome<string[]> {
  const most = cmdlet.parameters.get("members")?.maxItems ?? Number.POSITIVE_INFINITY;
  if (identities.length > most) {
    return failed(failure.invalid(`Members can hold at most ${most} entries; the list would have ${identities.length}.`));
  }
  const addresses = new Set<string>();
  for (const identity of identities) {
    const recipient = recipientNamed(tenant, identity);
    if (!recipient) return failed(failure.notFound(identity));
    addresses.add(primaryOf(recipient));
  }
  return done([...addresses]);
}
