/** Whose is an address: sorted once, then found by halving, because a report asks it a million times. */
import ipaddr from "ipaddr.js";
import { boundsOf, numberOf } from "./addresses";
import { MICROSOFT_V6 } from "./trace-premises";

type Entry = { readonly from: number; readonly to: number; readonly what: string };

/** "::ffff:1.2.3.4" is 1.2.3.4; what is no address stays as it was written, so that nothing is lost. */
export function plainAddress(written: string): string {
  const text = written.trim().toLowerCase();
  if (!text.includes(":") || !ipaddr.isValid(text)) return text;
  return ipaddr.process(text).toString();
}

/** 198.51.100.0/24, 2001:db8:1:2::/64: the neighbours that are told together. */
export function rangeOf(address: string): string {
  const four = numberOf(address);
  if (four !== null) return `${address.slice(0, address.lastIndexOf("."))}.0/24`;
  if (!ipaddr.IPv6.isValid(address)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`;
}

export type Finder = (address: string) => string | null;

/** @returns what the narrowest listed network of an address stands for. Of equal ones the first wins. */
export function finderOf(listed: readonly { readonly network: string; readonly what: string }[]): Finder {
  const entries = listed
    .flatMap(({ network, what }): readonly Entry[] => {
      const bounds = boundsOf(network);
      return bounds ? [{ from: bounds[0], to: bounds[1], what }] : [];
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
  /** The furthest end among an entry and all before it: beyond that, nothing before it can hold the address. */
  const furthest: number[] = [];
  for (const { to } of entries) furthest.push(Math.max(to, furthest.at(-1) ?? to));
  const last = (n: number): number => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.from ?? Number.POSITIVE_INFINITY) <= n) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return (address) => {
    const n = numberOf(address);
    if (n === null) return null;
    let found: Entry | null = null;
    for (let i = last(n); i >= 0 && (furthest[i] ?? -1) >= n; i--) {
      const entry = entries[i];
      if (entry && entry.to >= n && (found === null || entry.to - entry.from <= found.to - found.from)) found = entry;
    }
    return found?.what ?? null;
  };
}

const six = MICROSOFT_V6.map((network) => ipaddr.IPv6.parseCIDR(network));
export const isMicrosoftV6 = (address: string): boolean => {
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return six.some((network) => parsed.match(network));
};

/** Addresses that no server outside has: loopback, private and link-local networks. */
export function isInside(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ["private", "loopback", "linkLocal", "uniqueLocal", "carrierGradeNat", "unspecified"].includes(ipaddr.parse(address).range());
}
