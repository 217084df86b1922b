/** Choose the domains, the product and its region: what receives mail, where it goes today, and who looks after DNS. Changes nothing. */
import { z } from "zod";
import { no } from "@/lib/base/result";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import { ask, each, per } from "@/lib/model/query";
import { DEFAULT_PROFILE, profiles } from "@/lib/profiles/all";
import { access, DEFAULT_TRACKS, tenantKeys } from "./access";
import { chooseDomainsEvidence } from "./choose-domains-evidence";
import { chooseDomainsFields } from "./choose-domains-fields";
import { chooseDomainsTexts } from "./choose-domains-texts";
import { type Found, judgeDomain, leftOut } from "./domain-checks";
import { domainList, domainName } from "./domain-name";
import { defineStep } from "./shape";
import { ticked } from "./ticked";

const profileIds = z.enum(["cloudflare", "area1"], "Choose one of the two products.");

const settings = z.object({
  access,
  domains: domainList.default([]),
  profile: profileIds.default(DEFAULT_PROFILE),
  /** Ids of the profile's regions; none means: decide at the switch. */
  regions: ticked.default([]),
  tracks: ticked.default([...DEFAULT_TRACKS]),
  /** Who looks after DNS: a name, a team, an address. */
  dnsPerson: z.string().trim().max(200, "Keep it under 200 characters: a name and how to reach them.").default(""),
  /** Next hops by the admin's word, where Cutover may not ask Microsoft. */
  nextHops: z.record(z.string(), domainName).default({}),
});
export type ChosenDomains = z.infer<typeof settings>;

/** The chosen domains in settings as they are stored; none while nothing that parses is. */
export function domainsOf(raw: unknown): readonly string[] {
  const read = settings.safeParse(raw);
  return read.success ? read.data.domains : [];
}

export function tracksOf(raw: unknown): readonly string[] {
  const read = settings.safeParse(raw);
  return read.success ? read.data.tracks : DEFAULT_TRACKS;
}

/** Before anybody chose, DNS is asked about every domain, for the form; afterwards about the chosen ones, in one wave with the rest. */
const queries = ({ access: chosen, domains }: ChosenDomains) => {
  const keys = tenantKeys(chosen);
  const isFirst = keys.length > 0 && domains.length === 0;
  return {
    tenant: per(keys, () => ask("domain")),
    records: isFirst ? each(ask("domain"), "serviceRecord") : per(keys.length > 0 ? domains : [], (d) => ask("serviceRecord", d)),
    mx: isFirst ? each(ask("domain"), "mx") : per(domains, (d) => ask("mx", d)),
    dnsHosts: isFirst ? each(ask("domain"), "dnsHost") : per(domains, (d) => ask("dnsHost", d)),
  };
};

const notAsked = no("not-asked", "Your domains have not been read yet.", { fix: "Look again." });

function chosenCheck(domains: readonly string[]): Check {
  const about = "Your choice";
  if (domains.length === 0)
    return fail("chosen", "No domain is chosen yet.", "Choose the domains whose mail should be protected, and save.", { about });
  return pass("chosen", domains.length === 1 ? "One domain is chosen." : `${domains.length} domains are chosen.`, { about });
}

function regionCheck({ profile, regions }: ChosenDomains): readonly Check[] {
  const known = profiles[profile].regions.value.map((r) => r.id);
  const strange = regions.filter((id) => !known.includes(id));
  if (strange.length === 0) return [];
  return [
    warn("regions", `${profiles[profile].product} has no region called ${strange.join(", ")}.`, "Choose the region again.", {
      about: "Region",
    }),
  ];
}

export const chooseDomains = defineStep({
  id: "choose-domains",
  needs: ["connect-tenant"],
  isSkippedEnough: false,
  canSkip: false,
  inherits: { access: "connect-tenant" },
  ways: {
    us: "This step changes nothing: choose, and save.",
    script: "There is nothing to run: domains are chosen here.",
    hand: true,
  },
  texts: chooseDomainsTexts,
  settings,
  atFirst: {
    access: "consent",
    domains: [],
    profile: DEFAULT_PROFILE,
    regions: [],
    tracks: [...DEFAULT_TRACKS],
    dnsPerson: "",
    nextHops: {},
  },
  queries,
  checks({ tenant, records, mx, dnsHosts }, chosen, profile) {
    const all = tenant["tenant"] ?? notAsked;
    if (chosen.access === "consent" && !all.ok)
      return [chosenCheck(chosen.domains), unknown("domains", all.problem, { about: "Your domains" })];
    const found: Found = { tenant: all.ok ? all.value : null, records, mx, dnsHosts };
    return [
      chosenCheck(chosen.domains),
      ...chosen.domains.map((d) => judgeDomain(d, found, chosen, profile)),
      ...leftOut(found, chosen),
      ...regionCheck(chosen),
    ];
  },
  changes: () => [],
  fields: (reading, chosen) => chooseDomainsFields(reading, chosen),
  evidence: (reading, chosen) => chooseDomainsEvidence(reading, chosen),
});
