/** What the guide says about enhanced filtering. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const enhancedFilteringTexts = ({ vendor, inboundConnector }: Profile): Texts => ({
  title: `Let Microsoft see past ${vendor}`,
  hint: "So that Microsoft judges the real sender",
  why: [
    `After the switch every message seems to come from ${vendor}.`,
    "Enhanced filtering makes Microsoft skip that last server and look at the one before, the sender's own.",
    "Without it SPF fails for nearly all mail, and so do the checks that rest on it.",
  ],
  should: `On ${vendor}'s connector, enhanced filtering skips the last address, for the whole organisation, and not in test mode.`,
  role: "Exchange Administrator (in Microsoft Defender, Security Administrator is enough for a person)",
  takes: "Minutes to an hour.",
  undo: "Enhanced filtering goes back to what it was on each connector that this step changed.",
  fails: [
    {
      when: "SPF still fails for everything after the switch",
      remedy: "Enhanced filtering is on another connector, only for some users, or in test mode. The table shows all of them.",
    },
    {
      when: "Your mail passes another server after the vendor",
      remedy: "Skipping the last address skips the wrong one. Choose “Another server in between” and enter its addresses.",
    },
    { when: "Mail is not filtered at all any more", remedy: "A mail flow rule sets SCL -1. The findings name it; turn it off." },
    {
      when: "Users stay listed although you cleared them",
      remedy:
        "Microsoft's page and its programming interface differ here. Look again after a few minutes; if they stay, clear them by hand.",
    },
  ],
  byHand: [
    {
      say: "Open Microsoft Defender and go to Email & collaboration > Policies & rules > Threat policies > Rules > Enhanced filtering.",
      copy: ["https://security.microsoft.com/skiplisting"],
    },
    {
      say: "Select the connector that brings the vendor's mail. If Cutover made it, it has this name.",
      copy: [inboundConnector.value.name],
    },
    { say: "Select “Automatically detect and skip the last IP address” and “Apply to entire organization”." },
    { say: "Select Save, then come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: enhanced filtering for connectors",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/enhanced-filtering-for-connectors",
    },
  ],
});
