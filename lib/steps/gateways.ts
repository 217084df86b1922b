/** Well-known mail gateways, named from the hosts in a domain's MX records. Suffixes as seen in their customers' public MX records. */

import { isUnder } from "@/lib/model/host-name";

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

/** Whether mail to this host goes straight to Microsoft 365. */
export const isMicrosoft = (host: string): boolean => isUnder(host, MICROSOFT);

/** @returns the name of the gateway that runs this host; null when nobody well known does. */
export const gatewayOf = (host: string): string | null => GATEWAYS.find(([, suffixes]) => isUnder(host, suffixes))?.[0] ?? null;
