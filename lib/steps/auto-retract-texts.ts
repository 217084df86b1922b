/** What the guide says about moving messages by themselves after delivery. */
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS } from "@/lib/profiles/use-cases";
import type { Texts } from "./shape";

const fails = ({ vendor, retraction: { value } }: Profile): Texts["fails"] => [
  {
    when: "Nothing is ever moved",
    remedy: `Look whether delivered mail reaches ${vendor} at all: the journal rule, BCC or Graph. Mail that passes it before delivery is not enough. Then look at the table, and at the authorisation.`,
  },
  {
    when: "A message could not be moved: not found",
    remedy:
      "The person moved or deleted it, or a rule of theirs did. Ask them, or search the mailbox with Content search in Microsoft Purview.",
  },
  {
    when: "A copy that went to a group was not moved",
    remedy: `${vendor} knows the group's address and no person's mailbox. Find the members' copies by the Message-ID with ${value.trace}, or remove them with Content search in Microsoft Purview.`,
  },
  {
    when: "The authorisation is refused",
    remedy: "The consent was revoked, or has expired. Open the step before this one: it says which permission is missing.",
  },
  {
    when: "Moves are slow, or fail for a while",
    remedy:
      "Microsoft lets an application make 10,000 requests to a mailbox in ten minutes, and four at the same time. What failed is tried again every five minutes.",
  },
  {
    when: "A good message was deleted for good",
    remedy: `An administrator brings it back with an eDiscovery search in Microsoft Purview, as long as it is kept there. Choose “${value.choices.find(({ choice }) => choice === "junk")?.label ?? ""}” or soft delete until moves are right for some weeks.`,
  },
  {
    when: "Cutover stopped: both would move",
    remedy: `${vendor} moves by its own table as well. Choose “${value.choices[0]?.label ?? ""}” there for every disposition, or let ${vendor} alone do it.`,
  },
  {
    when: "You want to see first what would be moved",
    remedy: `With Cutover, the page “Auto-retract” shows seven days before it is turned on. ${vendor}'s own audit log has Preview entries for what its later scans and phishing reports would have moved.`,
  },
];

const byHand = ({ retraction: { value } }: Profile): Texts["byHand"] => [
  { say: `Open ${value.autoMoves.place}.` },
  { say: value.autoMoves.open },
  {
    say: `For each of ${DISPOSITIONS.join(", ")}, select what the first table on this page names. If Cutover moves, select this one for all of them.`,
    copy: [value.choices[0]?.label ?? ""],
  },
  ...value.choices.map(({ label, says }) => ({ say: `${label}: ${says}` })),
  { say: value.autoMoves.save },
  { say: "Come back here, tick that you have set it, and save." },
  { say: `To move single messages by hand there, go to ${value.trace}, tick them, and select the folder under the three dots or Action.` },
];

export const autoRetractTexts = (profile: Profile): Texts => ({
  title: "Choose what is moved by itself",
  hint: "A folder for each disposition, and who moves messages there",
  why: [
    `${profile.vendor} looks at messages again after delivery, and changes its mind about some: for the worse, up to a day later.`,
    "What it finds bad then lies in mailboxes until somebody moves it; by a table it is done within minutes, at any hour.",
    "A wrong move takes somebody's mail away, so begin with folders from which people get it back themselves.",
  ],
  should:
    "Something shows delivered mail to the vendor, each disposition has a choice, and exactly one moves messages: the vendor by its own table, or Cutover.",
  role: `None at Microsoft. At ${profile.vendor}, somebody who may change its settings; for Cutover, an API token that may edit`,
  takes: "Ten minutes to set. A message is moved within minutes after it was found bad.",
  undo: `Choose “${profile.retraction.value.choices[0]?.label ?? ""}” for every disposition at ${profile.vendor}, or turn Cutover's moving off. What was moved stays where it is: people get it back from Junk Email, Deleted Items and Recoverable Items, and you can put it back from its page in mail trace. What was deleted for good can't be taken back.`,
  fails: fails(profile),
  risk: "A hard delete cannot be taken back: people do not find the message any more, and in Microsoft 365 only an eDiscovery search by an administrator brings it back.",
  byHand: byHand(profile),
  links: [
    { title: "Cloudflare: auto-move events", href: "https://developers.cloudflare.com/cloudflare-one/email-security/settings/auto-moves/" },
    {
      title: "Microsoft: recoverable items in Exchange Online",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/recoverable-items-folder/recoverable-items-folder",
    },
    {
      title: "Microsoft: eDiscovery in Microsoft Purview",
      href: "https://learn.microsoft.com/purview/ediscovery",
    },
  ],
});
