/** A domain's SPF records, from one of its own name servers where one speaks: a resolver would show the old one for as long as its TTL. */
import type { Reach } from "@/lib/base/reach";
import { ok, type Result } from "@/lib/base/result";
import type { Reply } from "./packet";
import { aliasOf, textsOf } from "./reply";
import type { Resolver } from "./resolver";
import type { Wire } from "./wire";

type Deps = { readonly wire: Wire; readonly resolver: Resolver; readonly reach: Reach; readonly port: number };

/** All of them hold the same record; when these stay silent, what a resolver knows will do. */
const SERVERS_TRIED = 2;
/** RFC 7208 4.5: the version, alone or followed by a space. */
const SPF = /^v=spf1(?= |$)/i;

/** A server's own word on the texts at this very name; an alias is for a resolver to follow. */
const isOwnWord = (reply: Reply, name: string): boolean =>
  reply.packet.flag_aa && (reply.rcode === "NOERROR" || reply.rcode === "NXDOMAIN") && aliasOf(reply, name) === null;

async function fromItsServers({ wire, resolver, reach, port }: Deps, name: string): Promise<readonly string[] | null> {
  const zone = await resolver.zoneOf(name);
  for (const server of zone.ok ? zone.value.nameServers.slice(0, SERVERS_TRIED) : []) {
    const addresses = await resolver.addressesOf(server);
    const host = addresses.ok ? addresses.value.find(reach) : undefined;
    if (host === undefined) continue;
    const reply = await wire.ask({ host, port }, { name, type: "TXT", recursive: false });
    if (reply.ok && isOwnWord(reply.value, name)) return textsOf(reply.value);
  }
  return null;
}

export const createSpf =
  (deps: Deps) =>
  async (domain: string): Promise<Result<{ readonly domain: string; readonly records: readonly string[] }>> => {
    const own = await fromItsServers(deps, domain);
    const texts = own === null ? await deps.resolver.textsOf(domain) : ok(own);
    return texts.ok ? ok({ domain, records: texts.value.filter((text) => SPF.test(text)) }) : texts;
  };
