/** What Email Security reads of a domain in DNS: the challenge's TXT record, SPF and DMARC, as the zone's first server has them. */
import { ownCopy, type Zone } from "../tenant";
import { allZones, type World } from "../world";

/** The zone a name belongs to: the longest that it ends with. */
function zoneOf(world: World, name: string): Zone | undefined {
  const fits = allZones(world).filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`));
  return fits.sort((one, other) => other.name.length - one.name.length)[0];
}

export function textsAt(world: World, name: string): string[] {
  const zone = zoneOf(world, name);
  const [server] = zone?.nameServers ?? [];
  const records = (server && ownCopy(server, world.clock.now())) ?? zone?.records ?? [];
  return records.flatMap((record) => (record.type === "TXT" && record.name.toLowerCase() === name ? [record.text] : []));
}

export function spfStatus(world: World, domain: string): "good" | "invalid" | "neutral" | "none" | "open" {
  const [record, second] = textsAt(world, domain).filter((text) => /^v=spf1( |$)/i.test(text));
  if (record === undefined) return "none";
  // RFC 7208 4.5: two records are an error
  if (second !== undefined) return "invalid";
  const end = /([-~?+]?)all\b/i.exec(record)?.[1];
  if (end === "-" || end === "~") return "good";
  return end === "" || end === "+" ? "open" : "neutral";
}

export function dmarcStatus(world: World, domain: string): "good" | "invalid" | "none" {
  const [record] = textsAt(world, `_dmarc.${domain}`);
  if (record === undefined) return "none";
  return /^v=DMARC1\s*;\s*p=(none|quarantine|reject)\b/i.test(record) ? "good" : "invalid";
}
