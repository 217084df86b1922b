/** What the guide says about switching the mail records. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const mxRecordsTexts = ({ vendor, product, mxSuffixes }: Profile): Texts => ({
  title: "Switch your mail records",
  hint: `From then on mail comes through ${vendor}`,
  why: [
    "The mail records (MX) of your domain tell the world where to deliver your mail.",
    `With ${vendor}'s hosts in them, and nothing else, every message passes ${product} before it reaches Microsoft 365.`,
    "One record that is left over is enough for spam to find the old way, so all of them change at once.",
  ],
  should: `The MX records of every chosen domain name ${vendor}'s hosts for your region, in the published order, and no others.`,
  role: "Access to your DNS host. In a Cloudflare zone of yours Cutover can do it, with an API token that may edit DNS",
  takes: "About an hour, or as long as the TTL that was set before, whichever is longer. Mail arrives all the time.",
  undo: "The records of before are put back. The door must be unlocked first, for at least an hour.",
  risk: "Mail stops if the new hosts don't know your domain, or can't hand mail on to Microsoft.",
  fails: [
    {
      when: "Mail bounces with “hop count exceeded” (5.4.14)",
      remedy: `${vendor} forwards to itself, or to a host that sends mail back. Put the next hop right in the step about your domains at ${vendor}.`,
    },
    {
      when: "Some mail still arrives the old way for hours",
      remedy: "Somebody remembers the old records: the TTL was not short long enough. Wait; nothing is lost. The tables below show who.",
    },
    {
      when: "Some senders refuse to deliver",
      remedy: "Your MTA-STS policy still names Microsoft's hosts. Add the new ones, and change the policy's id.",
    },
    {
      when: "The DNS host won't delete the old record",
      remedy: "It may be locked by its own mail product. Turn that off there, or edit it in place.",
    },
    {
      when: "SPF fails for mail that you send",
      remedy: `${vendor} does not send your mail. If the old gateway did, let Microsoft 365 send directly and put SPF and DKIM right.`,
    },
  ],
  byHand: [
    {
      say: "Sign in at your DNS host. The table “Where to set them” names it, its help page, and its control panel where it publishes one.",
    },
    { say: "Write down the MX records that are there, or export the zone. Cutover keeps a copy, too." },
    { say: "Change the first MX record to the first of the table “The records to set”: name, priority, host. Leave the TTL as it is." },
    { say: `Add the others of the table. All of them end like this.`, copy: mxSuffixes.value },
    { say: "Delete every other MX record of the domain, such as the one that names Microsoft. Change no other records." },
    { say: "Save, come back here, and choose “Check again”. Then wait until all servers and resolvers in the tables agree." },
  ],
  links: [
    {
      title: "Cloudflare: MX deployment",
      href: "https://developers.cloudflare.com/cloudflare-one/email-security/setup/pre-delivery-deployment/mx-inline-deployment/",
    },
    {
      title: "Microsoft: mail flow through another cloud service",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud",
    },
  ],
});
