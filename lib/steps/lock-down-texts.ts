/** What the guide says about locking the door. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";
import { span } from "./spans";

export const lockDownTexts = ({ vendor, egress, lockDownConnector, lockDownWaitMs }: Profile): Texts => ({
  title: "Lock the door behind the switch",
  hint: `So that Microsoft takes mail from ${vendor} alone`,
  why: [
    `Your tenant's own mail host is no secret: whoever knows it can still send straight to Microsoft, past ${vendor}.`,
    "Attackers look old mail records up for that, so the way past the gateway has to be closed, not only forgotten.",
    "It is optional, and recommended. It comes last, because it refuses mail of every domain that has not moved.",
  ],
  should: `One partner connector for all senders accepts mail only from the ${egress.value.length} entries of ${vendor}, over TLS, with enhanced filtering. It is made turned off, and turned on as a second step.`,
  role: "Exchange Administrator",
  takes: `Not before every domain has been moved for ${span(lockDownWaitMs.value / 1000)}. Then 15 minutes to an hour.`,
  undo: "The connector is removed, and mail from everywhere is accepted again after 15 minutes to an hour. Do it before you move mail records back.",
  risk: "Mail stops if a domain, a printer or a service still sends straight to Microsoft: it is refused with 550 5.7.51.",
  fails: [
    {
      when: "Mail of a domain bounces with 550 5.7.51 TenantInboundAttribution",
      remedy: "It came past the vendor. Choose “Off” above and apply, then move that domain, or find out what sends straight to Microsoft.",
    },
    {
      when: "Printers, scanners or applications can't send any more",
      remedy:
        "They send straight to your tenant's host. Give them a connector of their own (by address or certificate), SMTP AUTH, or let them send through the vendor.",
    },
    {
      when: "A service that sends in your name is refused (HR, CRM, phishing simulations)",
      remedy: "Have it send to your domain's MX. For simulations, set up advanced delivery and a partner connector of their own.",
    },
    {
      when: "Mail to addresses at onmicrosoft.com is refused",
      remedy: "Their MX is Microsoft's and can't be moved. Stop giving those addresses to anybody outside.",
    },
    {
      when: "Mail from the vendor is refused",
      remedy: "The vendor has new servers that the connector doesn't name. The plan of this step adds them.",
    },
  ],
  byHand: [
    {
      say: "Open the Exchange admin center and go to Mail flow > Connectors.",
      copy: ["https://admin.exchange.microsoft.com/#/connectors"],
    },
    { say: "Select Add a connector. In Connection from, select Partner organization, then Next." },
    {
      say: "Enter name and description, clear “Turn it on”, then Next.",
      copy: [lockDownConnector.value.name, lockDownConnector.value.comment],
    },
    {
      say: "Select “By verifying that the sender domain matches one of the following domains”, enter this, select +, then Next.",
      copy: ["*"],
    },
    {
      say: "Leave “Reject email messages if they aren't sent over TLS” selected. Select “Reject email messages if they aren't sent from within this IP address range” and add each of these. Then Next.",
      copy: egress.value,
    },
    { say: "Review, and select Create connector. Look at what would be refused before you turn it on." },
    { say: "Turn on enhanced filtering for it as you did for the first connector.", copy: ["https://security.microsoft.com/skiplisting"] },
    { say: "When every domain has moved: open the connector, select “Turn it on”, and come back here to check." },
  ],
  links: [
    {
      title: "Microsoft: restrict mail flow to a partner organisation",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-for-secure-mail-flow-with-a-partner",
    },
    {
      title: "Microsoft: mail flow through another cloud service",
      href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud",
    },
  ],
});
