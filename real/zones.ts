/** The zones of the DNS tests: what two name servers hold, the same or not. */
import type { Zone, Zones } from "./bind";
import { MEMORY, NS1, NS2, SILENT } from "./internet";

/** Long enough to look twice while the old record lives, short enough to wait it out. */
export const SHORT_SECONDS = 5;
export const OLD = "0 contoso-com.mail.protection.outlook.com";
export const NEW = "10 mx1.vendor.example";
export const MANY = Array.from({ length: 60 }, (_, index) => `${index} host-number-${index}.of-a-very-large-provider.example`);

export const mx = (host: string, ttl = SHORT_SECONDS) => `@ ${ttl} MX ${host}.`;
export const spf = (text: string) => `@ ${SHORT_SECONDS} TXT ${text}`;
export const both = (...records: readonly string[]): Zone => ({ nameServers: ["ns1.dns.example", "ns2.dns.example"], records });
export const fleeting = (...records: readonly string[]): Zone => ({ ...both(...records), negativeSeconds: SHORT_SECONDS });

const top: Zone = {
  nameServers: ["ns1.dns.example"],
  records: [`ns1.dns A ${NS1}`, `ns2.dns A ${NS2}`, `memory.dns A ${MEMORY}`, `silent.dns A ${SILENT}`, "private.dns A 10.1.2.3"],
};
const everywhere: Zones = {
  "steady.example": both(mx(OLD, 3_600), "www A 127.0.3.9", "*.wild MX 5 wild.vendor.example."),
  "moving.example": both(mx(OLD), spf('"v=spf1 include:old.example -all"')),
  "countdown.example": both(mx(OLD, 3_600)),
  "split.example": both(mx(OLD, 300)),
  "new.example": fleeting(),
  "large.example": both(...MANY.map((host) => mx(host, 3_600))),
  "forged.example": both(mx(OLD)),
  "xn--mnchen-3ya.example": both(mx(OLD, 600)),
  // A TXT record is made of strings of at most 255 bytes, which belong together without a space (RFC 7208 3.3).
  "long.example": both(spf('"v=spf1 include:one.exam" "ple include:two.example -all"'), spf('"v=spf10 is another thing"'), spf('"hello"')),
};

export const ns1: Zones = {
  example: top,
  ...everywhere,
  "broken.example": both(mx(OLD, 900)),
  "lame.example": {
    nameServers: ["ns1", "ns2", "memory", "silent", "private"].map((name) => `${name}.dns.example`),
    records: [mx(OLD, 700)],
  },
  "deaf.example": { nameServers: ["ns2.dns.example", "silent.dns.example"], records: [mx(OLD)] },
  "vanity.example": {
    nameServers: ["ns1.vanity.example"],
    records: [mx(OLD, 800), `ns1 A ${NS1}`],
    primary: "ns-12.awsdns-01.com",
  },
  "target.example": both(
    "@ MX 10 alias.target.example.",
    "@ MX 20 real.target.example.",
    "@ MX 30 127.0.3.9.",
    "@ MX 40 nowhere.target.example.",
    "alias CNAME real.target.example.",
    "real A 127.0.3.9",
    "real A 127.0.3.10",
  ),
};
export const ns2: Zones = { ...everywhere, "broken.example": "broken" };

/** A key that the zone is not signed with. */
export const trustAnchors = [`forged.example. DS 12345 13 2 ${"ab".repeat(32)}`];
