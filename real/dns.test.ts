/** The DNS adapter against BIND and unbound: what the servers of the world really say, remember and forget. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Line } from "@/lib/clouds/dns/line";
import { createWire, type Wire } from "@/lib/clouds/dns/wire";
import { answerOf, type Internet, NS1, NS2, rowOf, SILENT, startInternet } from "./internet";
import { both, fleeting, MANY, mx, NEW, ns1, ns2, OLD, SHORT_SECONDS, spf, trustAnchors } from "./zones";

let net: Internet;
let wire: Wire;
beforeAll(async () => {
  wire = createWire();
  net = await startInternet({ ns1, ns2, trustAnchors });
});
afterAll(async () => {
  wire?.close();
  await net?.stop();
});

const mxOf = (domain: string) => rowOf(net.dns(), "mx", domain);
const seenOf = async (domain: string, resolvers = net.resolvers) => (await rowOf(net.dns(resolvers), "resolvers", domain)).seen;

describe("what name servers have configured", () => {
  it("is read from every one of them, with authority and the configured TTL", async () => {
    expect(await mxOf("steady.example")).toMatchObject({
      exists: true,
      zone: "steady.example",
      ttl: 3_600,
      hosts: [OLD],
      agreed: true,
      servers: [
        { name: "ns1.dns.example", address: NS1, ttl: 3_600, hosts: [OLD], problem: null },
        { name: "ns2.dns.example", address: NS2, ttl: 3_600, hosts: [OLD], problem: null },
      ],
    });
    const question = { name: "steady.example", type: "MX", recursive: false } as const;
    expect(await wire.ask({ host: NS1, port: net.port }, question)).toMatchObject({ ok: true, value: { packet: { flag_aa: true } } });
    const recursive = { ...question, recursive: true };
    for (const resolver of net.resolvers)
      expect(await wire.ask(resolver, recursive)).toMatchObject({ ok: true, value: { rcode: "NOERROR", packet: { flag_aa: false } } });
  });

  it("is whole although it does not fit into a UDP packet", async () => {
    const question = { name: "large.example", type: "MX", recursive: false } as const;
    const line = new Line("udp4");
    expect((await line.ask({ host: NS1, port: net.port }, question, 3_000))?.packet.flag_tc).toBe(true);
    line.close();
    const row = await mxOf("large.example");
    expect(row).toMatchObject({ hosts: MANY, agreed: true, ttl: 3_600 });
    expect((await seenOf("large.example")).map((one) => one.hosts)).toEqual([row.hosts, row.hosts]);
  });

  it("tells no MX record, no such name, no such domain and a wildcard apart", async () => {
    expect(await mxOf("www.steady.example")).toMatchObject({ exists: true, hosts: [], ttl: 0, zone: "steady.example" });
    expect(await mxOf("gone.steady.example")).toMatchObject({ exists: false, hosts: [], zone: "steady.example" });
    expect(await mxOf("nobody-has-this.example")).toMatchObject({ exists: false, hosts: [], servers: [] });
    expect(await mxOf("any.wild.steady.example")).toMatchObject({ exists: true, hosts: ["5 wild.vendor.example"], zone: "steady.example" });
  });

  it("is found for an international name", async () => {
    expect(await mxOf("münchen.example")).toMatchObject({ ttl: 600, hosts: [OLD], agreed: true });
  });

  it("shows the DNS host behind name servers under the customer's own name", async () => {
    expect(await mxOf("vanity.example")).toMatchObject({ ttl: 800, hosts: [OLD] });
    const row = await rowOf(net.dns(), "dnsHost", "vanity.example");
    expect(row.nameServers).toEqual(["ns1.vanity.example"]);
    expect(row.hosts.map((host) => host.name)).toEqual(["Amazon Route 53"]);
  });

  it("is followed to the hosts it names, and an alias or an address among them is seen", async () => {
    const { targets } = await rowOf(net.dns(), "mxTargets", "target.example");
    expect(targets.map((one) => ({ ...one, addresses: [...one.addresses].sort() }))).toEqual([
      {
        host: "alias.target.example",
        addresses: ["127.0.3.10", "127.0.3.9"],
        cname: "real.target.example",
        isAddress: false,
        problem: null,
      },
      { host: "real.target.example", addresses: ["127.0.3.10", "127.0.3.9"], cname: null, isAddress: false, problem: null },
      { host: "127.0.3.9", addresses: [], cname: null, isAddress: true, problem: null },
      { host: "nowhere.target.example", addresses: [], cname: null, isAddress: false, problem: null },
    ]);
  });

  it("includes the SPF record, whole and alone", async () => {
    expect((await rowOf(net.dns(), "spf", "long.example")).records).toEqual(["v=spf1 include:one.example include:two.example -all"]);
    expect((await rowOf(net.dns(), "spf", "steady.example")).records).toEqual([]);
  });
});

describe("a name server that is not to be believed", () => {
  it("is named with its fault, while the others are heard", async () => {
    const row = await mxOf("broken.example");
    expect(row).toMatchObject({ ttl: 900, hosts: [OLD], agreed: true });
    expect(row.servers.map((one) => one.problem)).toEqual([null, "It answered SERVFAIL."]);
  });

  it("gives no TTL when it refuses, answers from memory, is silent or stands at a private address", async () => {
    // What the resolver remembers by then is what a name server without authority would hand out.
    expect((await seenOf("lame.example"))[0]).toMatchObject({ hosts: [OLD] });
    const row = await mxOf("lame.example");
    expect(row).toMatchObject({ ttl: 700, hosts: [OLD], agreed: true });
    expect(Object.fromEntries(row.servers.map((one) => [one.name, one.problem]))).toEqual({
      "ns1.dns.example": null,
      "ns2.dns.example": "It answered REFUSED.",
      "memory.dns.example": "It is not authoritative for lame.example.",
      "silent.dns.example": "It did not answer.",
      "private.dns.example": "Its address is private or our own, so we do not ask it.",
    });
  });

  it("is never read as no mail servers, though it be all of them", async () => {
    expect(await answerOf(net.dns(), "mx", "deaf.example")).toMatchObject({
      ok: false,
      problem: { code: "unreachable", evidence: { servers: expect.stringMatching(/REFUSED.*did not answer/) } },
    });
  });
});

describe("a resolver that does not help", () => {
  it("costs patience, not the answer", async () => {
    const silent = { host: SILENT, port: net.port };
    const asked = [silent, ...net.resolvers];
    expect((await rowOf(net.dns(asked), "mx", "steady.example")).hosts).toEqual([OLD]);
    expect((await seenOf("steady.example", asked)).map((one) => one.problem)).toEqual(["It did not answer.", null, null]);
  });

  it("because signatures are wrong is told from name servers that fail", async () => {
    const answer = await answerOf(net.dns(), "mx", "forged.example");
    expect(answer).toMatchObject({ ok: false, problem: { code: "unreachable", say: expect.stringContaining("DNSSEC") } });
  });
});

describe("what resolvers remember", () => {
  it("runs down second by second, while the configured TTL stands", async () => {
    const [before] = await seenOf("countdown.example");
    expect(before).toMatchObject({ hosts: [OLD], problem: null });
    await expect.poll(async () => (await seenOf("countdown.example"))[0]?.ttl).toBeLessThan(before?.ttl ?? 0);
    expect((await seenOf("countdown.example"))[0]?.hosts).toEqual([OLD]);
    expect(await mxOf("countdown.example")).toMatchObject({ ttl: 3_600 });
  });

  it("stays the old record until its time is over, although the name servers have the new one at once", async () => {
    const [remembers = { host: "", port: 0 }, fresh = { host: "", port: 0 }] = net.resolvers;
    await expect.poll(async () => (await seenOf("moving.example", [remembers]))[0]?.ttl).toBe(SHORT_SECONDS);
    for (const server of [net.ns1, net.ns2]) await server.edit("moving.example", both(mx(NEW, 60), spf('"v=spf1 -all"')));
    await expect.poll(async () => (await mxOf("moving.example")).hosts).toEqual([NEW]);
    const everywhereAt = Date.now();
    expect(await mxOf("moving.example")).toMatchObject({ agreed: true, ttl: 60 });
    expect((await rowOf(net.dns(), "spf", "moving.example")).records).toEqual(["v=spf1 -all"]);
    const [old, asked] = await seenOf("moving.example", [remembers, fresh]);
    expect(old).toMatchObject({ hosts: [OLD] });
    expect(old?.ttl).toBeLessThanOrEqual(SHORT_SECONDS);
    expect(asked).toMatchObject({ hosts: [NEW], ttl: 60 });
    await expect.poll(async () => (await seenOf("moving.example", [remembers]))[0]?.hosts).toEqual([NEW]);
    // The longest wait is the TTL from before the edit; two seconds more are the polling's and the machine's.
    expect(Date.now() - everywhereAt).toBeLessThanOrEqual((SHORT_SECONDS + 2) * 1_000);
  });

  it("includes that there was no record, for as long as the zone's SOA allows", async () => {
    const none = await seenOf("new.example");
    expect(none.map((one) => one.hosts)).toEqual([[], []]);
    for (const one of none) expect(one.ttl).toBeLessThanOrEqual(SHORT_SECONDS);
    expect((await seenOf("name.new.example")).map((one) => [one.hosts, one.problem])).toEqual(none.map(() => [[], null]));
    const record = [mx(NEW), `name ${SHORT_SECONDS} MX ${NEW}.`];
    for (const server of [net.ns1, net.ns2]) await server.edit("new.example", fleeting(...record));
    await expect.poll(async () => (await mxOf("new.example")).hosts).toEqual([NEW]);
    expect((await seenOf("new.example")).map((one) => one.hosts)).toEqual([[], []]);
    for (const domain of ["new.example", "name.new.example"])
      await expect.poll(async () => (await seenOf(domain)).map((one) => one.hosts)).toEqual([[NEW], [NEW]]);
  });
});

describe("name servers that disagree", () => {
  it("are seen until the last of them has the edit, and the longest TTL counts", async () => {
    await net.ns1.edit("split.example", both(mx(NEW, 60)));
    await expect.poll(async () => (await mxOf("split.example")).agreed).toBe(false);
    expect(await mxOf("split.example")).toMatchObject({ ttl: 300, hosts: [OLD, NEW] });
    await net.ns2.edit("split.example", both(mx(NEW, 60)));
    await expect.poll(async () => (await mxOf("split.example")).agreed).toBe(true);
    expect(await mxOf("split.example")).toMatchObject({ ttl: 60, hosts: [NEW] });
  });
});
