import { afterEach, describe, expect, it } from "vitest";
import { type Dns, startDns } from "./index";
import { RCODE } from "./packet";
import { askTcp, askUdp, hostA, mx, rcodeOf, tenantWith, worldWith, zone } from "./testing";

const NS1 = "127.0.0.11";
const NS2 = "127.0.0.12";
const RESOLVER = "127.0.0.101";

let dns: Dns | null = null;
afterEach(async () => {
  await dns?.close();
  dns = null;
});

async function serve(zones: Parameters<typeof worldWith>[0]) {
  const world = worldWith(zones);
  dns = await startDns(world, { port: 0 });
  return { world, port: dns.port, flush: dns.flush };
}

const fabrikam = () =>
  zone("fabrikam.example", [
    mx("fabrikam.example", "fabrikam-example.mail.protection.outlook.com", 86_400, 0),
    { name: "fabrikam.example", type: "TXT", ttl: 300, text: "v=spf1 include:spf.protection.outlook.com -all" },
    { name: "_mta-sts.fabrikam.example", type: "TXT", ttl: 300, text: "v=STSv1; id=1" },
    { name: "www.fabrikam.example", type: "CNAME", ttl: 300, target: "web.host-a.example" },
    { name: "alias.fabrikam.example", type: "CNAME", ttl: 300, target: "fabrikam.example" },
    { name: "*.wild.fabrikam.example", type: "A", ttl: 60, address: "192.0.2.7" },
  ]);

describe("an authoritative server", () => {
  it("shows the configured TTL with AA and without recursion", async () => {
    const { port } = await serve([fabrikam()]);
    const answer = await askUdp(NS1, port, "Fabrikam.Example", "MX", { edns: 1232 });
    expect(answer).toMatchObject({ flag_aa: true, flag_rd: false, flag_ra: false, id: 4_711 });
    expect(answer?.answers).toMatchObject([
      { type: "MX", ttl: 86_400, data: { preference: 0, exchange: "fabrikam-example.mail.protection.outlook.com" } },
    ]);
    expect(answer?.additionals).toMatchObject([{ type: "OPT" }]);
  });

  it("answers the same over TCP", async () => {
    const { port } = await serve([fabrikam()]);
    const answer = await askTcp(NS2, port, "_mta-sts.fabrikam.example", "TXT");
    expect(answer.answers).toMatchObject([{ type: "TXT", data: [Buffer.from("v=STSv1; id=1")] }]);
  });

  it("says which servers a zone has", async () => {
    const { port } = await serve([fabrikam()]);
    const answer = await askUdp(NS1, port, "fabrikam.example", "NS");
    expect(answer?.answers).toMatchObject([{ data: "ns1.host-a.example" }, { data: "ns2.host-a.example" }]);
  });

  it("tells no such name from nothing of that type, each with the zone's SOA", async () => {
    const { port } = await serve([fabrikam()]);
    const nothing = await askUdp(NS1, port, "fabrikam.example", "AAAA");
    const nobody = await askUdp(NS1, port, "nobody.fabrikam.example", "MX");
    expect(rcodeOf(nothing)).toBe(RCODE.ok);
    expect(rcodeOf(nobody)).toBe(RCODE.nxdomain);
    for (const answer of [nothing, nobody]) {
      expect(answer).toMatchObject({
        flag_aa: true,
        answers: [],
        authorities: [{ type: "SOA", name: "fabrikam.example", data: { serial: 7 } }],
      });
    }
  });

  it("says nothing of that type for a name that only has names below it", async () => {
    const { port } = await serve([fabrikam()]);
    expect(rcodeOf(await askUdp(NS1, port, "wild.fabrikam.example", "A"))).toBe(RCODE.ok);
    expect(rcodeOf(await askUdp(RESOLVER, port, "example", "NS"))).toBe(RCODE.ok);
  });

  it("follows an alias inside its zone and answers wildcards under the asked name", async () => {
    const { port } = await serve([fabrikam()]);
    expect((await askUdp(NS1, port, "alias.fabrikam.example", "MX"))?.answers).toMatchObject([{ type: "CNAME" }, { type: "MX" }]);
    expect((await askUdp(NS1, port, "a.wild.fabrikam.example", "A"))?.answers).toMatchObject([
      { name: "a.wild.fabrikam.example", data: "192.0.2.7" },
    ]);
  });

  it("refuses zones that are not its own", async () => {
    const elsewhere = zone(
      "contoso.example",
      [mx("contoso.example", "mail.contoso.example")],
      [{ name: "ns1.host-b.example", address: "127.0.0.13" }],
    );
    const { port } = await serve([fabrikam(), elsewhere]);
    expect(await askUdp(NS1, port, "contoso.example", "MX")).toMatchObject({ flag_aa: false, answers: [] });
    expect(rcodeOf(await askUdp(NS1, port, "contoso.example", "MX"))).toBe(RCODE.refused);
    expect((await askUdp("127.0.0.13", port, "contoso.example", "MX"))?.answers).toHaveLength(1);
  });

  it("refers to the servers of a zone it has handed on", async () => {
    const parent = zone("fabrikam.example", [{ name: "eu.fabrikam.example", type: "NS", ttl: 3_600, target: "ns1.host-b.example" }]);
    const { port } = await serve([parent]);
    expect(await askUdp(NS1, port, "mail.eu.fabrikam.example", "MX")).toMatchObject({
      flag_aa: false,
      answers: [],
      authorities: [{ type: "NS", name: "eu.fabrikam.example", data: "ns1.host-b.example" }],
    });
  });

  it("sets TC when the answer is longer than the asker takes, and gives all of it over TCP", async () => {
    const many = Array.from({ length: 40 }, (_, at) => mx("big.example", `mail-host-number-${at}.some-long-name.example`, 300, at));
    const { port } = await serve([zone("big.example", many)]);
    expect(await askUdp(NS1, port, "big.example", "MX", { edns: 1232 })).toMatchObject({ flag_tc: true, answers: [] });
    expect(await askUdp(NS1, port, "big.example", "MX", { edns: 4096 })).toMatchObject({ flag_tc: false });
    expect((await askTcp(NS1, port, "big.example", "MX")).answers).toHaveLength(40);
  });

  it("splits a long TXT into strings of at most 255 bytes", async () => {
    const { port } = await serve([zone("long.example", [{ name: "long.example", type: "TXT", ttl: 60, text: "x".repeat(600) }])]);
    const answer = await askTcp(NS1, port, "long.example", "TXT");
    expect(answer.answers).toMatchObject([{ data: [{ length: 255 }, { length: 255 }, { length: 90 }] }]);
  });

  it("may disagree with its sister, stay silent, or answer without authority", async () => {
    const [first, second] = hostA;
    if (!first || !second) throw new Error("host A has two servers");
    const split = zone(
      "split.example",
      [mx("split.example", "new.example", 300)],
      [first, { ...second, recordsOverride: [mx("split.example", "old.example", 3_600)] }],
    );
    const dead = zone(
      "dead.example",
      [mx("dead.example", "mail.example")],
      [
        { ...first, behaviour: "silent" },
        { ...second, behaviour: "lame" },
      ],
    );
    const { port } = await serve([split, dead]);
    expect((await askUdp(NS1, port, "split.example", "MX"))?.answers).toMatchObject([{ data: { exchange: "new.example" } }]);
    expect((await askUdp(NS2, port, "split.example", "MX"))?.answers).toMatchObject([{ ttl: 3_600, data: { exchange: "old.example" } }]);
    expect(await askUdp(NS1, port, "dead.example", "MX", { timeoutMs: 100 })).toBeNull();
    expect(await askUdp(NS2, port, "dead.example", "MX")).toMatchObject({ flag_aa: false });
    expect(rcodeOf(await askUdp(RESOLVER, port, "dead.example", "MX", { recursion: true }))).toBe(RCODE.servfail);
  });

  it("serves a tenant made while it runs, and forgets one taken away", async () => {
    const { world, port } = await serve([fabrikam()]);
    expect(rcodeOf(await askUdp(NS1, port, "later.example", "MX"))).toBe(RCODE.refused);
    const later = tenantWith("22222222-0000-4000-8000-000000000002", [zone("later.example", [mx("later.example", "mail.later.example")])]);
    world.tenants.set(later.id, later);
    expect((await askUdp(NS1, port, "later.example", "MX"))?.answers).toHaveLength(1);
    world.tenants.set(later.id, { ...later, zones: [zone("later.example", [mx("later.example", "reset.later.example")])] });
    expect((await askUdp(NS1, port, "later.example", "MX"))?.answers).toMatchObject([{ data: { exchange: "reset.later.example" } }]);
    world.tenants.delete(later.id);
    expect(rcodeOf(await askUdp(NS1, port, "later.example", "MX"))).toBe(RCODE.refused);
  });
});

describe("a resolver", () => {
  it("counts an old answer down by the sandbox's clock after the zone changed", async () => {
    const own = fabrikam();
    const { world, port } = await serve([own]);
    const ask = () => askUdp(RESOLVER, port, "fabrikam.example", "MX", { recursion: true });
    expect(await ask()).toMatchObject({ flag_aa: false, flag_ra: true, answers: [{ ttl: 86_400 }] });
    own.records = [mx("fabrikam.example", "mailstream-central.mxrecord.example", 300)];
    world.clock.advance(86_000_000);
    const old = await ask();
    expect(old?.answers).toMatchObject([{ data: { exchange: "fabrikam-example.mail.protection.outlook.com" } }]);
    expect(old?.answers?.[0]).toHaveProperty("ttl", 400);
    world.clock.advance(401_000);
    expect((await ask())?.answers).toMatchObject([{ ttl: 300, data: { exchange: "mailstream-central.mxrecord.example" } }]);
  });

  it("has a cache of its own", async () => {
    const own = fabrikam();
    const { port } = await serve([own]);
    await askUdp(RESOLVER, port, "fabrikam.example", "MX");
    own.records = [mx("fabrikam.example", "new.example", 300)];
    expect((await askUdp("127.0.0.102", port, "fabrikam.example", "MX"))?.answers).toMatchObject([{ data: { exchange: "new.example" } }]);
    expect((await askUdp(RESOLVER, port, "fabrikam.example", "MX"))?.answers).toMatchObject([{ data: { preference: 0 } }]);
  });

  it("remembers that there was nothing, for the SOA's minimum", async () => {
    const own = zone("bare.example", []);
    const { world, port } = await serve([own]);
    const ask = () => askUdp(RESOLVER, port, "bare.example", "MX");
    expect(await ask()).toMatchObject({ answers: [], authorities: [{ type: "SOA" }] });
    own.records = [mx("bare.example", "mail.example")];
    world.clock.advance(200_000);
    expect((await ask())?.answers).toEqual([]);
    world.clock.advance(101_000);
    expect((await ask())?.answers).toHaveLength(1);
  });

  it("lets a zone cut be found: the walk up ends in the zone's NS, or in a parent's SOA", async () => {
    const { port } = await serve([fabrikam()]);
    const ask = (name: string) => askUdp(RESOLVER, port, name, "NS");
    expect(await ask("mail.fabrikam.example")).toMatchObject({ answers: [], authorities: [{ type: "SOA", name: "fabrikam.example" }] });
    expect((await ask("fabrikam.example"))?.answers).toHaveLength(2);
    const nobody = await ask("nobody-has-this.example");
    expect(rcodeOf(nobody)).toBe(RCODE.nxdomain);
    expect(nobody?.authorities).toMatchObject([{ type: "SOA", name: "example" }]);
    expect((await ask("nobody.invalid"))?.authorities).toMatchObject([{ type: "SOA", name: "." }]);
  });

  it("knows the addresses of name servers, with or without a zone that holds them", async () => {
    const orphan = zone("orphan.example", [], [{ name: "ns9.nowhere.example", address: "127.0.0.29" }]);
    const { port } = await serve([fabrikam(), orphan]);
    expect((await askUdp(RESOLVER, port, "ns1.host-a.example", "A"))?.answers).toMatchObject([{ data: NS1 }]);
    expect((await askUdp(RESOLVER, port, "ns9.nowhere.example", "A"))?.answers).toMatchObject([{ data: "127.0.0.29" }]);
  });

  it("differs from the next one on a host whose servers disagree", async () => {
    const [first, second] = hostA;
    if (!first || !second) throw new Error("host A has two servers");
    const split = zone(
      "split.example",
      [mx("split.example", "new.example")],
      [first, { ...second, recordsOverride: [mx("split.example", "old.example")] }],
    );
    const { port } = await serve([split]);
    expect((await askUdp(RESOLVER, port, "split.example", "MX"))?.answers).toMatchObject([{ data: { exchange: "new.example" } }]);
    expect((await askUdp("127.0.0.102", port, "split.example", "MX"))?.answers).toMatchObject([{ data: { exchange: "old.example" } }]);
  });
});

describe("faults and hostile askers", () => {
  it("strikes one server of a tenant when asked to, and says what it received", async () => {
    const { world, port } = await serve([fabrikam()]);
    const tenant = [...world.tenants.keys()][0] ?? "";
    world.faults.add({ tenant, service: "dns", match: `@${NS1}`, kind: "drop", times: 1 });
    expect(await askUdp(NS1, port, "fabrikam.example", "MX", { timeoutMs: 100 })).toBeNull();
    expect((await askUdp(NS1, port, "fabrikam.example", "MX"))?.answers).toHaveLength(1);
    world.faults.add({ tenant, service: "dns", kind: "lie", times: 1 });
    expect(await askUdp(NS2, port, "fabrikam.example", "MX")).toMatchObject({ flag_aa: true, answers: [] });
    expect(world.log.read({ tenant, service: "dns" }).map((entry) => entry.status)).toEqual([-1, 0, 0]);
  });

  it("stays silent to bytes that are no query and lives on", async () => {
    const { port } = await serve([fabrikam()]);
    const { createSocket } = await import("node:dgram");
    const socket = createSocket("udp4");
    for (const junk of [Buffer.from([1, 2, 3]), Buffer.alloc(12), Buffer.alloc(600, 0xc0)]) socket.send(junk, port, NS1);
    expect((await askUdp(NS1, port, "fabrikam.example", "MX"))?.answers).toHaveLength(1);
    socket.close();
  });

  it("refuses zone transfers", async () => {
    const { port } = await serve([fabrikam()]);
    expect(rcodeOf(await askUdp(NS1, port, "fabrikam.example", "AXFR"))).toBe(RCODE.refused);
  });

  it("does not do ANY", async () => {
    const { port } = await serve([fabrikam()]);
    expect(rcodeOf(await askUdp(NS1, port, "fabrikam.example", "MX", { rawType: 255 }))).toBe(RCODE.notimp);
  });
});
