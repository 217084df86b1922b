/** Which mail server stands at which loopback address, and under which names. Written out here because the sandbox shares nothing with the product. */
import { gatewayHosts, gatewayOutboundHosts } from "../scenarios/gateway-zone";

export type Role = "microsoft" | "vendor" | "gateway" | "reference" | "outgoing";

export type MailServer = {
  address: string;
  role: Role;
  /** The first is what it calls itself. A name with a star stands in certificates only. */
  names: string[];
};

/** One address for every tenant's own host, as Microsoft's front door is one for all. */
export const microsoftAddress = "127.0.1.1";
const microsoftSuffixes = ["mail.protection.outlook.com", "mx.microsoft"];

/** The vendor's hosts of both eras; those of the regions stand in the dashboard, for each domain. */
const vendorHosts = [
  "mailstream-central.mxrecord.mx",
  "mailstream-east.mxrecord.io",
  "mailstream-west.mxrecord.io",
  "mailstream-eu1.mxrecord.io",
  "mailstream-bom.mxrecord.mx",
  "mailstream-india-primary.mxrecord.mx",
  "mailstream-asia.mxrecord.mx",
  "mailstream-syd.area1.cloudflare.net",
  "mailstream-australia-primary.area1.cloudflare.net",
  ...["global", "us", "de", "in", "au"].flatMap((region) => ["mxa", "mxb"].map((host) => `${host}.${region}.inbound.cf-emailsecurity.net`)),
];

/** Greets, accepts nothing: somebody to call when it has to be known whether any mail server can be reached. */
const referenceHost = "gmail-smtp-in.l.google.com";

export const mailServers: MailServer[] = [
  { address: microsoftAddress, role: "microsoft", names: microsoftSuffixes.flatMap((suffix) => [suffix, `*.${suffix}`]) },
  ...vendorHosts.map((host, index): MailServer => ({ address: `127.0.1.${11 + index}`, role: "vendor", names: [host] })),
  // Takes journal reports only: the smart host that today's documents name for the US.
  { address: "127.0.1.30", role: "vendor", names: ["journaling.mxrecord.io"] },
  { address: "127.0.1.40", role: "gateway", names: [...gatewayHosts, ...gatewayOutboundHosts] },
  { address: "127.0.1.41", role: "reference", names: [referenceHost] },
  { address: "127.0.1.50", role: "outgoing", names: ["mail.cutover-support.example"] },
];

/** The sandbox's own sender calls from here; only this address may say that it is somebody else (XCLIENT). */
export const senderAddress = "127.0.1.99";
/** Whoever else calls over loopback counts as a stranger on the internet, from here (RFC 5737). */
export const strangerAddress = "203.0.113.7";
/** Where the sandbox's web server stands: MTA-STS policies, Domain Connect. */
export const webAddress = "127.0.1.60";
export const domainConnectHost = "domainconnect.sandbox-host.example";
