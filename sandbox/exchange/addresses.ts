/** The address forms that connectors and the connection filter take: IPv4, /24 to /32, and ranges where the contract allows them. */
import { numberOf } from "../mail/addresses";
import type { Parameter } from "./contract";

export type Form = "single" | "network" | "range";
export type Judged = { form: Form } | { fault: string };

export function judgeAddress(entry: string, limits: Pick<Parameter, "cidrPrefix" | "rangesAllowed" | "rangeMaxAddresses">): Judged {
  if (entry.includes(":")) return { fault: `"${entry}" is an IPv6 address. Only IPv4 addresses are supported.` };
  if (entry.includes("/")) return judgeNetwork(entry, limits.cidrPrefix ?? [0, 32]);
  if (entry.includes("-")) return limits.rangesAllowed === false ? notOne(entry) : judgeRange(entry, limits.rangeMaxAddresses ?? Infinity);
  return numberOf(entry) === null ? notOne(entry) : { form: "single" };
}

const notOne = (entry: string): Judged => ({ fault: `"${entry}" isn't a valid IP address or range for this setting.` });

function judgeNetwork(entry: string, [smallest, largest]: [number, number]): Judged {
  const [address = "", prefix = ""] = entry.split("/");
  if (numberOf(address) === null || !/^\d{1,2}$/.test(prefix)) return notOne(entry);
  const length = Number(prefix);
  if (length < smallest || length > largest) {
    return { fault: `"${entry}" isn't valid: the CIDR network mask must be between /${smallest} and /${largest}.` };
  }
  return { form: "network" };
}

function judgeRange(entry: string, most: number): Judged {
  const [from, to] = entry.split("-").map((end) => numberOf(end.trim()));
  if (from === undefined || to === undefined || from === null || to === null || to < from) return notOne(entry);
  return to - from + 1 > most ? { fault: `"${entry}" isn't valid: a range may hold at most ${most} addresses.` } : { form: "range" };
}
