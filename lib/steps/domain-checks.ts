/** What is true of one chosen domain: is it the tenant's, does it receive mail there, where does its mail go today, what does Microsoft expect. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { gatewayOf, isMicrosoft } from "./gateways";
import { dnsHostName, hostIn, rowIn } from "./mx-rows";
import { listed } from "./spans";
import { isVendorHost } from "./vendor-hosts";

type Keyed<R> = Readonly<Record<string, Result<readonly R[]>>>;
export type Found = {
  /** null where Cutover may not ask. */
  readonly tenant: readonly Row<"domain">[] | null;
  readonly records: Keyed<Row<"serviceRecord">>;
  readonly mx: Keyed<Row<"mx">>;
  readonly dnsHosts: Keyed<Row<"dnsHost">>;
};
type Chosen = { readonly domains: readonly string[]; readonly nextHops: Readonly<Record<string, string>> };

export const receivesMail = (row: Row<"domain">): boolean =>
  row.supportedServices.some((s) => s === "Email" || s === "EmailInternalRelayOnly");
const isInitialName = (domain: string): boolean => domain.endsWith(".onmicrosoft.com");

/** Why a domain of the tenant cannot be chosen; null when it can. */
export function whyOff(row: Row<"domain">): string | null {
  if (row.isInitial || isInitialName(row.Name)) return "Microsoft's own address for your tenant: its mail records are not yours to change.";
  if (!row.isVerified) return "Not verified yet: finish adding it in the Microsoft 365 admin center.";
  return receivesMail(row) ? null : "It receives no mail at Microsoft 365.";
}

/** The mail host that Microsoft expects in the domain's MX record, as Microsoft says it: never made up from the name. */
export const expectedHop = (rows: readonly Row<"serviceRecord">[]): string | null =>
  rows.find((r) => r.recordType === "mx" && r.mailExchange !== null)?.mailExchange ?? null;

function membership(domain: string, tenant: Found["tenant"]): Check | null {
  const about = domain;
  if (isInitialName(domain))
    return fail(domain, "This is Microsoft's own address for your tenant. Its mail records can't be changed.", "Leave it out.", { about });
  if (tenant === null) return null;
  const row = tenant.find((d) => d.Name === domain);
  if (!row)
    return fail(
      domain,
      "It is not a domain of this tenant.",
      "Add it in Microsoft 365 admin center > Settings > Domains, or leave it out.",
      { about },
    );
  const why = whyOff(row);
  return why === null
    ? null
    : fail(domain, why, "Put that right in Microsoft 365 admin center > Settings > Domains, or leave the domain out.", { about });
}

type Hop = { readonly host: string; readonly isWord: boolean } | Check;

/** Without access, mail that goes straight to Microsoft shows the host in DNS; else somebody has to say it. */
function hopOf(domain: string, { tenant, records }: Found, { nextHops }: Chosen, mx: Row<"mx">): Hop {
  const about = domain;
  if (tenant !== null) {
    const seen = records[domain];
    if (!seen?.ok)
      return unknown(domain, seen?.problem ?? { code: "not-asked", say: "What Microsoft expects has not been read yet." }, { about });
    const host = expectedHop(seen.value);
    return host
      ? { host, isWord: false }
      : fail(
          domain,
          "Microsoft names no mail host for it.",
          "Look at the domain in Microsoft 365 admin center > Settings > Domains > DNS records.",
          { about },
        );
  }
  const direct = mx.hosts.map(hostIn).find(isMicrosoft);
  if (direct) return { host: direct, isWord: false };
  const said = nextHops[domain];
  if (said) return { host: said, isWord: true };
  return fail(
    domain,
    "We can't see which mail host Microsoft expects: mail goes elsewhere today.",
    "Enter the MX value that Microsoft 365 admin center > Settings > Domains > DNS records shows for it.",
    { about },
  );
}

/** Gateways of somebody else in the domain's MX records, by name; hosts nobody well known runs, by host. */
export function otherGateways(mx: Row<"mx">): readonly string[] {
  const hosts = mx.hosts.map(hostIn).filter((host) => !isMicrosoft(host) && !isVendorHost(host));
  return [...new Set(hosts.map((host) => gatewayOf(host) ?? host))];
}

export function judgeDomain(domain: string, found: Found, chosen: Chosen, profile: Profile): Check {
  const about = domain;
  const stranger = membership(domain, found.tenant);
  if (stranger) return stranger;
  const seen = found.mx[domain];
  if (!seen?.ok) return unknown(domain, seen?.problem ?? { code: "not-asked", say: "Its mail records have not been read yet." }, { about });
  const mx = seen.value[0];
  if (!mx?.exists) return fail(domain, "DNS does not know this domain.", "Check its spelling, and that it is registered.", { about });
  const hop = hopOf(domain, found, chosen, mx);
  if ("verdict" in hop) return hop;
  const expects = `Microsoft expects ${hop.host}${hop.isWord ? " (by your word)" : ""}.`;
  const dns = `DNS: ${dnsHostName(rowIn(found.dnsHosts, domain))}.`;
  if (mx.hosts.length === 0)
    return warn(
      domain,
      `It has no MX records: nobody can send it mail today. ${expects} ${dns}`,
      "If it should stay so, leave it out. Else go on: the switch gives it MX records.",
      { about },
    );
  const today = `Mail goes to ${listed(mx.hosts.map(hostIn))} today. ${expects} ${dns}`;
  const others = otherGateways(mx);
  if (others.length > 0)
    return warn(
      domain,
      `${today} Another gateway is in front of it: ${listed(others)}.`,
      `Decide whether ${profile.vendor} replaces it. Two gateways in a row quarantine mail in two places and hide the real sender.`,
      { about },
    );
  if (hop.isWord) return warn(domain, today, "Check the host once more: nobody but you can read it.", { about });
  return pass(domain, mx.hosts.map(hostIn).some(isVendorHost) ? `${today} ${profile.vendor} is in front of it already.` : today, { about });
}

/** Domains that receive mail and are not chosen: later, locking the tenant's door would shut them out. */
export function leftOut({ tenant }: Found, { domains }: Chosen): readonly Check[] {
  if (domains.length === 0) return [];
  const missing = (tenant ?? []).filter((row) => whyOff(row) === null && !domains.includes(row.Name)).map((row) => row.Name);
  if (missing.length === 0) return [];
  return [
    warn(
      "left-out",
      `These receive mail too and are not chosen: ${listed(missing)}.`,
      "Choose them as well, or move them later: until then mail to them is not protected, and the last step of the track has to wait.",
      { about: "Left out" },
    ),
  ];
}
