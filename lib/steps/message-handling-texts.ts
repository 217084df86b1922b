/** What the guide says about the handling of mail. */
import type { Profile } from "@/lib/profiles/profile";
import { HEADER_WORDS, QUARANTINE_POLICIES, type UseCases } from "@/lib/profiles/use-cases";
import { ISOLATION_HOST } from "./message-handling-tags";
import type { Texts } from "./shape";
import { listed } from "./spans";

const ruleNames = (useCases: UseCases): readonly string[] => [
  ...new Set(Object.values(useCases).flatMap((one) => one.rules.map((r) => r.name))),
];

const fails = ({ vendor, dashboard }: Profile): Texts["fails"] => [
  {
    when: "A rule never fires",
    remedy: `It looks for the word SPAM (it is ${HEADER_WORDS.SPAM}), at the header of another product, or addresses are missing. The findings name it, and the plan puts it right.`,
  },
  {
    when: "Some people's mail is treated differently",
    remedy: "A preset or custom anti-spam policy decides for them before Default does. The first table shows what happens to their mail.",
  },
  {
    when: "People cannot release a message themselves",
    remedy:
      "High-confidence phishing and malware can only be asked for, whatever the policy allows. Hosted quarantine shows nothing to them at all.",
  },
  {
    when: "A message that was let go does not arrive",
    remedy: `It may be held twice. Look into ${dashboard.value.quarantine} first, then into Microsoft's quarantine.`,
  },
  {
    when: `${vendor} holds MALICIOUS or SPAM although the use case does not ask for it`,
    remedy: `One of ${vendor}'s pages says that it always does. The rules are harmless then; release such messages there.`,
  },
  {
    when: "Microsoft says that a quarantine policy is in use",
    remedy: "Another anti-spam policy names it by now. Change that policy first, then begin again.",
  },
  {
    when: "Microsoft asks to allow customisation first",
    remedy: "Do the step about customising your organisation. This one is tried again by itself.",
  },
];

function byHand({ dispositionHeader, egress, useCases, dashboard }: Profile): Texts["byHand"] {
  const { asks, releases } = QUARANTINE_POLICIES;
  return [
    {
      say: "Open Microsoft Defender and go to Email & collaboration > Policies & rules > Threat policies > Quarantine policies.",
      copy: ["https://security.microsoft.com/quarantinePolicies"],
    },
    {
      say: "For use cases 1 to 4 select Add custom policy, enter this name, and select Set specific access (Advanced): “Allow recipients to request a message to be released from quarantine”, Delete and Preview. Enable quarantine notification.",
      copy: [asks.Name],
    },
    {
      say: "For use cases 2 and 4 add a second one in the same way, but with “Allow recipients to release a message from quarantine”.",
      copy: [releases.Name],
    },
    { say: "If notifications should come more or less often, select Global settings and set the frequency: 4 hours, 1 day or 7 days." },
    {
      say: "Go to Anti-spam > Anti-spam inbound policy (Default) > Edit actions. Set the four actions, their quarantine policies and “Retain spam in quarantine for this many days” as the plan shows them.",
      copy: ["https://security.microsoft.com/antispam"],
    },
    {
      say: "Open the Exchange admin center and go to Mail flow > Rules. Select Add a rule > Create a new rule, with the name that the plan shows.",
      copy: ["https://admin.exchange.microsoft.com/#/transportrules", ...ruleNames(useCases.value)],
    },
    {
      say: "In Apply this rule if, select The message headers > includes any of these words. Enter the header, then the words of the plan.",
      copy: [dispositionHeader.value, ...Object.values(HEADER_WORDS)],
    },
    {
      say: "Select + and add the second condition The sender > IP address is in any of these ranges or exactly matches. Add each of these.",
      copy: egress.value,
    },
    {
      say: "In Do the following, select Modify the message properties > set the spam confidence level (SCL) with the number of the plan, or Redirect the message to > hosted quarantine.",
    },
    { say: "On the next page leave Rule mode at Enforce and everything else as it is. Select Next, then Finish." },
    { say: "A new rule is turned off: open it and turn on Enable or disable rule. Repeat for the second rule, then choose “Check again”." },
    {
      say: `Set the tags in ${dashboard.value.tags}, and the links in ${dashboard.value.links}. Before Email Link Isolation is turned on, allow its host in the Tenant Allow/Block Lists.`,
      copy: [ISOLATION_HOST],
    },
  ];
}

export const messageHandlingTexts = (profile: Profile): Texts => ({
  title: "Choose what happens to each kind of mail",
  hint: `Inbox, Junk or quarantine, by what ${profile.vendor} thinks of a message`,
  why: [
    `${profile.vendor} writes into each message what it thinks of it: ${listed(Object.keys(HEADER_WORDS))}, or nothing for clean mail.`,
    "Microsoft 365 puts such mail into Junk or quarantine only where a rule and a policy say so.",
    "Five ways of doing it are published; the tables show what each of them would do in your own tenant, before anything is changed.",
  ],
  should:
    "The quarantine policies, the actions of the anti-spam policy Default and the mail flow rules are those of the use case you chose. The rules are turned on, and name the header's words and the vendor's addresses.",
  role: "Exchange Administrator (in Microsoft Defender, Security Administrator is enough for a person; the rules need Exchange Administrator)",
  takes:
    "Policies work after minutes to an hour, rules after minutes to half an hour. Look into the quarantine every day at first: mail is held that arrived before.",
  undo: "Rules and quarantine policies that this step made are deleted, and what it changed goes back. The first notification settings of an organisation stay.",
  fails: fails(profile),
  byHand: byHand(profile),
  links: [
    { title: "Microsoft: quarantine policies", href: "https://learn.microsoft.com/defender-office-365/quarantine-policies" },
    { title: "Microsoft: anti-spam policies", href: "https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure" },
    {
      title: "Microsoft: order of protection, and which policy decides",
      href: "https://learn.microsoft.com/defender-office-365/how-policies-and-protections-are-combined",
    },
    {
      title: "Microsoft: mail flow rules",
      href: "https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules",
    },
  ],
});
