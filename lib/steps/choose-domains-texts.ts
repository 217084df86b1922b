/** What the guide says about choosing domains. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const chooseDomainsTexts = ({ vendor }: Profile): Texts => ({
  title: "Choose your domains",
  hint: "Which domains, which product, and who looks after DNS",
  why: [
    "Every domain has mail records of its own, so each is moved by itself, and a forgotten one stays unprotected.",
    "Cutover looks up where mail of each domain goes today, which host Microsoft expects, and whose DNS it is.",
    `The product you choose decides the names and hosts that the next steps use: ${vendor}'s, as you have it now.`,
  ],
  should: "Every domain that receives mail is chosen, and somebody is named who can edit its DNS records.",
  role: "None beyond your sign-in: this step only reads",
  takes: "At once.",
  undo: "Choose again at any time before the switch. Nothing outside Cutover was changed.",
  fails: [
    {
      when: "A domain is missing from the list",
      remedy: "It is not in your tenant. Add it in Microsoft 365 admin center > Settings > Domains, then look again.",
    },
    {
      when: "A domain cannot be chosen",
      remedy: "The list says why: it is not verified, receives no mail, or is Microsoft's own onmicrosoft.com address.",
    },
    {
      when: "Another gateway is named",
      remedy: "Decide which of the two stays. With both in a row, the order and the hops between them have to be set.",
    },
    {
      when: "DNS is hosted by a company you don't know",
      remedy: "Ask whoever pays for the domain: it is often the web host, or the company it was bought from.",
    },
  ],
  byHand: [
    { say: "Open the Microsoft 365 admin center and go to Settings > Domains.", copy: ["https://admin.microsoft.com/#/Domains"] },
    {
      say: "Open each domain that people receive mail at, and note the MX value under DNS records. It is the host your mail must reach in the end.",
    },
    { say: "Choose the same domains in the form above, and save." },
  ],
  links: [
    {
      title: "Microsoft: domains in Microsoft 365",
      href: "https://learn.microsoft.com/microsoft-365/admin/get-help-with-domains/domains-faq",
    },
  ],
});
