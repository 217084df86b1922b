/** What the guide says about the domains at the vendor. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

const PLACE = {
  area1: "Log in to the Area 1 dashboard, and go to Settings (the gear icon) > Email Configuration > Domains & Routing > Domains.",
  cloudflare: "Log in to the Cloudflare dashboard, and go to Zero Trust > Email security > Settings > Domains.",
} as const;

export const area1DomainsTexts = ({ id, vendor }: Profile): Texts => ({
  title: `Tell ${vendor} about your domains`,
  hint: "Where mail goes next, over TLS, and what is held back",
  why: [
    `${vendor} takes mail only for domains that it knows, and has to know where to hand it on to.`,
    "That place is your tenant's own host, as Microsoft names it: with any other, mail bounces or goes round in a loop.",
    "It is done before the switch, so that the first message finds everything ready.",
  ],
  should: `${vendor} knows every chosen domain: configured as MX Records, forwarding to the host Microsoft expects, no IP restrictions, all messages over TLS, and the quarantine of your use case.`,
  role: `An account at ${vendor} that may edit domains. With an API token (Cloud Email Security: Edit) Cutover can do it`,
  takes: "Minutes. Where a TXT record has to prove the domain, up to 24 hours.",
  undo: "Settings go back to what they were, and domains that this step added are deleted there, which can't be taken back. It waits until no mail comes through any more.",
  fails: [
    {
      when: "The domain stays unverified",
      remedy: "Set the TXT record of the table exactly, at the DNS host named for the domain. It is looked for during a day.",
    },
    {
      when: "The domain can't be added",
      remedy: "It may be in another account of the vendor's. Find out who has it, or ask the vendor's support.",
    },
    {
      when: "Mail bounces with 451 4.4.62 or 5.4.14",
      remedy: "Forwarding to is wrong. Compare it with the MX value in the Microsoft 365 admin center.",
    },
    {
      when: "Mail is missing and in no one's quarantine at Microsoft",
      remedy: `Look in ${vendor}'s own quarantine: it holds some mail whatever is chosen.`,
    },
    { when: "Cutover is refused", remedy: "The API token lacks Cloud Email Security: Edit, or is for another account." },
  ],
  byHand: [
    { say: PLACE[id] },
    { say: "Open each domain of the table below, or add it." },
    { say: "Set Configured as.", copy: ["MX Records"] },
    { say: "Set Forwarding to: the value of the table, for each domain its own." },
    { say: "Leave IP Restrictions empty." },
    { say: "Set Outbound TLS.", copy: ["Forward all messages over TLS"] },
    { say: "In Quarantine Policy tick what the table names, and nothing else." },
    { say: "Save. If the vendor shows a TXT record, set it at your DNS host. Then tick the domain in the form above, and save." },
  ],
  links: [
    {
      title: "Cloudflare: set up with MX records",
      href: "https://developers.cloudflare.com/cloudflare-one/email-security/setup/pre-delivery-deployment/mx-inline-deployment/",
    },
  ],
});
