/** Addresses of servers between the vendor and Microsoft, as a person types them. */
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { whyRefused } from "@/lib/model/addresses";

const MOST_HOPS = 100;

/** Microsoft looks at addresses of the internet only: private ones are not supported in the list of hops. */
function isPublic(entry: string): boolean {
  const [first = ""] = entry.split(/[/-]/);
  return ipaddr.IPv4.isValidFourPartDecimal(first) && ipaddr.IPv4.parse(first).range() === "unicast";
}

const hop = z.string().transform((typed, ctx): string => {
  const entry = typed.trim();
  const why =
    whyRefused(entry) ??
    (isPublic(entry)
      ? null
      : `${entry} is not an address of the public internet. Enter the address by which the server reaches Microsoft.`);
  if (why === null) return entry;
  ctx.addIssue(why);
  return z.NEVER;
});

const split = (typed: unknown): unknown => (typeof typed === "string" ? typed.split(/[\s,;]+/).filter((one) => one !== "") : typed);

export const hopList = z
  .preprocess(split, z.array(hop).max(MOST_HOPS, `That is more than ${MOST_HOPS} addresses. Write networks (up to /24) in their place.`))
  .transform((all) => [...new Set(all)]);
