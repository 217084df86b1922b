/** What the guide says about the allow list. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const allowListTexts = ({ vendor, product, egress, egressPage }: Profile): Texts => ({
  title: `Let ${vendor}'s servers in`,
  hint: "Put its addresses on Microsoft's allow list",
  why: [
    `After the switch all your mail reaches Microsoft from ${vendor}'s servers.`,
    "The allow list tells Microsoft to let the mail of these servers past its own spam filter. Malware and high-confidence phishing are checked all the same.",
    `${product} has judged that mail already; the list keeps Microsoft from judging it again by the wrong server.`,
  ],
  should: `The connection filter policy “Default” holds all ${egress.value.length} entries of ${vendor}. Everything else in the list stays.`,
  role: "Exchange Administrator (in Microsoft Defender, Security Administrator is enough for a person)",
  takes: "Minutes to an hour.",
  undo: "The entries that this step added are taken out again. Those that were there before, or that others added, stay.",
  fails: [
    { when: "The list is full", remedy: "Microsoft takes 1,273 entries. The finding says how many have to go; you choose which." },
    {
      when: "A network such as /19 or /23 is refused",
      remedy: "Microsoft takes nothing larger than a /24, and no IPv6. The values below are split already.",
    },
    {
      when: "Other people's entries disappeared",
      remedy: "A script replaced the list as a whole. Cutover and its script only add. Undo cannot bring back what others removed.",
    },
    {
      when: "A scanner (ORCA, Secure Score) complains about the list",
      remedy: "It complains about any entry. Hand your auditor the note below the findings.",
    },
    {
      when: "Microsoft asks to allow customisation first",
      remedy: "Do the step about customising your organisation. This one is tried again by itself.",
    },
  ],
  byHand: [
    {
      say: "Open Microsoft Defender and go to Email & collaboration > Policies & rules > Threat policies > Anti-spam.",
      copy: ["https://security.microsoft.com/antispam"],
    },
    { say: "Select Connection filter policy (Default), then Edit connection filter policy." },
    {
      say: "In “Always allow messages from the following IP addresses or address range”, add each of these. Leave what is there. Microsoft takes nothing larger than a /24, so the list is longer than the vendor's own.",
      copy: egress.value,
    },
    { say: "Select Save, then come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: configure connection filtering",
      href: "https://learn.microsoft.com/defender-office-365/connection-filter-policies-configure",
    },
    { title: `${vendor}: egress addresses`, href: egressPage },
  ],
});
