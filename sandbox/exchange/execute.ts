/** Carries one bound cmdlet out on a tenant's objects. */
import { editExchange, readExchange } from "../world";
import { acceptedDomains } from "./accepted-domains";
import { type Call, type Done, isNamed } from "./call";
import { distributionGroups } from "./distribution-groups";
import { alreadyCustomized, dehydrated, done, failed, notFound, type Outcome } from "./failure";
import { kinds } from "./kinds/index";
import { members } from "./members";
import { messageTrace } from "./message-trace";
import { mailboxes, recipients } from "./recipients";
import { validateOutboundConnector } from "./validation";
import { write } from "./write";

/** Nouns whose objects are people and groups, which are not kept as Exchange's other objects are. */
const directory: Record<string, (call: Call) => Outcome<Done>> = {
  Recipient: recipients,
  Mailbox: mailboxes,
  DistributionGroup: distributionGroups,
  DistributionGroupMember: members,
};

/** Null: this stand-in knows no such cmdlet, though the contract may. */
export function execute(call: Call): Outcome<Done> | null {
  const { cmdlet } = call;
  if (cmdlet.name === "Enable-OrganizationCustomization") return customize(call);
  if (cmdlet.noun.startsWith("MessageTrace")) return messageTrace(call);
  if (isGated(call)) return failed(dehydrated());
  if (cmdlet.verb === "Validate") return validateOutboundConnector(call);
  const own = directory[cmdlet.noun];
  if (own) return own(call);
  if (!kinds.has(cmdlet.noun)) return null;
  return cmdlet.verb === "Get" ? get(call) : write(call);
}

/** The measured trap: IsDehydrated reads false at once, writes go on failing for a while. */
function isGated({ world, tenant, cmdlet }: Call): boolean {
  if (!tenant.traits.gatedCmdlets.includes(cmdlet.name)) return false;
  const raw = tenant.exchange["OrganizationConfig"]?.[0]?.["IsDehydrated"] === true;
  return raw || (tenant.customizedAt !== null && world.clock.now() < tenant.customizedAt + tenant.traits.dehydratedLagMs);
}

function customize({ world, tenant, bound, lies }: Call): Outcome<Done> {
  if (tenant.exchange["OrganizationConfig"]?.[0]?.["IsDehydrated"] !== true) return failed(alreadyCustomized());
  if (bound.get("WhatIf") === true) return done({ rows: [], warnings: [], confirmation: "Enabling customization for the organization." });
  if (lies) return done({ rows: [], warnings: [] });
  tenant.customizedAt = world.clock.now();
  editExchange(world, tenant, (state) => {
    const organization = state["OrganizationConfig"]?.[0];
    if (organization) organization["IsDehydrated"] = false;
  });
  return done({ rows: [], warnings: [] });
}

function get({ world, tenant, cmdlet, bound, lies }: Call): Outcome<Done> {
  const kind = kinds.get(cmdlet.noun);
  const all = cmdlet.noun === "AcceptedDomain" ? acceptedDomains(tenant) : (readExchange(world, tenant, lies)[cmdlet.noun] ?? []);
  const state = bound.get("State");
  const rows = all.filter((object) => (kind?.shows?.(object, bound) ?? true) && (typeof state !== "string" || object["State"] === state));
  const identity = bound.get("Identity");
  if (typeof identity !== "string") return done({ rows, warnings: [] });
  const one = rows.find((object) => isNamed(object, identity));
  return one ? done({ rows: [one], warnings: [] }) : failed(notFound(identity));
}
