/** Where a zone's DNS host lets its records be edited, as Domain Connect publishes it: a TXT record at the zone names a server, that server the page (facts: draft-ietf-dconn-domainconnect). */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import { domainName } from "@/lib/clouds/dns/name";
import { type Getter, type Got, get } from "./get";

export type DomainConnect = { readonly zone: string; readonly provider: string | null; readonly controlPanel: string | null };

const text = z.string().nullish();
const settings = z.object({ providerId: text, providerName: text, providerDisplayName: text, urlControlPanel: text });

const MOST_REDIRECTS = 2;
const LONGEST_NAME = 100;
const LONGEST_URL = 2_000;

/** `host` or `host/path`, as in "api.cloudflare.com/client/v4/dns/domainconnect". Anything else is no place to call. */
function placeOf(said: string): { readonly host: string; readonly path: string } | null {
  const [, name = "", path = ""] = /^([^/\s]+)((?:\/[A-Za-z0-9._~-]+)*)\/?$/.exec(said.trim()) ?? [];
  const host = domainName(name);
  return host.ok ? { host: host.value, path } : null;
}

/** A link that a person is sent to: encrypted, and with nobody's name or password in it. */
function panelOf(template: string | null | undefined, zone: string): string | null {
  const said = (template ?? "").replaceAll("%domain%", zone);
  if (said.length > LONGEST_URL || !URL.canParse(said)) return null;
  const url = new URL(said);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : null;
}

/** The path of a redirect that stays at its host; null for all others. */
function stayedAt(host: string, { port }: Getter, path: string, headers: Readonly<Record<string, string>>): string | null {
  const base = new URL(`https://${host}:${port}${path}`);
  const said = headers["location"] ?? "";
  if (said === "" || !URL.canParse(said, base)) return null;
  const url = new URL(said, base);
  return url.protocol === "https:" && url.host === base.host ? `${url.pathname}${url.search}` : null;
}

async function fetched(getter: Getter, host: string, path: string, redirects = 0): Promise<Result<Got>> {
  const got = await get(getter, host, path);
  if (!got.ok || got.value.kind !== "answered" || got.value.status < 300 || got.value.status >= 400) return got;
  const next = stayedAt(host, getter, path, got.value.headers);
  return next === null || redirects >= MOST_REDIRECTS
    ? no("rejected", `${host} sends us on to another place, which we do not follow.`)
    : fetched(getter, host, next, redirects + 1);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function readSettings(zone: string, host: string, body: string): Result<DomainConnect> {
  const read = settings.safeParse(parsed(body));
  if (!read.success) return no("unreadable", `${host} answered with something that is not Domain Connect.`);
  const { providerId, providerName, providerDisplayName, urlControlPanel } = read.data;
  const name = storable(providerDisplayName || providerName || providerId || "", LONGEST_NAME);
  return ok({ zone, provider: name === "" ? null : name, controlPanel: panelOf(urlControlPanel, zone) });
}

/** A record that is left over from an earlier host (no such server, or a server that does not hold the zone) counts as none. */
export async function askDomainConnect(zone: string, getter: Getter): Promise<Result<DomainConnect>> {
  const none = ok({ zone, provider: null, controlPanel: null });
  const texts = await getter.lookups.textsOf(`_domainconnect.${zone}`);
  if (!texts.ok) return texts;
  const place = texts.value.map(placeOf).find((one) => one !== null) ?? null;
  if (place === null) return none;
  const got = await fetched(getter, place.host, `${place.path}/v2/${zone}/settings`);
  if (!got.ok) return got;
  const { value } = got;
  if (value.kind === "absent") return none;
  if (value.kind !== "answered") return no("rejected", value.say);
  if (value.status === 404 || value.status === 410) return none;
  if (value.status !== 200) return no("rejected", `${place.host} did not accept the question about ${zone} (${value.status}).`);
  return readSettings(zone, place.host, value.body);
}
