/** What the guide says about seeing reports arrive. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const journalFlowTexts = ({ vendor, journaling }: Profile): Texts => ({
  title: "See the reports arrive",
  hint: `The rule is on, and ${vendor} counts what it sends`,
  why: [
    "A rule that is on proves nothing: a mistyped address, or a gateway in between, swallows every report in silence.",
    `${vendor} counts what it has processed, and that number grows with every report.`,
    "Where your mail records send mail there as well, only a message that came as a report proves anything: so you can send one.",
  ],
  should: `${vendor}'s count grows after the rule is on, or a test message is found there as a journal report.`,
  role: "No role at Microsoft. At Cloudflare, somebody who can see the dashboard, or an API token that reads email security",
  takes: "A few minutes after the rule is on; half an hour at the most.",
  undo: "There is nothing to undo: this step only looks. A test message stays in the mailbox it was sent to.",
  fails: [
    {
      when: "Nothing arrives after half an hour",
      remedy:
        "Look, in this order, at the rule and the spelling of its address, at the connector, and at the mailbox for undeliverable reports.",
    },
    {
      when: "The rule is off again after two days",
      remedy: "Microsoft turns off a rule whose reports nobody takes. Correct the address, then turn it on again.",
    },
    {
      when: "The number grows, and no report is found",
      remedy: "What grows is mail by your mail records. Send a test message below and look for its report.",
    },
    {
      when: "Mail within the company is not counted",
      remedy:
        "That is right: only mail from and to the outside is journaled. Mail that an outsider sends in your own name counts as internal to Microsoft, too.",
    },
  ],
  byHand: [
    { say: "Send a message from outside, such as from a private mailbox, to somebody of yours." },
    { say: `Open the dashboard (${journaling.value.addresses.split(" > ")[0] ?? vendor}) and look at the number of processed messages.` },
    { say: "Wait five minutes and look again: it should have grown." },
    { say: "With an API token, “Check again” here does the same. Without one, type both numbers on this page." },
  ],
  links: [
    {
      title: "Microsoft: journaling in Exchange Online",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/journaling/journaling",
    },
    {
      title: "Cloudflare: journaling setup",
      href: "https://developers.cloudflare.com/cloudflare-one/email-security/setup/post-delivery-deployment/bcc-journaling/journaling-setup/m365-journaling/",
    },
  ],
});
