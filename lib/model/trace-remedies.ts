/** What a group of mail that would be refused most likely is, and what to do about it before the door is locked. For a person, in words. */
import type { Reason } from "./trace-reasons";

export type Remedy = {
  readonly title: string;
  /** What it is, and how we know. */
  readonly what: string;
  /** A verb first. */
  readonly remedy: string;
  /** Told, but not refused. */
  readonly isKept?: true;
  /** Nothing has to be done unless somebody is known. */
  readonly isUsual?: true;
};

const OWN_CONNECTOR =
  "add its address to a connector from “Your organization's email server” in Exchange admin center > Mail flow > Connectors";

/** `vendor`: "Cloudflare", "Area 1". */
export const remediesOf = (vendor: string): Readonly<Record<Reason, Remedy>> => ({
  device: {
    title: "Your own devices and applications",
    what: "Mail in the name of your domain, without signing in, from an address that your SPF record names: printers, scanners, applications.",
    remedy: `Let the device sign in to smtp.office365.com with a mailbox of its own; or ${OWN_CONNECTOR}; or let it send to your domain's mail records, through ${vendor}.`,
  },
  service: {
    title: "Services that send in your name",
    what: "Mail in the name of your domain from servers of a service that your SPF record includes: HR, customer care, newsletters, training.",
    remedy: `Ask the service to deliver to your domain's mail records, so that it comes through ${vendor}. Training mail that must come unchanged needs a connector of its own: make it, and try it with one message before you lock the door.`,
  },
  partner: {
    title: "Another gateway or a partner's connector",
    what: "Mail from addresses that a partner connector of yours names. The lock is for every sender and comes before it.",
    remedy: `If it is another gateway: take it out of the way of mail, or let it send to ${vendor}. If it is a partner: ask them to send to your domain's mail records. Then look again.`,
  },
  "vendor-missing": {
    title: `Addresses of ${vendor} that are not on the list`,
    what: `Mail from networks of ${vendor} that are not among the published sending addresses: a range that is new, or old.`,
    remedy: `Do not lock the door yet. Look at ${vendor}'s page of egress addresses; if these are on it, tell Cutover's support, and the list is added in all places by one plan. If they are not, somebody else sends from there.`,
  },
  "initial-domain": {
    title: "Mail to addresses at onmicrosoft.com",
    what: "Their mail records are Microsoft's and stay so: mail from outside to them never comes through the vendor.",
    remedy:
      "Give those senders the address at your own domain: look in forwardings, sign-ups, and who else has the address. The people who get it are named below.",
  },
  unlisted: {
    title: "In your name, from addresses you do not list",
    what: "Mail in the name of your domain from addresses that your SPF record does not name: a device that was forgotten, or somebody who only says to be you.",
    remedy: `Ask around whether one of these is yours. If it is, do what is said for your own devices and services. If it is not, be glad: the lock keeps it out.`,
  },
  microsoft: {
    title: "Microsoft's own addresses",
    what: "Mail from servers of Microsoft 365 that came past the vendor: notices of its services, or senders in other organisations who use your own Microsoft host.",
    remedy:
      "Look at the senders. Notices of Microsoft's own services usually still arrive; whether they do is seen by the days after the lock. Other organisations must send to your domain's mail records.",
  },
  "old-way": {
    title: "Mail of domains that have not moved",
    what: "Everything for a domain whose mail records do not name the vendor yet, or not long enough. It is ordinary mail.",
    remedy: "Move the domain's mail records first and wait until the old ones are forgotten. Then look again: these should be gone.",
  },
  stranger: {
    title: "Strangers who go past your mail records",
    what: "Senders whom nothing here explains, to a domain that has moved. Most of it is spam that aims at Microsoft's host on purpose.",
    remedy: "Look for names that you know. Ask those to send to your domain's mail records; the others are why the door is locked.",
    isUsual: true,
  },
  "on-premises": {
    title: "Your own servers, through their connector",
    what: "Mail by a connector from your organisation's own email server. The lock does not touch it.",
    remedy: "Nothing to do. Look once whether these are your servers.",
    isKept: true,
  },
});

const DAY_MS = 86_400_000;
/** What a window cannot have seen; [] when it is long enough. */
export function unseenIn(from: number, until: number): readonly string[] {
  const days = (until - from) / DAY_MS;
  return [
    ...(days < 2 ? ["what comes only at a weekend or on a working day"] : []),
    ...(days < 7 ? ["what comes once a week: backups that report, newsletters, weekly exports"] : []),
    ...(days < 31 ? ["what comes once a month: pay slips, invoices, statements"] : []),
  ];
}
