/** Who may receive journal reports that can't be delivered: judged by the kind of recipient, or for an address outside by its domain. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import { domainIn } from "@/lib/model/mail-address";
import type { Row } from "@/lib/model/nouns";
import { isVendorAddress } from "./journal-connector-addresses";

type Recipient = Row<"Recipient">;
type Targets = Result<readonly Row<"mxTargets">[]> | undefined;
export type Known = {
  /** Whatever has the address in the tenant. */
  readonly recipient: Result<readonly Recipient[]> | undefined;
  /** Domains that Microsoft takes mail for here. */
  readonly own: readonly string[];
  /** Where mail of the address's domain goes. */
  readonly targets: Targets;
};

const BETTER = "Take a mail contact, a mail user, or an address outside your organisation that somebody looks at.";
/** The seed's advice and Microsoft's rule of today (Set-TransportConfig, JournalingReportNdrTo) in one sentence. */
const SEED_AND_LATER =
  "The vendor's guide asks for the address of a valid user account, but Microsoft says since then that it can't be a mailbox in Exchange Online: it may work, and is not supported.";

const REFUSED: Readonly<Record<string, string>> = {
  MailUniversalDistributionGroup: "a distribution list",
  MailUniversalSecurityGroup: "a mail-enabled security group",
  MailNonUniversalGroup: "a distribution list",
  DynamicDistributionGroup: "a dynamic distribution list",
  RoomList: "a list of rooms",
  GroupMailbox: "a Microsoft 365 group or a team",
  TeamMailbox: "a site mailbox",
  SharedMailbox: "a shared mailbox",
  RoomMailbox: "a room",
  EquipmentMailbox: "equipment",
  SchedulingMailbox: "a booking calendar",
  PublicFolder: "a public folder",
  GuestMailUser: "a guest",
};
const ACCEPTED: Readonly<Record<string, string>> = {
  MailUser: "a mail user: its mailbox is outside Exchange Online",
  MailContact: "a mail contact",
};
const TITLES: Readonly<Record<string, string>> = { UserMailbox: "a user's mailbox in Exchange Online" };

/** "a mail contact", for tables. */
export const kindOf = ({ RecipientTypeDetails: type }: Recipient): string => REFUSED[type] ?? ACCEPTED[type] ?? TITLES[type] ?? type;

/** The service may answer with more than was asked for: only what has the address counts. */
export const holderOf = (address: string, recipient: Known["recipient"]): Recipient | null =>
  recipient?.ok
    ? (recipient.value.find((row) => row.PrimarySmtpAddress === address || row.EmailAddresses.includes(address)) ?? null)
    : null;

function ofHolder(id: string, about: string, address: string, row: Recipient): Check {
  const type = row.RecipientTypeDetails;
  if (ACCEPTED[type]) return pass(id, `${address} is ${kindOf(row)}.`, { about });
  if (type === "UserMailbox") return warn(id, `${address} is ${kindOf(row)}. ${SEED_AND_LATER}`, BETTER, { about });
  const what = REFUSED[type] === undefined ? `of a kind that we don't know (${type})` : kindOf(row);
  return fail(id, `${address} is ${what}. Microsoft does not take it for this.`, BETTER, { about });
}

function outside(id: string, about: string, address: string, targets: Targets): Check {
  const domain = domainIn(address);
  if (!targets?.ok) {
    const problem = targets?.problem ?? { code: "not-asked" as const, say: `The mail servers of ${domain} have not been looked for yet.` };
    return unknown(id, problem, { about });
  }
  const hosts = targets.value.flatMap((row) => row.targets.map(({ host }) => host)).filter((host) => host !== "" && host !== ".");
  if (hosts.length > 0) return pass(id, `${address} is outside your organisation, and ${domain} receives mail.`, { about });
  return fail(
    id,
    `${domain} is not yours and has no MX records: nothing arrives at ${address}.`,
    `Compare the address letter by letter. ${BETTER}`,
    {
      about,
    },
  );
}

/** Pass, warn or refuse, and `unknown` while it can't be told. */
export function recipientCheck(id: string, address: string, { recipient, own, targets }: Known): Check {
  const about = "Who receives them";
  if (isVendorAddress(address))
    return fail(
      id,
      `${address} is a journaling address itself: a report that can't be delivered there would be sent there once more, and lost.`,
      BETTER,
      { about },
    );
  if (!recipient?.ok) {
    const problem = recipient?.problem ?? { code: "not-asked" as const, say: `Nobody has looked for ${address} yet.` };
    return unknown(id, problem, { about });
  }
  const holder = holderOf(address, recipient);
  if (holder) return ofHolder(id, about, address, holder);
  if (own.includes(domainIn(address)))
    return fail(
      id,
      `Nothing in your organisation has the address ${address}, and ${domainIn(address)} is yours.`,
      `Compare it letter by letter, or make a mail contact with it. ${BETTER}`,
      {
        about,
      },
    );
  return outside(id, about, address, targets);
}
