/** What the guide says about journaling by region. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const journalRegionsTexts = ({ vendor, journaling }: Profile): Texts => ({
  title: "Sort your people by region",
  hint: "Only if reports must be processed in more than one region",
  why: [
    `Some laws ask that mail of people in one region is processed there, so ${vendor} has a journaling address for each region.`,
    "Microsoft chooses the address by who is in a list, so each region needs a list of its people.",
    "Whoever is in no list is not protected, and whoever is in two is reported twice: that is why everybody is counted here.",
  ],
  should: `One distribution list for each region in use (${journaling.value.regions.map(({ title }) => title).join("; ")}), and everybody with a mail address in exactly one of them. With a single region nothing is needed.`,
  role: "Exchange Administrator, or Exchange Recipient Administrator",
  takes:
    "Minutes for a new list, as long as it has up to 10,000 people. An existing list is changed person by person: about half an hour for a thousand. Exchange shows changes after a few minutes.",
  undo: "The journal rules go first. Lists that Cutover made are removed, as long as nobody else changed them since. In other lists, the people it added are taken out again; everybody else stays.",
  fails: [
    {
      when: "Somebody is in two lists",
      remedy:
        "Their mail is reported twice. The finding names them; take them out of one list in the Exchange admin center, or pick their region here.",
    },
    {
      when: "The list is synchronised from on-premises",
      remedy: "Nobody can change it in Microsoft 365. Change it on your own servers, or choose another list here.",
    },
    {
      when: "Microsoft does not know one of the people",
      remedy:
        "The directory has a mail address for somebody who has no mailbox. Remove the address in Microsoft 365 admin center, or give them a mailbox.",
    },
    {
      when: "Microsoft says that the name is taken",
      remedy: "Another object has the list's name. Choose another address for the list: its name is what stands before the @.",
    },
  ],
  byHand: [
    {
      say: "Open the Exchange admin center and go to Recipients > Groups > Distribution list.",
      copy: ["https://admin.exchange.microsoft.com/#/groups"],
    },
    {
      say: "Select Add a group, then Distribution, and give it the name and the Group email address shown above for the region. Choose Closed for leaving the group.",
    },
    { say: "Under Members, add everybody of the region. Repeat for each region, then look that nobody is in two of them." },
    { say: "For many people, use the script: it adds them from the list that Cutover has made." },
    { say: "Come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: manage distribution lists",
      href: "https://learn.microsoft.com/exchange/recipients-in-exchange-online/manage-distribution-groups/manage-distribution-groups",
    },
    {
      title: "Microsoft: journaling in Exchange Online",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/journaling",
    },
  ],
});
