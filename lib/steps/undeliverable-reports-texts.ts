/** What the guide says about journal reports that can't be delivered. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const undeliverableTexts = ({ vendor }: Profile): Texts => ({
  title: "Say where undeliverable reports go",
  hint: "One address for journal reports that can't be delivered",
  why: [
    `When ${vendor} can't be reached, Microsoft keeps journal reports for a while, and then sends them to one address of your choice.`,
    "Without that address Microsoft makes no journal rule, and reports that can't be delivered are lost.",
    "It is one address for the whole organisation: if another archive has set it already, it stays unless you say otherwise.",
  ],
  should: "A mail contact, a mail user, or an address outside your organisation that is used for nothing else. Never a group or a team.",
  role: "Exchange Administrator",
  takes: "Minutes to an hour.",
  undo: "The address that was there before comes back, or none, if nobody changed it since. The journal rule has to go first.",
  fails: [
    {
      when: "An address is there already",
      remedy: "Another archive seems to use it. Keep it if its people agree; else enter it below as the one that may be replaced.",
    },
    {
      when: "The address is a user's mailbox in Exchange Online",
      remedy: "The vendor's guide asks for one, and Microsoft no longer supports it. Take a mail contact or an address outside.",
    },
    {
      when: "The address is a group, a team, a shared mailbox or a room",
      remedy: "Microsoft does not take it for this. Make a mail contact that leads to a mailbox outside, and enter that.",
    },
    {
      when: "Microsoft says that you may not do this, with the right role",
      remedy: "A role that was just given works after a few minutes. Look again in a quarter of an hour.",
    },
  ],
  byHand: [
    {
      say: "Open the Microsoft Purview portal and go to Data lifecycle management > Exchange (legacy).",
      copy: ["https://purview.microsoft.com/datalifecyclemanagement/exchange"],
    },
    { say: "Select Settings (the gear). If an address is there already, find out whose it is before you change it." },
    { say: "In “Send undeliverable journal reports to”, enter your address. A team or a group can't be used." },
    { say: "Select Save, then come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: journaling in Exchange Online",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/journaling",
    },
    {
      title: "Microsoft: configure journaling",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/configure-journaling",
    },
  ],
});
