import { afterEach, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import { createDns, type Dns } from "./dns";
import { type Asked, a, alias, mx, type NameServer, nameServer, ns, type Said, soa, txt } from "./stand-in";

const open: (NameServer | Dns)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** One resolver, and one name server that holds contoso.com; both answer by `TYPE name`. */
async function world(resolver: Readonly<Record<string, Said>>, authority: Readonly<Record<string, Said>> = {}) {
  const delegation: Readonly<Record<string, Said>> = {
    "NS contoso.com": { answers: ns("contoso.com", "ns1.host.example"), aa: false },
    "A ns1.host.example": { answers: a("ns1.host.example", "127.0.0.214"), aa: false },
  };
  const by =
    (known: Readonly<Record<string, Said>>) =>
    ({ type, name }: Asked): Said =>
      known[`${type} ${name}`] ?? { rcode: 3, authorities: soa("contoso.com") };
  const first = await nameServer("127.0.0.204", 0, by({ ...delegation, ...resolver }));
  const its = await nameServer("127.0.0.214", first.port, by(authority));
  const dns = createDns({
    clock: { now: () => 1_764_000_000_000 },
    log: quietLog,
    resolvers: [{ host: "127.0.0.204", port: first.port }],
    port: first.port,
    reach: createReach(["127.0.0.0/8"]),
  });
  open.push(first, its, dns);
  const row = async <K extends Kind>(kind: K, of: string) => {
    const question = ask(kind, of);
    const raw = (await dns.ask([question])).get(nameOf(question));
    const rows = raw?.ok ? readRows(kind, raw.value) : undefined;
    return { raw, row: rows?.ok ? rows.value[0] : undefined };
  };
  return { dns, row, its };
}

const targetsNamed = (...hosts: readonly string[]) => ({
  "MX contoso.com": { answers: mx("contoso.com", 300, ...hosts.map((host) => [5, host] as const)) },
});

describe("where MX records lead", () => {
  const one = async (host: string, resolver: Readonly<Record<string, Said>> = {}) =>
    (await (await world(resolver, targetsNamed(host))).row("mxTargets", "contoso.com")).row?.targets[0];

  it("shows a host's addresses", async () => {
    const seen = await one("mx.example", { "A mx.example": { answers: a("mx.example", "192.0.2.1", "192.0.2.2") } });
    expect(seen).toEqual({ host: "mx.example", addresses: ["192.0.2.1", "192.0.2.2"], cname: null, isAddress: false, problem: null });
  });

  it("tells a host that is an alias", async () => {
    const answers = [alias("mx.example", "real.example"), ...a("real.example", "192.0.2.1")];
    expect(await one("mx.example", { "A mx.example": { answers } })).toMatchObject({ cname: "real.example", addresses: ["192.0.2.1"] });
  });

  it("takes IPv6 where there is no IPv4", async () => {
    const aaaa: Said = { answers: [{ type: "AAAA", name: "mx.example", ttl: 60, class: "IN", data: "2001:db8::1" }] };
    expect(await one("mx.example", { "A mx.example": {}, "AAAA mx.example": aaaa })).toMatchObject({ addresses: ["2001:db8::1"] });
  });

  it("tells an address where a host belongs", async () => {
    expect(await one("192.0.2.1")).toMatchObject({ isAddress: true, addresses: [], problem: null });
  });

  it("tells no address from a lookup that failed", async () => {
    expect(await one("gone.example")).toMatchObject({ addresses: [], problem: null });
    expect(await one("broken.example", { "A broken.example": { rcode: 2 } })).toMatchObject({
      addresses: [],
      problem: "The resolvers fail on broken.example.",
    });
  });

  it("looks nothing up for a domain that says it takes no mail", async () => {
    expect(await one(".")).toMatchObject({ host: ".", addresses: [], problem: null });
  });

  it("looks up no endless list of hosts", async () => {
    const hosts = Array.from({ length: 60 }, (_, nth) => `mx${nth}.example`);
    const { row } = await world({}, targetsNamed(...hosts));
    const targets = (await row("mxTargets", "contoso.com")).row?.targets ?? [];
    expect(targets.filter((target) => target.problem === null)).toHaveLength(50);
    expect(targets).toHaveLength(60);
  });

  it("is a problem when nobody tells the MX records", async () => {
    const { row } = await world({}, { "MX contoso.com": { rcode: 2 } });
    expect((await row("mxTargets", "contoso.com")).raw).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("asks for the MX records once although two questions of a wave need them", async () => {
    const { dns, its } = await world({}, targetsNamed("mx.example"));
    await dns.ask([ask("mx", "contoso.com"), ask("mxTargets", "contoso.com")]);
    expect(its.asked.filter((one) => one.type === "MX")).toHaveLength(1);
    await dns.ask([ask("mx", "contoso.com")]);
    expect(its.asked.filter((one) => one.type === "MX")).toHaveLength(2);
  });
});

describe("SPF", () => {
  const records = async (authority: Readonly<Record<string, Said>>, resolver: Readonly<Record<string, Said>> = {}) =>
    (await (await world(resolver, authority)).row("spf", "contoso.com")).row?.records;

  it("is what the domain's own server says, not what a resolver remembers", async () => {
    expect(
      await records(
        { "TXT contoso.com": { answers: txt("contoso.com", "v=spf1 include:new.example -all") } },
        { "TXT contoso.com": { answers: txt("contoso.com", "v=spf1 include:old.example -all") } },
      ),
    ).toEqual(["v=spf1 include:new.example -all"]);
  });

  it("is put together from its pieces", async () => {
    expect(await records({ "TXT contoso.com": { answers: txt("contoso.com", ["v=spf1 ip4:192.0", ".2.1 -all"]) } })).toEqual([
      "v=spf1 ip4:192.0.2.1 -all",
    ]);
  });

  it("is every record of that version and no other text", async () => {
    const answers = txt("contoso.com", "v=spf1 -all", "V=SPF1 ~all", "v=spf10 -all", "google-site-verification=1", "v=spf1");
    expect(await records({ "TXT contoso.com": { answers } })).toEqual(["v=spf1 -all", "V=SPF1 ~all", "v=spf1"]);
  });

  it("comes from a resolver where its own server says nothing of use, or an alias", async () => {
    const resolver = { "TXT contoso.com": { answers: txt("elsewhere.example", "v=spf1 -all"), aa: false } };
    expect(await records({ "TXT contoso.com": { rcode: 5 } }, resolver)).toEqual(["v=spf1 -all"]);
    expect(await records({ "TXT contoso.com": { answers: [alias("contoso.com", "elsewhere.example")] } }, resolver)).toEqual([
      "v=spf1 -all",
    ]);
  });

  it("is absent when there is none, and a problem when nobody knows", async () => {
    expect(await records({ "TXT contoso.com": { authorities: soa("contoso.com") } })).toEqual([]);
    const { row } = await world({ "TXT contoso.com": { rcode: 2 } }, { "TXT contoso.com": { rcode: 2 } });
    expect((await row("spf", "contoso.com")).raw).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });
});

describe("lookups for the clouds that call hosts", () => {
  it("say none as an empty list and a failure as a problem", async () => {
    const { dns } = await world({ "A broken.example": { rcode: 2 }, "TXT broken.example": { rcode: 2 } });
    expect(await dns.lookups.addressesOf("gone.example")).toEqual({ ok: true, value: [] });
    expect(await dns.lookups.textsOf("gone.example")).toEqual({ ok: true, value: [] });
    expect(await dns.lookups.addressesOf("broken.example")).toMatchObject({ ok: false });
    expect(await dns.lookups.textsOf("broken.example")).toMatchObject({ ok: false });
  });

  it("keep no character that the database cannot keep", async () => {
    const { dns } = await world({ "TXT nul.example": { answers: txt("nul.example", "a\0b") } });
    expect(await dns.lookups.textsOf("nul.example")).toEqual({ ok: true, value: ["ab"] });
  });
});
