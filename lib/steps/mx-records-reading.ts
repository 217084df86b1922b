/** What has to be known before mail records are changed, and while the change spreads. */
import type { Props } from "@/lib/model/props";
import { ask, each, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { tenantKeys } from "./access";
import { isInitialDomain } from "./lock-down-gate";
import { targetOf } from "./mx-hosts";
import type { MxSettings } from "./mx-records-settings";
import { hostIn } from "./mx-rows";
import { ttlQueries } from "./mx-ttl-reading";

/** Every host that a record should name, once. */
const newHosts = (chosen: MxSettings, profile: Profile): readonly string[] => [
  ...new Set(chosen.domains.flatMap((d) => targetOf(d, chosen, profile) ?? []).map(hostIn)),
];

/** Looked at from outside only where a person entered the domain at the vendor: does its host take mail for it? */
const atVendor = (chosen: MxSettings, profile: Profile): readonly string[] =>
  chosen.domains.flatMap((domain) => {
    const [first] = chosen.entered.includes(domain) ? (targetOf(domain, chosen, profile) ?? []) : [];
    return first === undefined ? [] : [`${domain}@${hostIn(first)}`];
  });

const ownDomain = (row: Props): string | null => {
  const name = String(row["Name"] ?? "");
  return name === "" || isInitialDomain(name) ? null : name;
};

export const mxQueries = (chosen: MxSettings, profile: Profile) => {
  const { domains } = chosen;
  const accepted = per(tenantKeys(chosen.access), () => ask("AcceptedDomain"));
  return {
    ...ttlQueries(domains),
    targets: per(domains, (d) => ask("mxTargets", d)),
    spf: per(domains, (d) => ask("spf", d)),
    mtaSts: per(domains, (d) => ask("mtaSts", d)),
    panels: each(
      per(domains, (d) => ask("dnsHost", d)),
      "domainConnect",
      (row) => String(row["zone"] ?? "") || null,
    ),
    hosts: per(newHosts(chosen, profile), (host) => ask("smtpHost", host)),
    zones: per(["account"], () => ask("cfZone")),
    vendor: per(["account"], () => ask("EmailSecurityDomain")),
    taken: per(atVendor(chosen, profile), (at) => ask("directDelivery", at)),
    accepted,
    acceptedMx: each(accepted, "mx", ownDomain),
  };
};
export type MxReading = Reading<ReturnType<typeof mxQueries>>;
