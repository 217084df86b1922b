import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDns } from "../dns/index";
import { askUdp } from "../dns/testing";
import { faults } from "../openapi";
import { schemas } from "./contract";
import { type Opened, opened } from "./testing";

let open: Opened;
let name: string;
beforeEach(() => {
  open = opened("cloudflare-dns");
  name = open.tenant.zones[0]?.name ?? "";
});

type Shown = { id: string; content: string; [more: string]: unknown };
const zone = () => open.tenant.zones[0];
const mx = (content: string, priority: number, ttl = 300) => ({ type: "MX", name, content, priority, ttl });
const list = async (query = ""): Promise<Shown[]> => (await open.records("GET", query)).body.result;
const create = async (body: object): Promise<Shown> => (await open.records("POST", "", body)).body.result;
const codes = (said: Awaited<ReturnType<Opened["records"]>>) => [said.status, ...said.body.errors.map(({ code }) => code)];

describe("records", () => {
  it("of the zone are shown with ids that stay, as the contract has them", async () => {
    const [first] = await list("?type=MX");
    expect(first).toMatchObject({ type: "MX", name, priority: 0, ttl: 3600, tags: [] });
    expect((await list("?type=MX"))[0]?.id).toBe(first?.id);
    for (const record of await list())
      expect(faults(record, { $ref: "#/components/schemas/DnsRecordResponse" }, { schemas, closed: true })).toEqual([]);
  });

  it("are found by filters, all of them or any, and in pages", async () => {
    await create({ ...mx("mail.example.net", 20), comment: "Second host" });
    const contents = async (query: string) => (await list(query)).map(({ content }) => content);
    expect(await contents("?type=MX&content.endswith=EXAMPLE.NET")).toEqual(["mail.example.net"]);
    expect(await contents("?comment.contains=second")).toEqual(["mail.example.net"]);
    expect(await contents(`?name.exact=www.${name}&type=MX&match=any&order=content`)).toHaveLength(3);
    expect(await contents("?comment.present=true")).toHaveLength(1);
    expect(await contents("?per_page=2&page=3")).toHaveLength(1);
    expect(await contents("?per_page=2&page=4")).toEqual([]);
    expect((await open.records("GET", "?kind=MX")).status).toBe(400);
  });

  it("are made, changed in part, replaced whole and deleted, and the zone's serial goes up", async () => {
    const { id } = await create({ type: "TXT", name: "@", content: '"v=spf1 " "-all"', ttl: 300, comment: "kept", tags: ["owner:mail"] });
    expect(zone()?.records.at(-1)).toMatchObject({ name, text: "v=spf1 -all" });
    const part = { type: "TXT", name, ttl: 600 };
    expect((await open.records("PATCH", `/${id}`, part)).body.result).toMatchObject({ content: "v=spf1 -all", comment: "kept", ttl: 600 });
    const whole = { ...part, content: "other" };
    expect((await open.records("PUT", `/${id}`, whole)).body.result).toMatchObject({ id, content: "other", tags: [] });
    expect((await open.records("DELETE", `/${id}`)).body.result).toEqual({ id });
    expect(codes(await open.records("DELETE", `/${id}`))).toEqual([404, 81044]);
    expect(zone()?.serial).toBe(5);
  });

  it.each([
    ["an MX without priority", { type: "MX", content: "a.example", ttl: 300 }, 9008],
    ["an MX that is an address", { type: "MX", content: "192.0.2.1", priority: 1, ttl: 300 }, 9005],
    ["an address that is none", { type: "A", content: "300.1.1.1", ttl: 300 }, 9005],
    ["a TTL below the plan's", { type: "A", content: "192.0.2.1", ttl: 30 }, 9021],
    ["a name that is none", { type: "A", name: "a b", content: "192.0.2.1", ttl: 300 }, 9000],
    ["an alias beside an address", { type: "CNAME", name: "www", content: "a.example", ttl: 300 }, 81053],
    ["a priority beyond all bounds", { type: "MX", content: "a.example", priority: 70_000, ttl: 300 }, 10001],
    ["no TTL", { type: "A", content: "192.0.2.1" }, 10001],
    ["a type that is none", { type: "ZZ", content: "x", ttl: 300 }, 10001],
  ])("are refused with %s", async (_, part, code) => {
    expect(codes(await open.records("POST", "", { name: "new", ...part }))).toEqual([400, code]);
    expect(zone()?.serial).toBe(1);
  });

  it("are refused the second time: the same is 81058, the same host with another priority 81057", async () => {
    await create(mx("mail.example.net", 20));
    expect(codes(await open.records("POST", "", mx("MAIL.example.net.", 20)))).toEqual([400, 81058]);
    expect(codes(await open.records("POST", "", mx("mail.example.net", 30)))).toEqual([400, 81057]);
  });

  it("were refused inside a 1004 in the old days", async () => {
    open.tenant.cloudflare.traits.speaksOld = true;
    const said = await open.records("POST", "", mx("192.0.2.1", 10));
    expect(said.body.errors).toMatchObject([{ code: 1004, error_chain: [{ code: 9005 }] }]);
  });
});

describe("a batch", () => {
  it("deletes, patches, puts, then posts: what a delete frees a post may take", async () => {
    const [old] = await list("?type=MX");
    const [www] = await list("?type=A");
    const body = {
      posts: [mx(old?.content ?? "", 0), mx("mx.example.net", 10)],
      patches: [{ id: www?.id, type: "A", name: `www.${name}`, ttl: 120 }],
      deletes: [{ id: old?.id }],
    };
    const { result } = (await open.records("POST", "/batch", body)).body;
    expect(result).toMatchObject({
      deletes: [{ id: old?.id }],
      patches: [{ ttl: 120 }],
      puts: [],
      posts: [{ priority: 0 }, { priority: 10 }],
    });
    expect(zone()?.records.filter((record) => record.type === "MX")).toHaveLength(2);
    expect(zone()?.serial).toBe(2);
  });

  it("does nothing at all when one part is refused", async () => {
    const [old] = await list("?type=MX");
    const before = structuredClone(zone());
    const body = { deletes: [{ id: old?.id }], posts: [mx("good.example.net", 10), mx("192.0.2.1", 20)] };
    expect(codes(await open.records("POST", "/batch", body))).toEqual([400, 9005]);
    expect(codes(await open.records("POST", "/batch", { deletes: [{ id: old?.id }, { id: "0".repeat(32) }] }))).toEqual([404, 81044]);
    expect(zone()).toEqual(before);
  });
});

describe("name servers", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())));
  const serving = async () => {
    const dns = await startDns(open.world, { port: 0 });
    closing.push(dns.close);
    return async (address: string) => {
      const answer = await askUdp(address, dns.port, name, "MX");
      return (answer?.answers ?? []).map((one) => (one.type === "MX" ? `${one.data.preference} ${one.data.exchange} ${one.ttl}` : ""));
    };
  };

  it("say 300 for a TTL that is Auto, and the API says 1", async () => {
    const ask = await serving();
    const [old] = await list("?type=MX");
    const { id, content } = old ?? { id: "", content: "" };
    const said = await open.records("PATCH", `/${id}`, { type: "MX", name, ttl: 1 });
    expect(said.body.result).toMatchObject({ ttl: 1 });
    expect(await ask("127.0.0.17")).toEqual([`0 ${content} 300`]);
    expect((await list("?type=MX"))[0]).toMatchObject({ id, ttl: 1 });
  });

  it("do not follow all at once: the last serves the old records until the edge's lag is over", async () => {
    const ask = await serving();
    const old = await ask("127.0.0.18");
    const [record] = await list("?type=MX");
    await open.records("PUT", `/${record?.id}`, mx("mx.example.net", 5));
    expect(await ask("127.0.0.17")).toEqual(["5 mx.example.net 300"]);
    expect(await ask("127.0.0.18")).toEqual(old);
    open.world.clock.advance(open.tenant.cloudflare.traits.edgeLagMs);
    expect(await ask("127.0.0.18")).toEqual(["5 mx.example.net 300"]);
  });
});
