/** Whatever has an address in the tenant, asked of that address: a mailbox, a contact, a group. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { flag, head, list } from "../spelling";

const address = z.preprocess((v) => v ?? "", z.string()).transform((text) => text.toLowerCase());
/** `SMTP:` is the primary one, `smtp:` another. */
const addresses = list.transform((all) => all.filter((one) => /^smtp:/i.test(one)).map((one) => one.slice("smtp:".length).toLowerCase()));

export const recipientNoun = noun({
  title: "Recipient",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-Recipient",
    parameters: {},
    isOfOne: true,
    select: ["Guid", "Name", "DisplayName", "PrimarySmtpAddress", "EmailAddresses", "RecipientTypeDetails"],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Recipients",
  labels: {},
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: 0,
  shape: z.object({
    ...head,
    PrimarySmtpAddress: address,
    EmailAddresses: addresses,
    /** UserMailbox, SharedMailbox, MailUser, MailContact, MailUniversalDistributionGroup, GroupMailbox, … */
    RecipientTypeDetails: z.string(),
  }),
});

/** A distribution list with its members, asked of its address, which is its key: a plan can name a list that it makes. */
export const distributionGroupNoun = noun({
  title: "Distribution list",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-DistributionGroup",
    parameters: {},
    isOfOne: true,
    members: "Get-DistributionGroupMember",
    select: ["Guid", "Name", "PrimarySmtpAddress", "IsDirSynced", "RecipientTypeDetails"],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Recipients > Groups > Distribution list",
  link: "https://admin.exchange.microsoft.com/#/groups",
  labels: { Members: "Members", PrimarySmtpAddress: "Group email address", Alias: "Alias" },
  keyedBy: "PrimarySmtpAddress",
  // Said, not left to a default: who could leave by themselves would be in no list, and not journaled.
  bornWith: { Type: "Distribution", MemberDepartRestriction: "Closed" },
  shownOnly: ["isSynced", "type"],
  entries: {
    property: "Members",
    parameter: "Member",
    add: "Add-DistributionGroupMember",
    remove: "Remove-DistributionGroupMember",
    replace: "Update-DistributionGroupMember",
    most: 10_000,
  },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z
    .object({
      Name: z.string(),
      PrimarySmtpAddress: address,
      IsDirSynced: flag,
      RecipientTypeDetails: z.preprocess((v) => v ?? "", z.string()),
      /** Of a member without an address its id. */
      Members: list.transform((all) => [...new Set(all.map((one) => one.toLowerCase()))].sort()),
    })
    .transform(({ IsDirSynced, RecipientTypeDetails, ...row }) => ({
      Guid: row.PrimarySmtpAddress,
      ...row,
      /** Kept by servers of the customer's own: nobody can change it here. */
      isSynced: IsDirSynced,
      type: RecipientTypeDetails,
    })),
});
