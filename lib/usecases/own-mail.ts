/** Whom Cutover may send mail to: people of the company and whoever is signed in, never a stranger somebody names. */
import { domainOf } from "@/lib/model/mail-proof";
import { answer, ask } from "@/lib/model/query";
import type { Setup } from "./setup";
import { rememberedOf } from "./standing";
import type { Visitor } from "./views";

/** Domains that Microsoft says are proved to be the company's; none where we may not ask. */
export function provedDomains(setup: Setup): readonly string[] {
  if (setup.stored.tenant.access !== "consent") return [];
  const rows = answer(ask("domain"), rememberedOf(setup));
  return rows.ok ? rows.value.filter((row) => row.isVerified).map((row) => row.Name) : [];
}

/** A sign-in name is vouched for by Microsoft: its domain is proved to be that person's company's. */
export const isColleague = (setup: Setup, { upn }: Visitor, address: string): boolean =>
  [domainOf(upn), ...provedDomains(setup)].includes(domainOf(address));
