/** Why mail would be refused once the door is locked: a row of message trace, and what we know of addresses and domains. */

import type { TraceRow } from "./trace";
import { type Finder, finderOf, isInside, isMicrosoftV6, plainAddress, rangeOf } from "./trace-addresses";
import { MICROSOFT_NETWORKS, type Named, type Premises } from "./trace-premises";

/** In the order in which a person should look at them. */
export const REASONS = [
  "device",
  "service",
  "partner",
  "vendor-missing",
  "initial-domain",
  "unlisted",
  "microsoft",
  "old-way",
  "stranger",
  "on-premises",
] as const;
export type Reason = (typeof REASONS)[number];

/** Rows that are in no group, and why. */
export const LEFT_OUT = ["vendor", "internal", "outbound", "before", "refused"] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export type Judged =
  | { readonly out: LeftOut }
  | {
      readonly reason: Reason;
      /** What says so: a connector's name, an included SPF record; "" when nothing has a name. */
      readonly because: string;
      readonly senderDomain: string;
      readonly address: string;
      readonly range: string;
    };
export type Judge = (row: TraceRow) => Judged;

const domainIn = (address: string): string => address.slice(address.lastIndexOf("@") + 1);
const named = (all: readonly Named[]): Finder =>
  finderOf(all.flatMap(({ name, addresses }) => addresses.map((network) => ({ network, what: name }))));
const plain = (networks: readonly string[]): Finder => finderOf(networks.map((network) => ({ network, what: network })));

/** "contoso.com" and everything below it: services send bounces from subdomains. */
const isBelow = (name: string, domains: ReadonlySet<string>): boolean => {
  for (let rest = name; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) if (domains.has(rest)) return true;
  return false;
};

/** Mail that a mailbox of Exchange Online wrote carries such a Message-ID, whatever address its writer sat at. */
const isFromMailbox = (messageId: string): boolean => /\.prod\.(outlook\.com|exchangelabs\.com)>?$/i.test(messageId);

function findersOf(premises: Premises) {
  return {
    vendor: plain(premises.vendor),
    nearby: plain(premises.vendorNearby),
    onPremises: named(premises.onPremises),
    partner: named(premises.partners),
    microsoft: plain(MICROSOFT_NETWORKS),
    listed: finderOf(premises.listed.map(({ network, by }) => ({ network, what: by }))),
  };
}
type Finders = ReturnType<typeof findersOf>;

/** By the address alone: a connector, the vendor, Microsoft. What it says is certain, whoever the sender says to be. */
function byAddress(address: string, find: Finders): readonly [Reason, string] | null {
  const onPremises = find.onPremises(address);
  if (onPremises !== null) return ["on-premises", onPremises];
  const partner = find.partner(address);
  if (partner !== null) return ["partner", partner];
  const nearby = find.nearby(address);
  return nearby === null ? null : ["vendor-missing", nearby];
}

/** Who says to be one of us: an application of ours, a service we rent, or nobody we know. */
function ownSender(address: string, find: Finders): readonly [Reason, string] {
  const by = find.listed(address);
  if (by === null) return ["unlisted", ""];
  return by === "" ? ["device", ""] : ["service", by];
}

/** @returns a function to ask for every row: what is known is put in order once. */
export function judgeBy(premises: Premises): Judge {
  const find = findersOf(premises);
  const since = new Map(premises.domains.map(({ name, since: from }) => [name, from]));
  const own = new Set(since.keys());
  const initial = new Set(premises.initial);

  const reasonOf = (row: TraceRow, address: string, senderDomain: string): readonly [Reason, string] => {
    const known = byAddress(address, find);
    if (known) return known;
    const to = domainIn(row.recipient);
    if (initial.has(to)) return ["initial-domain", ""];
    if (find.microsoft(address) !== null || isMicrosoftV6(address)) return ["microsoft", ""];
    if (isBelow(senderDomain, own)) return ownSender(address, find);
    return since.get(to) === null ? ["old-way", to] : ["stranger", ""];
  };

  const isInternal = (row: TraceRow, address: string, senderDomain: string): boolean => {
    if (address === "" || isInside(address)) return true;
    const isOurs = own.has(senderDomain) || initial.has(senderDomain);
    return isOurs && (isFromMailbox(row.messageId) || isMicrosoftV6(address));
  };

  return (row) => {
    const to = domainIn(row.recipient);
    const isInitial = initial.has(to);
    if (!isInitial && !own.has(to)) return { out: "outbound" };
    const address = plainAddress(row.fromIp);
    const senderDomain = domainIn(row.sender);
    if (find.vendor(address) !== null) return { out: "vendor" };
    if (find.onPremises(address) === null && isInternal(row, address, senderDomain)) return { out: "internal" };
    if (row.at < (since.get(to) ?? 0)) return { out: "before" };
    if (row.status === "Failed") return { out: "refused" };
    const [reason, because] = reasonOf(row, address, senderDomain);
    return { reason, because, senderDomain, address, range: rangeOf(address) };
  };
}
