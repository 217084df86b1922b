/** The way of a company's mail, now and after the switch, as stations in order: drawn from the MX records that were read. */
import { answer, ask, type Known } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { gatewayOf, isMicrosoft } from "./gateways";
import { hostIn } from "./mx-rows";

export type Station = { readonly name: string; readonly note: string; readonly isOurs?: boolean };
export type MailWay = { readonly now: readonly Station[]; readonly after: readonly Station[] };

const SENDERS: Station = { name: "The internet", note: "anybody who writes to you" };
const PEOPLE: Station = { name: "Your people", note: "read what arrives" };
const names = (all: readonly string[]): string => (all.length > 2 ? `${all.length} domains` : all.join(" and "));

/** Who takes the mail of a domain first: Microsoft, a gateway by name, or a host nobody well known runs. */
const firstOf = (host: string): string => (isMicrosoft(host) ? "Microsoft 365" : (gatewayOf(host) ?? hostIn(host)));

function entrances(domains: readonly string[], known: Known): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const domain of domains) {
    const rows = answer(ask("mx", domain), known);
    const hosts = rows.ok ? (rows.value[0]?.hosts ?? []) : [];
    for (const first of new Set(hosts.map((host) => firstOf(hostIn(host))))) found.set(first, [...(found.get(first) ?? []), domain]);
  }
  return found;
}

/** @returns null while no MX record of a chosen domain was read. */
export function mailWayOf(domains: readonly string[], known: Known, profile: Profile): MailWay | null {
  const found = [...entrances(domains, known)];
  if (found.length === 0) return null;
  const gateways = found.filter(([name]) => name !== "Microsoft 365");
  const straight = found.find(([name]) => name === "Microsoft 365")?.[1];
  const before = gateways.map(([name, of]): Station => ({ name, note: `takes the mail of ${names(of)} first` }));
  const microsoft: Station = {
    name: "Microsoft 365",
    note: straight ? `takes the mail of ${names(straight)} itself` : "takes what comes from there",
  };
  const vendor: Station = { name: profile.product, note: "looks at every message first", isOurs: true };
  return {
    now: [SENDERS, ...before, microsoft, PEOPLE],
    after: [SENDERS, vendor, { name: "Microsoft 365", note: "takes mail from there, and sees who really sent it" }, PEOPLE],
  };
}
