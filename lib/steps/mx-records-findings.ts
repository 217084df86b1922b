/** Findings about a domain's mail records, each with its fix: what is left over, in the wrong order, of another region, or leads nowhere. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, unknown, warn } from "@/lib/model/check";
import { isUnder } from "@/lib/model/host-name";
import type { Row } from "@/lib/model/nouns";
import { readSpf } from "@/lib/model/trace-spf";
import type { Profile } from "@/lib/profiles/profile";
import { gatewayOf, isMicrosoft } from "./gateways";
import { isInitialDomain } from "./lock-down-gate";
import { isSameOrder, regionOf, regionsOfHost } from "./mx-hosts";
import type { MxReading } from "./mx-records-reading";
import type { MxSettings } from "./mx-records-settings";
import { hostIn } from "./mx-rows";
import { listed } from "./spans";
import { isAtVendor, isVendorHost, touchesVendor } from "./vendor-hosts";

const BY_PLAN = "Look at the plan and agree to it: it sets exactly the records that are needed.";
type Seen<R> = Result<readonly R[]> | undefined;

const whose = (host: string): string => (isMicrosoft(host) ? "Microsoft 365" : (gatewayOf(host) ?? "somebody else"));

/** One record that goes past the vendor is enough: spam looks for it. */
function leftOver(domain: string, row: Row<"mx">, { vendor }: Profile): readonly Check[] {
  if (!touchesVendor(row) || isAtVendor(row)) return [];
  const past = row.hosts.map(hostIn).filter((host) => !isVendorHost(host));
  const about = `Left over at ${domain}`;
  return [
    fail(
      `left-over/${domain}`,
      `Beside ${vendor}'s hosts it still names ${listed(past.map((host) => `${host} (${whose(host)})`))}. Senders may choose that way, and spam does.`,
      BY_PLAN,
      { about },
    ),
  ];
}

/** Both profiles' hosts, or hosts of before, in one set. */
function otherNames(domain: string, row: Row<"mx">, profile: Profile): readonly Check[] {
  const hosts = row.hosts.map(hostIn).filter(isVendorHost);
  const older = hosts.filter((host) => !isUnder(host, profile.mxSuffixes.value));
  if (older.length === 0) return [];
  return [
    warn(`other-names/${domain}`, `${listed(older)}: hosts of the vendor under other names than ${profile.product} has.`, BY_PLAN, {
      about: `Hosts of ${domain}`,
    }),
  ];
}

/** Only said of a set that is the vendor's at least in part: before the switch all of it is still to come. */
function order(domain: string, row: Row<"mx">, target: readonly string[]): readonly Check[] {
  if (!touchesVendor(row) || isSameOrder(row.hosts, target)) return [];
  const now = row.hosts.map(hostIn);
  const missing = target.map(hostIn).filter((host) => !now.includes(host));
  const about = `Order at ${domain}`;
  if (missing.length > 0)
    return [
      fail(`missing-host/${domain}`, `It does not name ${listed(missing)}. Without it mail waits when the others are down.`, BY_PLAN, {
        about,
      }),
    ];
  const ours = row.hosts.filter((record) => target.map(hostIn).includes(hostIn(record)));
  if (isSameOrder(ours, target)) return [];
  return [
    fail(
      `order/${domain}`,
      `Its hosts are in the wrong order: ${listed(row.hosts)}. Senders go by the number, and choose the wrong place.`,
      BY_PLAN,
      {
        about,
      },
    ),
  ];
}

/** A host elsewhere breaks the promise that mail is processed in one place. */
function otherRegion(domain: string, row: Row<"mx">, target: readonly string[], chosen: MxSettings, profile: Profile): readonly Check[] {
  const region = regionOf(chosen, profile);
  const wanted = target.map(hostIn);
  const strange = row.hosts
    .map(hostIn)
    .filter((host) => !wanted.includes(host))
    .flatMap((host) => {
      const titles = regionsOfHost(host, profile);
      return titles.length > 0 ? [`${host} (${listed(titles)})`] : [];
    });
  if (region === null || strange.length === 0) return [];
  return [
    fail(
      `region/${domain}`,
      `${listed(strange)}: of another region. It breaks what was chosen: “${region.title}. ${region.hint}”`,
      `${BY_PLAN} Or choose another region, if mail may be processed there.`,
      { about: `Region of ${domain}` },
    ),
  ];
}

/** RFC 5321 5.1, RFC 2181 10.3: an MX names a host with addresses. */
function targets(domain: string, seen: Seen<Row<"mxTargets">>): readonly Check[] {
  if (!seen?.ok) return [];
  const about = `Hosts of ${domain}`;
  const wrong = seen.value
    .flatMap((row) => row.targets)
    .flatMap((t) => {
      if (t.isAddress) return [`${t.host} is an address, not a name`];
      if (t.cname !== null) return [`${t.host} is only an alias of ${t.cname}`];
      return t.addresses.length === 0 ? [`${t.host} leads nowhere${t.problem ? ` (${t.problem})` : ""}`] : [];
    });
  if (wrong.length === 0) return [];
  return [
    fail(`leads-nowhere/${domain}`, `${wrong.join("; ")}. Many senders refuse to deliver to such a record.`, `Take it out. ${BY_PLAN}`, {
      about,
    }),
  ];
}

const MICROSOFT_SPF = "include:spf.protection.outlook.com";

/** The vendor only receives: SPF stays Microsoft's. What the old gateway sent comes from Microsoft now. */
function spf(domain: string, seen: Seen<Row<"spf">>, { vendor }: Profile): readonly Check[] {
  const id = `spf/${domain}`;
  const about = `SPF of ${domain}`;
  if (!seen?.ok) return [unknown(id, seen?.problem ?? { code: "not-asked", say: "Its SPF record has not been read yet." }, { about })];
  const records = seen.value.flatMap((row) => row.records);
  if (records.length > 1)
    return [warn(id, `It has ${records.length} SPF records, so none of them counts (RFC 7208 4.5).`, "Make one of them.", { about })];
  const [record] = records;
  if (record === undefined)
    return [warn(id, "It has no SPF record: anybody may claim to send for it.", `Add this one: v=spf1 ${MICROSOFT_SPF} -all`, { about })];
  const old = readSpf([record]).includes.flatMap((name) => gatewayOf(name) ?? []);
  if (old.length > 0)
    return [
      warn(
        id,
        `It still names ${listed([...new Set(old)])}. If that gateway also sent your mail, ${vendor} does not take over: it only receives.`,
        `Let Microsoft 365 send directly, turn on DKIM there, keep ${MICROSOFT_SPF}, and take the old one out afterwards.`,
        { about },
      ),
    ];
  if (!record.toLowerCase().includes(MICROSOFT_SPF))
    return [warn(id, `It does not name Microsoft 365: ${record}`, `Add ${MICROSOFT_SPF}, unless your mail leaves another way.`, { about })];
  return [];
}

export function recordFindings(
  domain: string,
  row: Row<"mx">,
  target: readonly string[] | null,
  chosen: MxSettings,
  profile: Profile,
): readonly Check[] {
  if (target === null) return leftOver(domain, row, profile);
  return [
    ...leftOver(domain, row, profile),
    ...otherNames(domain, row, profile),
    ...order(domain, row, target),
    ...otherRegion(domain, row, target, chosen, profile),
  ];
}

export const aroundFindings = (domain: string, reading: MxReading, profile: Profile): readonly Check[] => [
  ...targets(domain, reading.targets[domain]),
  ...spf(domain, reading.spf[domain], profile),
];

/** Domains with mail of their own that nobody chose: a forgotten subdomain keeps the old way in. */
export function forgotten({ accepted, acceptedMx }: MxReading, { domains }: MxSettings, { vendor }: Profile): readonly Check[] {
  const all = accepted["tenant"];
  const names = all?.ok ? all.value.map((row) => row.Name).filter((name) => !isInitialDomain(name) && !domains.includes(name)) : [];
  return names.flatMap((name) => {
    const seen = acceptedMx[name];
    const row = seen?.ok ? seen.value[0] : undefined;
    if (!row || row.hosts.length === 0 || isAtVendor(row)) return [];
    return [
      warn(
        `forgotten/${name}`,
        `Your tenant takes mail for ${name} too, and it is not chosen: its mail goes to ${listed(row.hosts.map(hostIn))}, not through ${vendor}.`,
        "Choose it as well. Until it has moved, the door can't be locked.",
        { about: name, step: "choose-domains" },
      ),
    ];
  });
}
