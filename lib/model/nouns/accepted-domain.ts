/** Accepted domain: which domains Exchange takes mail for, and whether it hands unknown recipients on to somebody else. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { flag, word } from "../spelling";

export const acceptedDomainNoun = noun({
  title: "Accepted domain",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-AcceptedDomain",
    parameters: {},
    select: ["Guid", "Name", "DomainName", "DomainType", "Default", "InitialDomain"],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Mail flow > Accepted domains",
  link: "https://admin.exchange.microsoft.com/#/accepteddomains",
  labels: { DomainType: "This accepted domain is" },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z
    .object({
      Guid: z.string(),
      DomainName: z.string(),
      DomainType: word("Authoritative", "InternalRelay", "ExternalRelay"),
      Default: flag,
      InitialDomain: flag,
    })
    .transform(({ DomainName, ...row }) => ({ ...row, Name: DomainName.toLowerCase() })),
});
