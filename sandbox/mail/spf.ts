/** SPF as a receiver judges it, over the sandbox's own zones and a few senders that have none. */
import { allZones, type World } from "../world";
import { covers } from "./addresses";

export type SpfResult = "pass" | "fail" | "softfail" | "neutral" | "none" | "permerror";

/** Outside senders for trying things out: tests speak from 203.0.113.x unless told otherwise. */
const knownRecords: Record<string, string> = {
  "sender.example": "v=spf1 ip4:203.0.113.0/24 -all",
  "elsewhere.example": "v=spf1 ip4:198.51.100.0/24 -all",
  "newsletter.example": "v=spf1 ip4:192.0.2.0/24 ~all",
};

/** RFC 7208: at most ten lookups. */
const mostLookups = 10;

function spfRecord(world: World, domain: string): string | undefined {
  const texts = allZones(world).flatMap((zone) =>
    zone.records.flatMap((one) => (one.type === "TXT" && one.name === domain ? [one.text] : [])),
  );
  return texts.find((text) => /^v=spf1( |$)/i.test(text)) ?? knownRecords[domain];
}

export function checkSpf(world: World, domain: string, ip: string): SpfResult {
  let lookups = 0;
  const judge = (name: string): SpfResult => {
    const record = spfRecord(world, name);
    if (record === undefined) return "none";
    lookups += 1;
    if (lookups > mostLookups) return "permerror";
    const terms = record.split(/\s+/).slice(1);
    for (const term of terms) {
      const [, sign = "+", mechanism = ""] = /^([+\-~?]?)(.*)$/.exec(term) ?? [];
      if (matches(mechanism.toLowerCase(), ip, judge)) return results[sign || "+"] ?? "neutral";
    }
    const next = terms.find((term) => term.startsWith("redirect="))?.slice("redirect=".length);
    return next === undefined ? "neutral" : judge(next);
  };
  return judge(domain.toLowerCase());
}

const results: Record<string, SpfResult> = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" };

/** Mechanisms that need more of DNS than the sandbox has (a, mx, exists) match nothing. */
function matches(mechanism: string, ip: string, judge: (domain: string) => SpfResult): boolean {
  if (mechanism === "all") return true;
  if (mechanism.startsWith("ip4:")) return covers([mechanism.slice(4)], ip);
  return mechanism.startsWith("include:") && judge(mechanism.slice("include:".length)) === "pass";
}
