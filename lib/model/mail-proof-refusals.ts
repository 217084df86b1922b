/** What a refusal means, by the code that stands in it: those that this setup can cause, and what to do about each. */

export type Refusal = { readonly means: string; readonly fix: string; readonly step?: string };

const KNOWN: readonly (readonly [code: string, refusal: Refusal])[] = [
  [
    "5.7.51",
    {
      means: "A connector takes mail only from certain servers, and this one is not among them.",
      fix: "If it came through the vendor, its addresses are missing in that connector: look at the plan of the step. If it came past the vendor, this is what the lock is for.",
      step: "lock-down",
    },
  ],
  [
    "5.7.68",
    {
      means: "Your organisation refuses mail in its own name from servers it does not know (RejectDirectSend).",
      fix: "Only mail that says to come from your own domain is refused so. Give devices that send it a connector of their own.",
    },
  ],
  [
    "5.4.14",
    {
      means: "The message went round in a circle until it had hopped too often.",
      fix: "Look at the next hop of the domain at the vendor: it must be your tenant's own host. Then at the accepted domain's type: it must be authoritative.",
      step: "area1-domains",
    },
  ],
  [
    "5.7.64",
    {
      means: "Microsoft took the sending server for one of your own and would not relay for it.",
      fix: "Look for a connector from your organisation's own email server with the vendor's addresses, and take them out.",
      step: "inbound-connector",
    },
  ],
  [
    "4.4.62",
    {
      means: "The host is not the one of your tenant's region.",
      fix: "Use the host that Microsoft names for the domain as the next hop at the vendor.",
      step: "area1-domains",
    },
  ],
  [
    "5.4.1",
    {
      means: "There is no such mailbox, or the domain is not one of the organisation's.",
      fix: "Check the address, and send again to a mailbox that exists.",
    },
  ],
  ["5.1.1", { means: "There is no such mailbox.", fix: "Check the address, and send again to a mailbox that exists." }],
  [
    "5.7.3",
    {
      means: "A connector wants mail encrypted, and this came without.",
      fix: "Set “Outbound TLS” of the domain at the vendor to “Forward all messages over TLS”.",
      step: "area1-domains",
    },
  ],
  [
    "5.7.606",
    {
      means: "Microsoft refuses this server's address because of its reputation.",
      fix: "That is about Cutover's own server, not about your setup: its operator has it taken off the list at sender.office.com.",
    },
  ],
  [
    "5.7.1",
    {
      means: "The server does not take mail for this domain from us.",
      fix: "If it is the vendor's: it does not know the domain, or not for mail by MX. Look at the domain there.",
      step: "area1-domains",
    },
  ],
];

const OTHER: Refusal = {
  means: "The server did not want it.",
  fix: "Read what it said: most servers name the reason and often a page about it.",
};

/** By the whole code: 5.7.51 is not 5.7.5. */
export const refusalIn = (text: string): Refusal =>
  KNOWN.find(([code]) => new RegExp(`(?:^|[^\\d.])${code.replaceAll(".", "\\.")}(?![\\d.]*\\d)`).test(text))?.[1] ?? OTHER;

/** The lock's own word. */
export const isLockRefusal = (text: string): boolean => /(?:^|[^\d.])5\.7\.51(?!\d)/.test(text);
