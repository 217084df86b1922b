/** Well-known mail gateways, named from the hosts in a domain's MX records. Suffixes as seen in their customers' public MX records. */

const GATEWAYS: readonly (readonly [name: string, suffixes: readonly string[]])[] = [
  ["Cloudflare Email Security", ["cf-emailsecurity.net"]],
  ["Area 1", ["mxrecord.io", "mxrecord.mx", "area1.cloudflare.net"]],
  ["Cloudflare Email Routing", ["mx.cloudflare.net"]],
  ["Proofpoint", ["pphosted.com", "ppe-hosted.com"]],
  ["Mimecast", ["mimecast.com", "mimecast.co.za", "mimecast-offshore.com"]],
  ["Barracuda", ["barracudanetworks.com"]],
  ["Cisco Secure Email", ["iphmx.com"]],
  ["Google", ["google.com", "googlemail.com"]],
  ["Sophos", ["hydra.sophos.com"]],
  ["Hornetsecurity", ["hornetsecurity.com", "antispameurope.com"]],
  ["Trend Micro", ["trendmicro.com", "trendmicro.eu"]],
  ["Forcepoint", ["mailcontrol.com"]],
  ["Symantec", ["messagelabs.com"]],
  ["Trellix", ["fireeyecloud.com"]],
  ["N-able Mail Assure", ["antispamcloud.com"]],
  ["OpenText", ["arsmtp.com"]],
];

const MICROSOFT = ["mail.protection.outlook.com", "mx.microsoft"];

/** On a label boundary: notgoogle.com is not Google. */
const endsIn = (host: string, suffix: string): boolean => host === suffix || host.endsWith(`.${suffix}`);
const plain = (host: string): string => host.toLowerCase().replace(/\.$/, "");

/** Whether mail to this host goes straight to Microsoft 365. */
export const isMicrosoft = (host: string): boolean => MICROSOFT.some((suffix) => endsIn(plain(host), suffix));

/** @returns the name of the gateway that runs this host; null when nobody well known does. */
export const gatewayOf = (host: string): string | null =>
  GATEWAYS.find(([, suffixes]) => suffixes.some((suffix) => endsIn(plain(host), suffix)))?.[0] ?? null;
