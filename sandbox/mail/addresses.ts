/** IPv4 addresses in lists of single addresses, networks and ranges, as connectors, filters, rules and SPF records hold them. */
const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export function numberOf(address: string): number | null {
  const parts = octets.exec(address)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export const textOf = (address: number) => `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

/** First and last address of an entry; null for what is none (IPv6 included). */
export function span(entry: string): [number, number] | null {
  const [from = "", to] = entry.includes("-") ? entry.split("-") : [entry];
  const [address = "", prefix] = from.split("/");
  const first = numberOf(address.trim());
  if (first === null) return null;
  if (to !== undefined) {
    const last = numberOf(to.trim());
    return last === null ? null : [first, last];
  }
  const size = 2 ** (32 - Number(prefix ?? 32));
  const start = Math.floor(first / size) * size;
  return [start, start + size - 1];
}

export function covers(entries: string[], address: string): boolean {
  const wanted = numberOf(address.trim());
  if (wanted === null) return false;
  return entries.some((entry) => {
    const found = span(entry);
    return found !== null && found[0] <= wanted && wanted <= found[1];
  });
}
