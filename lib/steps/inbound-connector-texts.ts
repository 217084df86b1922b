/** What the guide says about the inbound connector. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const inboundConnectorTexts = ({ vendor, egress, inboundConnector }: Profile): Texts => ({
  title: "Tell Microsoft which servers bring your mail",
  hint: `A connector for ${vendor}'s servers, over TLS`,
  why: [
    `A connector tells Microsoft that ${vendor}'s servers bring mail for you, and that they must use an encrypted connection (TLS).`,
    "The next step needs it: only for a known connector does Microsoft look past the last server to the real sender.",
    "It shuts nobody out: mail that comes straight to Microsoft keeps arriving until you decide otherwise.",
  ],
  should: `One enabled partner connector names all ${egress.value.length} entries of ${vendor}, requires TLS, and refuses no other servers. Its name does not matter.`,
  role: "Exchange Administrator",
  takes: "Microsoft shows it after seconds to minutes, and mail follows it after 15 minutes to an hour.",
  undo: "A connector that this step made is deleted. One that was there before goes back to how it was.",
  fails: [
    {
      when: "Microsoft refuses to create the connector",
      remedy:
        "Trial and developer tenants may not have inbound connectors, and Microsoft's support does not change that. Buy a subscription for this tenant, or use the one you will keep.",
    },
    {
      when: "The new connector is not in the list",
      remedy: "Microsoft shows it late. Wait and look again; don't make it a second time, or you will have two.",
    },
    {
      when: "A connector “(1)” or a second one like it is there",
      remedy: "An earlier attempt was repeated. The findings name it; turn it off before you delete it.",
    },
    {
      when: "Microsoft asks to allow customisation first",
      remedy: "Do the step about customising your organisation. This one is tried again by itself.",
    },
    {
      when: "You are refused, with the right role",
      remedy: "A role that was just given works after a few minutes. Look again in a quarter of an hour.",
    },
  ],
  byHand: [
    {
      say: "Open the Exchange admin center and go to Mail flow > Connectors.",
      copy: ["https://admin.exchange.microsoft.com/#/connectors"],
    },
    { say: "Select Add a connector. In Connection from, select Partner organization, then Next." },
    { say: "Enter name and description, then Next.", copy: [inboundConnector.value.name, inboundConnector.value.comment] },
    {
      say: "In Authenticating sent email, select “By verifying that the IP address of the sending server matches one of the following IP addresses, which belongs to your partner organization”, and add each of these. Then Next.",
      copy: egress.value,
    },
    {
      say: "In Security restrictions, leave “Reject email messages if they aren't sent over TLS” selected, and select nothing else. Then Next.",
    },
    { say: "Review, select Create connector, then come back here and choose “Check again”. It may take a few minutes to show." },
  ],
  links: [
    {
      title: "Microsoft: connectors in Exchange Online",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow",
    },
    {
      title: "Microsoft: mail flow through another cloud service",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud",
    },
  ],
});
