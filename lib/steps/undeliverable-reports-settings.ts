/** What is chosen for journal reports that can't be delivered: an address, and the one that it may replace. */
import { z } from "zod";
import { isAddress, plainAddress } from "@/lib/model/mail-address";
import { access } from "./access";
import { domainList } from "./domain-name";

const address = z
  .string()
  .max(320)
  .transform((typed, ctx): string => {
    const plain = plainAddress(typed);
    if (plain === "" || isAddress(plain)) return plain;
    ctx.addIssue("Enter an address in the form name@company.com.");
    return z.NEVER;
  })
  .default("");

export const undeliverableSettings = z.object({
  access,
  domains: domainList.default([]),
  /** "": nobody has said yet; whatever is set already stays. */
  address,
  /** Another address that may be replaced, typed back. */
  replace: address,
});
export type UndeliverableSettings = z.infer<typeof undeliverableSettings>;

export const undeliverableAtFirst: UndeliverableSettings = { access: "consent", domains: [], address: "", replace: "" };
