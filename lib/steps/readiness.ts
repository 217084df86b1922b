/** "Can this tenant do it?": what stands in the way, as far as it can be read before anything is changed. */
import type { Result } from "@/lib/base/result";
import { coversIp } from "@/lib/model/addresses";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { listed } from "./spans";

type Inbound = Row<"InboundConnector">;
type Outbound = Row<"OutboundConnector">;

/** EXCHANGE_S_FOUNDATION comes with every subscription and holds no mailbox. */
const FOUNDATION = "exchange:113feb6c-3fe4-4440-bddc-54d774bf0318";

const names = (rows: readonly { readonly Name: string }[]): string => listed(rows.map((row) => `“${row.Name}”`));

function licenceCheck({ plans }: Row<"organization">): Check {
  const about = "Exchange Online licence";
  if (plans.some((plan) => plan.startsWith("exchange:") && plan !== FOUNDATION))
    return pass("licence", "Your subscription includes Exchange Online.", { about });
  return fail(
    "licence",
    "None of your subscriptions that are switched on includes Exchange Online mailboxes.",
    "Look in Microsoft 365 admin center > Billing > Your products. Without Exchange Online there is no mail to put Cutover's settings in front of.",
    { about },
  );
}

/** GCC High and DoD sign in at login.microsoftonline.us, so a tenant that got here by Microsoft's worldwide sign-in is neither. */
function kindCheck({ tenantType }: Row<"organization">): Check {
  const about = "Kind of tenant";
  const isWorkforce = tenantType === "" || tenantType.toUpperCase() === "AAD";
  if (isWorkforce)
    return pass(
      "tenant-kind",
      "A work or school tenant in Microsoft's worldwide cloud. If yours is a US government tenant, only GCC is supported: GCC High and DoD sign in elsewhere.",
      { about },
    );
  return fail(
    "tenant-kind",
    `This is a tenant for customer identities (${tenantType}). It has no mail.`,
    "Sign out, and sign in with an account of the tenant that has your mailboxes.",
    { about },
  );
}

export const organizationChecks = (rows: readonly Row<"organization">[]): readonly Check[] =>
  rows.length > 0
    ? rows.slice(0, 1).flatMap((row) => [licenceCheck(row), kindCheck(row)])
    : [
        fail(
          "licence",
          "Microsoft shows no organisation for this tenant.",
          "Look again in a few minutes. If it stays, send the details to support.",
          { about: "Exchange Online licence" },
        ),
      ];

/** Whether it is a trial cannot be read before Microsoft refuses the first connector; one that is there proves that it does not. */
function trialCheck(inbound: readonly Inbound[]): Check {
  const about = "Trial or developer tenant";
  if (inbound.length > 0) return pass("trial", "Your tenant has inbound connectors already, so Microsoft allows them here.", { about });
  return warn(
    "trial",
    "We can't read whether this is a trial or developer tenant. Microsoft refuses inbound connectors in those, and shows it only when the first one is made.",
    "Look in Microsoft 365 admin center > Billing > Your products. If your only subscription is a trial or a developer one, buy one before you go on.",
    { about },
  );
}

function hybridCheck(inbound: readonly Inbound[]): Check {
  const about = "Servers of your own";
  const own = inbound.filter((c) => c.Enabled && c.ConnectorType === "OnPremises");
  if (own.length === 0) return pass("hybrid", "No connector brings mail from mail servers of your own.", { about });
  return warn(
    "hybrid",
    `${names(own)} bring mail from mail servers of your own.`,
    "Find out whether mail from outside passes them on its way in. If it does, choose “Another server in between” at the step about looking past the vendor.",
    { about },
  );
}

const isOurs = (c: Inbound, profile: Profile) =>
  c.SenderIPAddresses.some((ip) => profile.egress.value.some((ours) => coversIp(ours, ip) || coversIp(ip, ours)));

function gatewayCheck(inbound: readonly Inbound[], profile: Profile): Check {
  const about = "Another mail gateway";
  const others = inbound.filter((c) => c.Enabled && c.ConnectorType === "Partner" && c.SenderDomains.includes("*") && !isOurs(c, profile));
  if (others.length === 0) return pass("gateway", "No connector for all mail belongs to another gateway.", { about });
  return warn(
    "gateway",
    `${names(others)} take mail of every sender from somebody else's servers.`,
    `Find out which service it is for. Two gateways in a row need an order: the next steps ask you about it, and leave these connectors alone.`,
    { about },
  );
}

function centralCheck(outbound: readonly Outbound[]): Check {
  const about = "Centralised mail transport";
  const central = outbound.filter((c) => c.Enabled && c.RouteAllMessagesViaOnPremises);
  if (central.length === 0)
    return pass("centralised-transport", "Your mail does not go through servers of your own before it leaves.", { about });
  return warn(
    "centralised-transport",
    `${names(central)} sends all mail through servers of your own.`,
    "Mail from outside may pass them as well. Draw its way before you go on, and tell whoever runs those servers.",
    { about },
  );
}

/** Each list is judged by itself: one that cannot be read does not hide the other. */
export function connectorChecks(
  inbound: Result<readonly Inbound[]>,
  outbound: Result<readonly Outbound[]>,
  profile: Profile,
): readonly Check[] {
  return [
    ...(inbound.ok
      ? [trialCheck(inbound.value), hybridCheck(inbound.value), gatewayCheck(inbound.value, profile)]
      : [unknown("inbound", inbound.problem, { about: "Inbound connectors" })]),
    ...(outbound.ok ? [centralCheck(outbound.value)] : [unknown("outbound", outbound.problem, { about: "Outbound connectors" })]),
  ];
}
