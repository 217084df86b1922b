/** IPv4 addresses as the services write them: single, a-b range, CIDR. Another spelling of the same network is not drift. */
/** First and last address as numbers. */
type Bounds = readonly [number, number];

/** No leading zeros: some read them as octal. */
const FOUR_PARTS = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** IPv4 as a number; null for anything else. */
export function numberOf(ip: string): number | null {
  const parts = FOUR_PARTS.exec(ip)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? parts.reduce((n, part) => n * 256 + part, 0) : null;
}

function read(entry: string): Bounds | null {
  const [network = "", prefix] = entry.trim().split("/");
  const [low = "", high = low] = network.split("-");
  const from = numberOf(low);
  const to = numberOf(high);
  if (from === null || to === null || to < from) return null;
  if (prefix === undefined) return [from, to];
  const bits = Number(prefix);
  if (!/^\d{1,2}$/.test(prefix) || bits > 32 || high !== low) return null;
  const size = 2 ** (32 - bits);
  const start = Math.floor(from / size) * size;
  return [start, start + size - 1];
}

/** A full allow list against the vendor's is 50,000 comparisons of the same 1,300 entries. */
const known = new Map<string, Bounds | null>();
const KNOWN_MAX = 20_000;

/** The addresses that an entry stands for; null when it is not IPv4 in one of the three forms. */
export function boundsOf(entry: string): Bounds | null {
  const held = known.get(entry);
  if (held !== undefined) return held;
  if (known.size >= KNOWN_MAX) known.clear();
  const bounds = read(entry);
  known.set(entry, bounds);
  return bounds;
}

/** 104.30.32.0/19 covers 104.30.33.0/24. What is not IPv4 covers only its own spelling. */
export function coversIp(held: string, wanted: string): boolean {
  const outer = boundsOf(held);
  const inner = boundsOf(wanted);
  if (!outer || !inner) return held === wanted;
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** Whether two entries share an address. */
export function overlaps(a: string, b: string): boolean {
  const one = boundsOf(a);
  const two = boundsOf(b);
  return one !== null && two !== null && one[0] <= two[1] && two[0] <= one[1];
}

/** Why Microsoft would refuse an entry in an allow list or connector; null when it takes it. Source: facts/exchange-mapping.md 1. */
export function whyRefused(entry: string): string | null {
  if (entry.includes(":")) return `${entry} is an IPv6 address. Microsoft 365 takes only IPv4 here.`;
  const bounds = boundsOf(entry);
  if (!bounds) return `${entry} is not an IPv4 address or network.`;
  return bounds[1] - bounds[0] >= 256 ? `${entry} is larger than a /24. Write it as several /24 networks.` : null;
}
