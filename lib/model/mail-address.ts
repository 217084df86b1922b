/** Mail addresses as people type and services write them: one spelling, and whether it is one at all. */

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Lower case, without blanks around it, taken out of “Name <name@company.com>” and of a mailto: link. */
export function plainAddress(typed: string): string {
  const inner = /<([^<>]*)>\s*$/.exec(typed)?.[1] ?? typed;
  return inner
    .trim()
    .replace(/^(mailto|smtp):/i, "")
    .toLowerCase();
}

export const domainIn = (address: string): string => address.slice(address.lastIndexOf("@") + 1);
export const localIn = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf("@")));

/** An address in its plain spelling; quoted local parts, which nobody has, are none. RFC 5321: 64 characters before the @, 254 in all. */
export function isAddress(plain: string): boolean {
  const labels = domainIn(plain).split(".");
  const local = localIn(plain);
  return plain.length <= 254 && local.length <= 64 && LOCAL.test(local) && labels.length > 1 && labels.every((label) => LABEL.test(label));
}
