import { afterEach, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { createDns, type Dns } from "./dns";
import { type Asked, a, mx, type NameServer, nameServer, ns, type Said, soa } from "./stand-in";

let now = 1_764_000_000_000;
const open: (NameServer | Dns)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type World = {
  /** What the resolver says, by `TYPE name`. */
  readonly resolver: Readonly<Record<string, Said>>;
  /** What each authoritative server says of MX, by address. */
  readonly servers: Readonly<Record<string, (asked: Asked) => Said | readonly Said[]>>;
  readonly allow?: readonly string[];
};

/** One resolver at 127.0.0.201, the servers at their addresses, all on one free port. */
async function world({ resolver, servers, allow = ["127.0.0.0/8"] }: World) {
  const first = await nameServer("127.0.0.201", 0, ({ type, name }) => resolver[`${type} ${name}`] ?? { rcode: 3, aa: false });
  open.push(first);
  const authorities: Record<string, NameServer> = {};
  for (const [address, answer] of Object.entries(servers)) {
    const server = await nameServer(address, first.port, answer);
    open.push(server);
    authorities[address] = server;
  }
  const dns = createDns({
    clock: { now: () => now },
    log: quietLog,
    resolvers: [{ host: "127.0.0.201", port: first.port }],
    port: first.port,
    reach: createReach(allow),
  });
  open.push(dns);
  const row = async <K extends Kind>(kind: K, of: string) => {
    const raw = (await dns.ask([ask(kind, of)])).get(`${kind}/${of}`);
    if (raw === undefined || !raw.ok) return { raw, row: undefined };
    const rows = readRows(kind, raw.value);
    return { raw, row: rows.ok ? rows.value[0] : undefined };
  };
  return { dns, row, resolver: first, authorities };
}

const contoso = {
  "NS contoso.com": { answers: ns("contoso.com", "ns1.host.example", "ns2.host.example"), aa: false },
  "A ns1.host.example": { answers: a("ns1.host.example", "127.0.0.211"), aa: false },
  "A ns2.host.example": { answers: a("ns2.host.example", "127.0.0.212"), aa: false },
} as const;
const microsoft = mx("contoso.com", 3_600, [0, "contoso-com.mail.protection.outlook.com"]);

describe("mx", () => {
  it("asks every name server itself, without recursion, and shows the configured TTL", async () => {
    const { row, authorities } = await world({
      resolver: contoso,
      servers: { "127.0.0.211": () => ({ answers: microsoft }), "127.0.0.212": () => ({ answers: microsoft }) },
    });
    const seen = await row("mx", "contoso.com");
    expect(seen.row).toMatchObject({
      ttl: 3_600,
      agreed: true,
      exists: true,
      zone: "contoso.com",
      hosts: ["0 contoso-com.mail.protection.outlook.com"],
    });
    for (const server of Object.values(authorities))
      expect(server.asked).toEqual([{ name: "contoso.com", type: "MX", recursive: false, over: "udp" }]);
  });

  it("takes nothing from a server that is not authoritative", async () => {
    const { row } = await world({
      resolver: contoso,
      servers: {
        "127.0.0.211": () => ({ answers: microsoft, aa: false }),
        "127.0.0.212": () => ({ answers: mx("contoso.com", 300, [5, "new.example"]) }),
      },
    });
    const seen = await row("mx", "contoso.com");
    expect(seen.row).toMatchObject({ ttl: 300, hosts: ["5 new.example"], agreed: true });
    expect(seen.row?.servers[0]?.problem).toBe("It is not authoritative for contoso.com.");
  });

  it("sees servers that disagree, and counts the longest TTL", async () => {
    const { row } = await world({
      resolver: contoso,
      servers: {
        "127.0.0.211": () => ({ answers: microsoft }),
        "127.0.0.212": () => ({ answers: mx("contoso.com", 86_400, [5, "new.example"]) }),
      },
    });
    expect((await row("mx", "contoso.com")).row).toMatchObject({
      agreed: false,
      ttl: 86_400,
      hosts: ["0 contoso-com.mail.protection.outlook.com", "5 new.example"],
    });
  });

  it("calls the same hosts with another TTL a disagreement", async () => {
    const { row } = await world({
      resolver: contoso,
      servers: {
        "127.0.0.211": () => ({ answers: microsoft }),
        "127.0.0.212": () => ({ answers: mx("contoso.com", 300, [0, "contoso-com.mail.protection.outlook.com"]) }),
      },
    });
    expect((await row("mx", "contoso.com")).row).toMatchObject({ agreed: false, ttl: 3_600 });
  });

  it("asks again over TCP when the answer was cut", async () => {
    const { row, authorities } = await world({
      resolver: contoso,
      servers: { "127.0.0.211": () => ({ answers: microsoft, cut: true }), "127.0.0.212": () => ({ answers: microsoft }) },
    });
    expect((await row("mx", "contoso.com")).row).toMatchObject({ agreed: true, ttl: 3_600 });
    expect(authorities["127.0.0.211"]?.asked.map((one) => one.over)).toEqual(["udp", "tcp"]);
  });

  it("believes no answer with another id or to another question", async () => {
    const forged = mx("contoso.com", 1, [0, "evil.example"]);
    const { row } = await world({
      resolver: contoso,
      servers: {
        "127.0.0.211": () => [{ answers: forged, id: 1 }, { answers: forged, echo: "other.example" }, { answers: microsoft }],
        "127.0.0.212": () => ({ answers: microsoft }),
      },
    });
    expect((await row("mx", "contoso.com")).row).toMatchObject({ agreed: true, hosts: ["0 contoso-com.mail.protection.outlook.com"] });
  });

  it("is not blinded by one dead server", async () => {
    const { row } = await world({ resolver: contoso, servers: { "127.0.0.211": () => ({ answers: microsoft }) } });
    const seen = await row("mx", "contoso.com");
    expect(seen.row).toMatchObject({ ttl: 3_600, agreed: true });
    expect(seen.row?.servers.map((server) => server.problem)).toEqual([null, "It did not answer."]);
  });

  it("never reads silence as no mail servers", async () => {
    const { row } = await world({
      resolver: contoso,
      servers: { "127.0.0.211": () => ({ rcode: 5 }), "127.0.0.212": () => ({ rcode: 2 }) },
    });
    expect((await row("mx", "contoso.com")).raw).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("tells no MX record, no such name and no such domain apart from a failure", async () => {
    const { row } = await world({
      resolver: {
        ...contoso,
        "NS gone.contoso.com": { rcode: 3, authorities: soa("contoso.com"), aa: false },
        "NS free.com": { rcode: 3, authorities: soa("com"), aa: false },
        "NS com": { answers: ns("com", "a.gtld-servers.net"), aa: false },
      },
      servers: {
        "127.0.0.211": ({ name }) => (name === "contoso.com" ? { authorities: soa("contoso.com") } : { rcode: 3 }),
        "127.0.0.212": ({ name }) => (name === "contoso.com" ? {} : { rcode: 3 }),
      },
    });
    expect((await row("mx", "contoso.com")).row).toMatchObject({ exists: true, hosts: [], ttl: 0 });
    expect((await row("mx", "gone.contoso.com")).row).toMatchObject({ exists: false, hosts: [], zone: "contoso.com" });
    expect((await row("mx", "free.com")).row).toMatchObject({ exists: false, hosts: [], servers: [] });
  });

  it("finds the zone of a subdomain, by SOA or by walking up", async () => {
    const { row, resolver } = await world({
      resolver: {
        ...contoso,
        "NS mail.eu.contoso.com": { authorities: soa("contoso.com"), aa: false },
        "NS a.b.contoso.com": { aa: false },
        "NS b.contoso.com": { aa: false },
      },
      servers: {
        "127.0.0.211": ({ name }) => ({ answers: mx(name, 60, [1, "x.example"]) }),
        "127.0.0.212": ({ name }) => ({ answers: mx(name, 60, [1, "x.example"]) }),
      },
    });
    expect((await row("mx", "mail.eu.contoso.com")).row).toMatchObject({ zone: "contoso.com", ttl: 60 });
    expect((await row("mx", "a.b.contoso.com")).row).toMatchObject({ zone: "contoso.com", ttl: 60 });
    expect(resolver.asked.filter((one) => one.type === "NS" && one.name === "contoso.com")).toHaveLength(1);
  });

  it("asks no private address that a stranger's DNS names", async () => {
    const { row, authorities } = await world({ resolver: contoso, servers: { "127.0.0.211": () => ({ answers: microsoft }) }, allow: [] });
    expect((await row("mx", "contoso.com")).raw).toMatchObject({ ok: false });
    expect(authorities["127.0.0.211"]?.asked).toEqual([]);
  });

  it("says so when a domain is an alias", async () => {
    const alias: Said = { answers: [{ type: "CNAME", name: "contoso.com", ttl: 60, class: "IN", data: "other.example" }] };
    const { dns } = await world({ resolver: contoso, servers: { "127.0.0.211": () => alias, "127.0.0.212": () => alias } });
    expect((await dns.ask([ask("mx", "contoso.com")])).get("mx/contoso.com")).toMatchObject({
      ok: true,
      value: [{ alias: "other.example", hosts: [] }],
    });
  });

  it("asks an equal question once", async () => {
    const { dns, authorities } = await world({
      resolver: contoso,
      servers: { "127.0.0.211": () => ({ answers: microsoft }), "127.0.0.212": () => ({ answers: microsoft }) },
    });
    const answers = await dns.ask([ask("mx", "contoso.com"), ask("mx", "contoso.com"), ask("dnsHost", "contoso.com")]);
    expect([...answers.keys()].sort()).toEqual(["dnsHost/contoso.com", "mx/contoso.com"]);
    expect(authorities["127.0.0.211"]?.asked).toHaveLength(1);
  });

  it("looks for the zone again when what it knew has aged", async () => {
    const { row, resolver } = await world({
      resolver: contoso,
      servers: { "127.0.0.211": () => ({ answers: microsoft }), "127.0.0.212": () => ({ answers: microsoft }) },
    });
    const zones = () => resolver.asked.filter((one) => one.type === "NS").length;
    await row("mx", "contoso.com");
    await row("mx", "contoso.com");
    expect(zones()).toBe(1);
    now += 11 * 60_000;
    await row("mx", "contoso.com");
    expect(zones()).toBe(2);
  });

  it.each([
    "not a domain",
    "contoso",
    `${"a".repeat(255)}.com`,
    `${"a.".repeat(130)}com`,
    "1.2.3.4",
    "a..b.com",
    "-a.com",
    "a@b.com",
    "",
    "x.com/y",
  ])("refuses %s in words", async (name) => {
    const { dns } = await world({ resolver: {}, servers: {} });
    const answer = (await dns.ask([ask("mx", name)])).get(name === "" ? "mx" : `mx/${name}`);
    expect(answer).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("asks for an international name in punycode", async () => {
    const { dns, resolver } = await world({ resolver: {}, servers: {} });
    await dns.ask([ask("mx", "münchen.example")]);
    expect(resolver.asked[0]?.name).toBe("xn--mnchen-3ya.example");
  });
});

describe("resolvers", () => {
  it("shows what each has left, and which did not answer", async () => {
    const { dns } = await world({
      resolver: { "MX contoso.com": { answers: mx("contoso.com", 42, [0, "x.example"]), aa: false } },
      servers: {},
    });
    const answer = (await dns.ask([ask("resolvers", "contoso.com")])).get("resolvers/contoso.com");
    expect(answer).toMatchObject({
      ok: true,
      value: [{ domain: "contoso.com", seen: [{ ttl: 42, hosts: [{ preference: 0, exchange: "x.example" }], problem: null }] }],
    });
  });
});

describe("DNS host", () => {
  const hostsOf = async (servers: readonly string[], more: Readonly<Record<string, Said>> = {}) => {
    const { row } = await world({
      resolver: { "NS contoso.com": { answers: ns("contoso.com", ...servers), aa: false }, ...more },
      servers: {},
    });
    return (await row("dnsHost", "contoso.com")).row?.hosts.map((host) => host.name);
  };

  it("is named from the name servers, on a label boundary", async () => {
    expect(await hostsOf(["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"])).toEqual(["Cloudflare"]);
    expect(await hostsOf(["ns1.notname.com"])).toEqual(["notname.com"]);
  });

  it("is both of a split zone", async () => {
    expect(await hostsOf(["ada.ns.cloudflare.com", "ns1.domaincontrol.com"])).toEqual(["Cloudflare", "GoDaddy"]);
  });

  it("is betrayed by the primary server where the names are the customer's own", async () => {
    expect(
      await hostsOf(["ns1.contoso.com"], { "SOA contoso.com": { answers: soa("contoso.com", 300, "ns-12.awsdns-01.com"), aa: false } }),
    ).toEqual(["Amazon Route 53"]);
  });
});
