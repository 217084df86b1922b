/** The servers that a message came through, from its Received lines: oldest first, with times, and how long each kept the sender waiting. */

import { coversIp } from "./addresses";
import { isUnder } from "./host-name";
import { type Header, valuesOf } from "./mail-proof-headers";

export type Hop = {
  /** As the server before called itself; "" where the line does not say. */
  readonly from: string;
  /** By which address it called. */
  readonly ip: string | null;
  readonly by: string;
  readonly at: number | null;
  /** Since the hop before; null where one of the times is missing. Clocks differ: it may be below zero. */
  readonly delayMs: number | null;
  readonly whose: "vendor" | "microsoft" | "other";
};

/** Whose servers are whose. */
export type Vendor = {
  readonly name: string;
  readonly product: string;
  readonly egress: readonly string[];
  /** Its mail hosts end in one of these. */
  readonly suffixes: readonly string[];
  /** Under this name it writes its disposition. */
  readonly header: string;
};

const MICROSOFT = ["outlook.com", "mx.microsoft", "exchangelabs.com", "office365.com"];
const MOST_HOPS = 40;

export const isVendorIp = (ip: string, { egress }: Vendor): boolean => egress.some((network) => coversIp(network, ip));

/** In brackets or parentheses: "([1.2.3.4])", "(1.2.3.4)", "[IPv6:2001:db8::1]". */
const ADDRESS = /[[(](?:IPv6:)?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}:[0-9a-f:.]{2,45})[\])]/i;
const nameIn = (text: string): string => (/^\s*(\S{1,255})/.exec(text)?.[1] ?? "").replace(/[;,]$/, "").toLowerCase();

/** RFC 5322 3.6.7: the moment stands behind the last semicolon, perhaps with a comment. */
function momentIn(value: string): number | null {
  const written = value.slice(value.lastIndexOf(";") + 1).replace(/\([^()]*\)/g, "");
  const at = value.includes(";") ? Date.parse(written.trim()) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

type Line = Omit<Hop, "delayMs" | "whose">;
function lineOf(value: string): Line {
  const [, before = "", after = ""] = /^(.*?)\bby\s+(\S.*)$/is.exec(value) ?? [];
  const [, caller = ""] = /^\s*from\s+(.*)$/is.exec(before) ?? [];
  return { from: nameIn(caller), ip: ADDRESS.exec(caller)?.[1] ?? null, by: nameIn(after), at: momentIn(value) };
}

const whoseOf = (host: string, vendor: Vendor): Hop["whose"] =>
  isUnder(host, MICROSOFT) ? "microsoft" : isUnder(host, vendor.suffixes) ? "vendor" : "other";

export function hopsIn(headers: readonly Header[], vendor: Vendor): readonly Hop[] {
  // Each server writes its line above the others.
  const lines = valuesOf(headers, "Received").slice(0, MOST_HOPS).map(lineOf).reverse();
  return lines.map((line, nth) => {
    const before = lines[nth - 1]?.at ?? null;
    return { ...line, delayMs: line.at === null || before === null ? null : line.at - before, whose: whoseOf(line.by, vendor) };
  });
}

export const isVendorHop = ({ whose }: Hop): boolean => whose === "vendor";

/** The hop by which it came to Microsoft. */
export const entryOf = (hops: readonly Hop[]): Hop | null => hops.find((hop) => hop.whose === "microsoft") ?? null;

/** It was at the vendor: a host of its wrote a line, or one of its addresses called somebody. */
export const cameByVendor = (hops: readonly Hop[], vendor: Vendor): boolean =>
  hops.some((hop) => hop.whose === "vendor" || (hop.ip !== null && isVendorIp(hop.ip, vendor)));

/** A server between the vendor and Microsoft: it was at the vendor, and somebody else handed it to Microsoft (story 17). */
export function extraHop(hops: readonly Hop[], vendor: Vendor): Hop | null {
  const entry = entryOf(hops);
  if (!entry || entry.ip === null || isVendorIp(entry.ip, vendor)) return null;
  return cameByVendor(hops, vendor) ? entry : null;
}
