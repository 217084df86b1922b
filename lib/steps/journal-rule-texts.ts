/** What the guide says about journal rules. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const journalRuleTexts = ({ vendor, journaling }: Profile): Texts => {
  const { rule, regions, addresses } = journaling.value;
  return {
    title: `Send ${vendor} a report of each message`,
    hint: "A journal rule for mail from and to outside",
    why: [
      "A journal rule makes Microsoft send a report of each message: who sent it, who received it, and the message itself.",
      `${vendor} looks at the reports, after the mail was delivered: your mail keeps its way, and nothing can be held up by it.`,
      "With people of two regions there is one rule for each list, so that reports about them are processed where it was promised.",
    ],
    should:
      "One rule for everyone, or one for each region's list, to that region's address, about external messages only, turned on. Its name does not matter.",
    role: "Exchange Administrator (in Microsoft Purview, Organization Management, Compliance Management or Records Management)",
    takes: "Minutes to an hour until the first report is sent.",
    undo: "A rule that this step made is deleted. One that was there before goes back to how it was. Reports that were sent stay where they are.",
    fails: [
      {
        when: "Microsoft refuses the rule without an address for undeliverable reports",
        remedy: "Do the step about undeliverable reports first, and wait some minutes until Microsoft shows it.",
      },
      {
        when: "The rule is off although it was made turned on",
        remedy:
          "Microsoft turns off a rule whose address takes no reports. Compare the address letter by letter, then turn the rule on again.",
      },
      {
        when: "No reports arrive",
        remedy:
          "Wait an hour. Then look at the address, at the connector if a gateway carries outgoing mail, and at the undeliverable reports.",
      },
      {
        when: "Each message is counted twice",
        remedy: "Two rules send reports about the same people. The findings name the second one; turn it off.",
      },
      {
        when: "Mail that pretends to come from your own domain is missing",
        remedy: "It counts as internal. Refuse it with DMARC and spoof protection, or put the gateway in front of your mail too.",
      },
    ],
    byHand: [
      {
        say: "Open the Microsoft Purview portal and go to Data lifecycle management > Exchange (legacy).",
        copy: ["https://purview.microsoft.com/datalifecyclemanagement/exchange"],
      },
      { say: "Select Journal rules, then New rule." },
      { say: `In “Send journal reports to”, enter your journaling address. It stands in ${addresses}.` },
      { say: "In “Journal rule name”, enter this.", copy: [rule] },
      {
        say: "In “Journal messages sent or received from”, select Everyone. With two regions, select “A specific user or group” and the region's list.",
      },
      { say: "In “Type of message to journal”, select External messages only. Then Next, Submit and Done." },
      ...regions.slice(1).map((region) => ({
        say: `With two regions, make another rule for “${region.title}”, with its list, its address at this domain, and this name.`,
        copy: [region.domain, `${rule} (${region.id.toUpperCase()})`],
      })),
      { say: "Come back here and choose “Check again”. It may take a few minutes to show." },
    ],
    links: [
      {
        title: "Microsoft: configure journaling in Exchange Online",
        href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/configure-journaling",
      },
      {
        title: "Microsoft: journaling in Exchange Online",
        href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/journaling",
      },
    ],
  };
};
