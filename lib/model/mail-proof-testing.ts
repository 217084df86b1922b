/** For tests of the end-to-end proof: whose servers are whose, headers as servers write them, and a proof as it may stand. Not used by the product. */
import type { Circumstances, Leg, LegName, Proof, Said, Trace } from "./mail-proof";
import { readHeaders } from "./mail-proof-headers";
import type { Vendor } from "./mail-proof-hops";
import { signsIn } from "./mail-proof-signs";

export const vendor: Vendor = {
  name: "Cloudflare",
  product: "Cloudflare Email Security",
  egress: ["104.30.32.0/24", "158.51.64.0/26"],
  suffixes: ["inbound.cf-emailsecurity.net", "mxrecord.io"],
  header: "X-CFEmailSecurity-Disposition",
};

export const SENDER_IP = "203.0.113.7";
export const VENDOR_IP = "104.30.32.9";
const MICROSOFT = "BN8NAM12FT001.mail.protection.outlook.com";
const VENDOR_HOST = "mxa.global.inbound.cf-emailsecurity.net";

export const received = (from: string, ip: string, by: string, seconds: number): string =>
  `Received: from ${from} (${from} [${ip}])\r\n by ${by} with ESMTPS id 1; Tue, 3 Nov 2026 10:00:${String(seconds).padStart(2, "0")} +0000`;

/** A message through the vendor as it lies in the mailbox; `more` goes on top, `entry` is the address that called Microsoft. */
export const throughVendor = (
  more: readonly string[],
  { entry = VENDOR_IP, between = [] }: { entry?: string; between?: readonly string[] } = {},
) =>
  [
    ...more,
    received("server.test", entry, MICROSOFT, 9),
    ...between,
    received("mail.sender.test", SENDER_IP, VENDOR_HOST, 2),
    "Message-ID: <1@sender.test>",
    "Subject: Hello",
  ].join("\r\n");

export const results = (spf: string, ip: string, rest = "dkim=none (message not signed) header.d=none;dmarc=none"): string =>
  `Authentication-Results: spf=${spf} (sender IP is ${ip}) smtp.mailfrom=sender.test; ${rest} action=none header.from=sender.test;`;
export const skipped = (ip: string): string => `X-MS-Exchange-SkipListedInternetSender: ip=[${ip}];domain=mail.sender.test`;
export const report = (text: string): string => `X-Forefront-Antispam-Report: CIP:1.2.3.4;CTRY:;LANG:en;${text}DIR:INB;`;
export const signs = (text: string) => signsIn(readHeaders(text).headers, vendor);

const said: Said = { host: VENDOR_HOST, address: "127.0.0.1", stage: "end", code: 250, text: "2.0.0 Ok", isEncrypted: true };
export const accepted = { state: "accepted", at: 1_000, said } as const;
export const refused = (text: string) => ({ state: "refused", at: 1_000, said: { ...said, stage: "rcpt", code: 550, text } }) as const;
export const trace = (more: Partial<Trace> = {}): Trace => ({
  ...{
    at: 2_000,
    status: "Delivered",
    fromIp: VENDOR_IP,
    recipient: "a@ours.test",
    folder: "Inbox",
    connector: "Ours",
    refusal: null,
    rules: [],
  },
  ...more,
});

export const leg = (name: LegName, more: Partial<Leg> = {}): Leg => ({
  ...{ name, messageId: `<1.${name}@sender.test>`, subject: "A test", sending: { state: "waiting", said: null } },
  ...{ trace: null, traceProblem: null, lookedAt: null },
  ...more,
});
export const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  ...{ at: 1_000, mxHosts: [VENDOR_HOST], isAtVendor: true, ownHost: "ours-test.mail.protection.outlook.com", lock: "off" },
  connectors: [{ name: "Ours", isFiltering: true }],
  ...more,
});
export const proof = (mx: Partial<Leg>, direct: Partial<Leg>, now: Partial<Circumstances> = {}, isOpen = false): Proof => ({
  ...{ id: "1", isOpen, by: { kind: "admin", id: "1", name: "Admin" }, madeAt: 1_000, address: "a@ours.test", from: "cutover@sender.test" },
  ...{ circumstances: circumstances(now), legs: { mx: leg("mx", mx), direct: leg("direct", direct) } },
  ...{ pasted: null, dueAt: isOpen ? 9_000 : null, tries: 0 },
});
