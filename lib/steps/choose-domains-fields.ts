/** The form of choose-domains: one box a domain with what is known about it, the product, its region, and who looks after DNS. */
import type { Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";
import { profileOf, profiles } from "@/lib/profiles/all";
import type { ProfileId } from "@/lib/profiles/profile";
import { expectedHop, whyOff } from "./domain-checks";
import { gatewayOf, isMicrosoft } from "./gateways";
import { dnsHostName, hostIn, rowIn } from "./mx-rows";
import type { Field } from "./shape";
import { listed } from "./spans";

type Keyed<R> = Readonly<Record<string, Result<readonly R[]>>>;
export type DomainReading = {
  readonly tenant: Keyed<Row<"domain">>;
  readonly records: Keyed<Row<"serviceRecord">>;
  readonly mx: Keyed<Row<"mx">>;
  readonly dnsHosts: Keyed<Row<"dnsHost">>;
};
type Chosen = {
  readonly access: "consent" | "without";
  readonly domains: readonly string[];
  readonly profile: ProfileId;
  readonly nextHops: Readonly<Record<string, string>>;
};

/** What is known about a domain, in half sentences. */
function about(name: string, { records, mx, dnsHosts }: DomainReading): string {
  const known = records[name];
  const hop = known?.ok ? expectedHop(known.value) : null;
  const now = rowIn(mx, name);
  const gateways = [...new Set((now?.hosts ?? []).map(hostIn).flatMap((host) => gatewayOf(host) ?? []))];
  const dns = rowIn(dnsHosts, name);
  return [
    "Receives mail at Microsoft 365",
    ...(hop ? [`Microsoft expects ${hop}`] : []),
    ...(now ? [now.hosts.length > 0 ? `mail goes to ${listed(now.hosts.map(hostIn))} today` : "no MX records today"] : []),
    ...(gateways.length > 0 ? [`gateway: ${listed(gateways)}`] : []),
    ...(dns ? [`DNS: ${dnsHostName(dns)}`] : []),
  ].join(" · ");
}

function domainsField(reading: DomainReading, { access, domains }: Chosen): readonly Field[] {
  const label = "Which domains should be protected?";
  if (access === "without")
    return [
      {
        name: "domains",
        type: "text",
        label,
        hint: "One domain after another, separated by spaces or commas.",
        placeholder: "contoso.com, contoso.co.uk",
        value: domains.join(", "),
      },
    ];
  const all = reading.tenant["tenant"];
  if (!all?.ok) return [];
  const options = all.value.map((row) => {
    const isOff = whyOff(row);
    return isOff === null
      ? { value: row.Name, label: row.Name, hint: about(row.Name, reading) }
      : { value: row.Name, label: row.Name, isOff };
  });
  return [
    { name: "domains", type: "choices", label, hint: "Choose all that receive mail, unless you move them one after the other.", options },
  ];
}

/** Mail that goes straight to Microsoft shows the expected host in DNS. */
const isDirect = ({ mx }: DomainReading, domain: string): boolean => (rowIn(mx, domain)?.hosts ?? []).map(hostIn).some(isMicrosoft);

/** Asked only where neither Microsoft nor DNS says it. */
const hopFields = (reading: DomainReading, { access, domains, nextHops }: Chosen): readonly Field[] =>
  access === "consent"
    ? []
    : domains
        .filter((domain) => !isDirect(reading, domain))
        .map((domain) => ({
          name: `nextHops.${domain}`,
          type: "text",
          label: `Mail host that Microsoft expects for ${domain}`,
          hint: "The MX value in Microsoft 365 admin center > Settings > Domains > DNS records.",
          placeholder: "contoso-com.mail.protection.outlook.com",
          value: nextHops[domain] ?? "",
        }));

export function chooseDomainsFields(reading: DomainReading, chosen: Chosen): readonly Field[] {
  const { regions } = profileOf(chosen.profile);
  return [
    ...domainsField(reading, chosen),
    ...hopFields(reading, chosen),
    {
      name: "profile",
      type: "choice",
      label: "Which product do you have?",
      hint: "They differ in names and mail hosts. If your dashboard is Cloudflare's, it is the first.",
      options: Object.values(profiles).map(({ id, product }) => ({
        value: id,
        label: product,
        hint: id === "cloudflare" ? "As it is set up today." : "Names and hosts from before it became Cloudflare Email Security.",
      })),
    },
    {
      name: "tracks",
      type: "choices",
      label: "What should it do with your mail?",
      hint: "In front of your mailboxes it can stop mail. By journaling it gets a copy afterwards, and mail keeps its way. Any of these can be combined.",
      options: [
        {
          value: "inline",
          label: "In front of your mail",
          hint: "Your MX records name the gateway: mail passes it before it is delivered.",
        },
        { value: "journaling", label: "By journaling", hint: "Microsoft sends a report of each message from or to outside." },
        {
          value: "retraction",
          label: "Move messages after delivery",
          hint: "What turns out bad later is taken out of mailboxes. For that it has to see delivered mail: by journaling, or another way you have.",
        },
      ],
    },
    {
      name: "regions",
      type: "choices",
      label: "Where should your mail be processed?",
      hint: "You can decide later: nothing before the switch depends on it.",
      options: regions.value.map(({ id, title, hint }) => ({ value: id, label: title, hint })),
    },
    {
      name: "dnsPerson",
      type: "text",
      label: "Who looks after your DNS?",
      hint: "A name, a team or an address, so that everybody here knows whom to ask.",
      placeholder: "Web team, dns@contoso.com",
    },
  ];
}
