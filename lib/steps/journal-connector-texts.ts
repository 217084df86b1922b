/** What the guide says about the way of journal reports. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const journalConnectorTexts = ({ vendor, journaling }: Profile): Texts => {
  const { connector, regions, addresses, anyRegion } = journaling.value;
  const [first, ...others] = regions;
  return {
    title: `Give journal reports a straight way to ${vendor}`,
    hint: "Only if a gateway carries your outgoing mail",
    why: [
      `Journal reports leave your organisation as mail does, to an address at ${vendor} that is yours alone.`,
      "If a gateway carries your outgoing mail, it would carry the reports as well: it may delay, change or refuse them.",
      "A connector for the journaling domain takes them past the gateway, over TLS, to servers of the right region.",
    ],
    should:
      "If a gateway carries your outgoing mail: one partner connector for each region in use, to that region's hosts and no others, validated with your journaling address. Else nothing.",
    role: "Exchange Administrator",
    takes: "Minutes, and up to 10 more for the validation: Microsoft sends a test message and waits for the answer.",
    undo: "A connector that this step made is deleted. One that was there before goes back to how it was. The journal rule has to go first.",
    fails: [
      {
        when: "Validation says that the recipient is not in the connector's domain",
        remedy: "The journaling address is of another region, or mistyped. Compare what stands behind the @ with the connector's domain.",
      },
      {
        when: "Validation says that the host's name can't be found, or that it does not answer",
        remedy: "Compare the smart hosts letter by letter. If they are right, try again after some minutes, then ask the vendor's support.",
      },
      {
        when: "Validation says that the certificate is not valid (450 4.7.320)",
        remedy: "A smart host is mistyped, or something between changes it. The certificate itself is the vendor's to put right.",
      },
      {
        when: "Validation says that there is no such recipient",
        remedy: "The part before the @ is wrong. Copy the address from the dashboard again.",
      },
      {
        when: "All mail goes through mail servers of your own (centralized mail transport)",
        remedy: "No connector changes that. Let those servers deliver mail to the journaling domains directly.",
      },
      {
        when: "Reports still go to the gateway",
        remedy: "The connector must be turned on and name exactly the domain of your address. Mail follows it after minutes to an hour.",
      },
    ],
    byHand: [
      {
        say: "Open the Exchange admin center and go to Mail flow > Connectors. If none is for all domains (*), you are done here.",
        copy: ["https://admin.exchange.microsoft.com/#/connectors"],
      },
      {
        say: "Select Add a connector. In Connection from, select your own service (the first one); in Connection to, Partner organization. Then Next.",
      },
      { say: "Enter name and description, leave “Turn it on” selected, then Next.", copy: [connector.name, connector.comment] },
      {
        say: "Select “Only when email messages are sent to these domains”, enter what stands behind the @ of your journaling address, select +, then Next.",
        copy: first ? [first.domain] : [],
      },
      {
        say: "Select “Route email through these smart hosts”, add each of these, then Next.",
        copy: first?.smartHosts ?? [],
      },
      ...(anyRegion.length === 0
        ? []
        : [
            {
              say: "If your address ends in this, no smart hosts are published for it: select “Use the MX record associated with the partner's domain” in their place.",
              copy: anyRegion,
            },
          ]),
      {
        say: "Leave “Always use Transport Layer Security (TLS) to secure the connection” and “Issued by a trusted certificate authority (CA)” selected, then Next.",
      },
      {
        say: `Enter your journaling address (it stands in ${addresses}), select +, then Validate. All tasks must say Succeed. Then Next, and Create connector.`,
      },
      ...others.map((region) => ({
        say: `For “${region.title}”, make another one with this name, this domain and these smart hosts.`,
        copy: [`${connector.name} (${region.id.toUpperCase()})`, region.domain, ...region.smartHosts],
      })),
    ],
    links: [
      {
        title: "Microsoft: set up connectors for mail flow with a partner",
        href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-for-secure-mail-flow-with-a-partner",
      },
      {
        title: "Microsoft: validate connectors",
        href: "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/validate-connectors",
      },
    ],
  };
};
