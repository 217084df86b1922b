/** The way of a company's mail, now and after the switch, as stations in order: drawn from the MX records and connectors that were read. */
import { answer, ask, type Known } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { gatewayOf, isMicrosoft } from "./gateways";
import { hostIn } from "./mx-rows";
import { isLockDown, locksToVendor } from "./vendor-connector";
import { isVendorHost } from "./vendor-hosts";

export type Station = { readonly name: string; readonly note: string; readonly isOurs?: boolean };
export type MailWay = { readonly now: readonly Station[]; readonly after: readonly Station[] };

const SENDERS: Station = { name: "The internet", note: "anybody who writes to you" };
const PEOPLE: Station = { name: "Your people", note: "read what arrives" };
const MICROSOFT = "Microsoft 365";
const names = (all: readonly string[]): string => (all.length > 2 ? `${all.length} domains` : all.join(" and "));

/** Who takes the mail of a domain first: Microsoft, the vendor under whatever name of its hosts, a gateway by name, or a host nobody well known runs. */
function firstOf(host: string, { product }: Profile): string {
  if (isMicrosoft(host)) return MICROSOFT;
  return isVendorHost(host) ? product : (gatewayOf(host) ?? hostIn(host));
}

function entrances(domains: readonly string[], known: Known, profile: Profile): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const domain of domains) {
    const rows = answer(ask("mx", domain), known);
    const hosts = rows.ok ? (rows.value[0]?.hosts ?? []) : [];
    for (const first of new Set(hosts.map((host) => firstOf(hostIn(host), profile))))
      found.set(first, [...(found.get(first) ?? []), domain]);
  }
  return found;
}

/** What Microsoft does with mail that comes straight to it. */
function door(known: Known, profile: Profile): string | null {
  const rows = answer(ask("InboundConnector"), known);
  const locks = rows.ok ? rows.value.filter(isLockDown) : [];
  if (locks.length === 0) return null;
  return locks.some((c) => locksToVendor(c, profile))
    ? `refuses what does not come from ${profile.vendor}`
    : "refuses what does not come from its gateway";
}

function microsoftNow(straight: readonly string[] | undefined, locked: string | null): Station {
  const takes = straight ? `takes the mail of ${names(straight)} itself` : "takes what comes from there";
  return { name: MICROSOFT, note: locked === null ? takes : `${takes}, ${locked}` };
}

/** @returns null while no MX record of a chosen domain was read. */
export function mailWayOf(domains: readonly string[], known: Known, profile: Profile): MailWay | null {
  const found = [...entrances(domains, known, profile)];
  if (found.length === 0) return null;
  const gateways = found.filter(([name]) => name !== MICROSOFT);
  const straight = found.find(([name]) => name === MICROSOFT)?.[1];
  const before = gateways.map(
    ([name, of]): Station => ({
      name,
      note: `takes the mail of ${names(of)} first`,
      ...(name === profile.product ? { isOurs: true } : {}),
    }),
  );
  const vendor: Station = { name: profile.product, note: "looks at every message first", isOurs: true };
  const after = `takes mail from there, sees who really sent it, and refuses what does not come from ${profile.vendor} once the door is locked`;
  return {
    now: [SENDERS, ...before, microsoftNow(straight, door(known, profile)), PEOPLE],
    after: [SENDERS, vendor, { name: MICROSOFT, note: after }, PEOPLE],
  };
}
