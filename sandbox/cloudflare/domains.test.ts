import { beforeEach, describe, expect, it } from "vitest";
import { faults } from "../openapi";
import { operations, schemas } from "./contract";
import { type Opened, opened } from "./testing";
import { CHECK_EVERY_MS, challengeName, GIVES_UP_AFTER_MS } from "./verification";

let open: Opened;
let name: string;
beforeEach(() => {
  open = opened("fresh");
  name = open.tenant.zones[0]?.name ?? "";
});

const whole = (domain: string) => ({
  domain,
  allowed_delivery_modes: ["DIRECT"],
  drop_dispositions: ["MALICIOUS"],
  ip_restrictions: [],
  regions: ["GLOBAL"],
  transport: "Fabrikam-example.mail.protection.outlook.com",
  require_tls_outbound: true,
});
const create = async (domain = name): Promise<Record<string, unknown>> => (await open.domains("POST", "", whole(domain))).body.result;
const pointers = (said: Awaited<ReturnType<Opened["domains"]>>) => said.body.errors.map((error) => error["source"]);

describe("a domain", () => {
  it("is made with 201 and shows as the contract has it", async () => {
    const said = await open.domains("POST", "", whole(name));
    expect(said.status).toBe(201);
    expect(said.body.result).toMatchObject({ domain: name, status: "PENDING", transport: "fabrikam-example.mail.protection.outlook.com" });
    const answer = operations.find((one) => one.id === "emailSecurity.settings.domains.create")?.answer;
    expect(answer && faults(said.body, answer, { schemas })).toEqual([]);
    const shown = { $ref: "#/components/schemas/EmailSecurityDomain" };
    expect(faults(said.body.result, shown, { schemas, closed: true })).toEqual([]);
  });

  it.each([
    ["a property that the contract does not know", { extra: 1 }, "/extra"],
    ["a word that is none of the enum's", { drop_dispositions: ["UCE"] }, "/drop_dispositions/0"],
    ["a bound that is not kept", { lookback_hops: 21 }, "/lookback_hops"],
    ["an empty list where one is needed", { regions: [] }, "/regions"],
    ["null where none may be", { regions: null }, "/regions"],
    ["a value of another type", { require_tls_outbound: "yes" }, "/require_tls_outbound"],
    ["something that is no network", { ip_restrictions: ["10.0.0.0/8", "10.0.0.0/33"] }, "/ip_restrictions/1"],
    ["something that is no host", { transport: "http://x" }, "/transport"],
    ["something that is no domain", { domain: "localhost" }, "/domain"],
  ])("is refused with %s", async (_, part, pointer) => {
    const said = await open.domains("POST", "", { ...whole(name), ...part });
    expect([said.status, pointers(said)]).toEqual([400, [{ pointer }]]);
    expect(open.tenant.cloudflare.domains).toEqual([]);
  });

  it("is refused without body, with half a body, and the second time", async () => {
    expect((await open.domains("POST")).status).toBe(400);
    expect((await open.domains("POST", "", '{"domain":')).body.errors).toMatchObject([{ code: 6007 }]);
    await create();
    expect((await open.domains("POST", "", whole(name.toUpperCase()))).status).toBe(409);
  });

  it("keeps with PATCH what is not said, loses it with PUT, and never changes its name", async () => {
    const { id } = await create();
    const patched = await open.domains("PATCH", `/${id}`, { drop_dispositions: ["SPAM"] });
    expect(patched.body.result).toMatchObject({ drop_dispositions: ["SPAM"], require_tls_outbound: true });
    const { domain, transport, require_tls_outbound, ...rest } = whole(name);
    const put = await open.domains("PUT", `/${id}`, rest);
    expect(put.body.result).toMatchObject({ domain, require_tls_outbound: null });
    expect(put.body.result).not.toHaveProperty("transport");
    for (const method of ["PUT", "PATCH"])
      expect(pointers(await open.domains(method, `/${id}`, whole(name)))).toEqual([{ pointer: "/domain" }]);
    expect([transport, require_tls_outbound]).toHaveLength(2);
  });

  it("is deleted once", async () => {
    const { id } = await create();
    expect((await open.domains("DELETE", `/${id}`)).body.result).toEqual({ id });
    expect((await open.domains("DELETE", `/${id}`)).status).toBe(404);
  });
});

describe("the list", () => {
  it("comes in pages, and past the end is an empty page", async () => {
    for (const part of ["c", "a", "b"]) await create(`${part}.example`);
    const page = async (query: string) => (await open.domains("GET", query)).body;
    const names = (body: Awaited<ReturnType<typeof page>>) => [body.result].flat().map(({ domain }) => domain);
    const first = await page("?per_page=2&order=domain");
    expect([names(first), first["result_info"]]).toEqual([
      ["a.example", "b.example"],
      { page: 1, per_page: 2, count: 2, total_count: 3, total_pages: 2 },
    ]);
    expect(names(await page("?per_page=2&order=domain&page=2"))).toEqual(["c.example"]);
    expect(names(await page("?per_page=2&page=3"))).toEqual([]);
    expect(names(await page("?domain=a.example&domain=c.example&order=domain&direction=desc"))).toEqual(["c.example", "a.example"]);
    for (const query of ["?page=0", "?page=x", "?order=size", "?limit=5"]) expect((await open.domains("GET", query)).status).toBe(400);
  });

  it("understands either spelling of a status, and an old account answers in lower case", async () => {
    await create();
    open.tenant.cloudflare.traits.speaksOld = true;
    for (const status of ["pending", "PENDING"])
      expect((await open.domains("GET", `?status=${status}`)).body.result).toMatchObject([{ status: "pending" }]);
    expect((await open.domains("GET", "?status=ACTIVE")).body.result).toEqual([]);
  });
});

describe("a batch", () => {
  it("needs its four lists, and deletes before it posts", async () => {
    const { id } = await create();
    expect((await open.domains("POST", "/batch", { posts: [] })).status).toBe(400);
    const said = await open.domains("POST", "/batch", { deletes: [{ id }], patches: [], puts: [], posts: [whole(name)] });
    expect(said.body.result).toMatchObject({ deletes: [{ id }], posts: [{ domain: name }] });
    expect(open.tenant.cloudflare.domains).toHaveLength(1);
  });

  it("does nothing when one part is refused", async () => {
    const { id } = await create();
    const patches = [{ id, drop_dispositions: ["SPAM"] }];
    const posts = [{ ...whole("other.example"), transport: "no host" }];
    const said = await open.domains("POST", "/batch", { deletes: [], patches, puts: [], posts });
    expect([said.status, pointers(said)]).toEqual([400, [{ pointer: "/posts/0/transport" }]]);
    expect(open.tenant.cloudflare.domains).toMatchObject([{ drop_dispositions: ["MALICIOUS"] }]);
  });

  it("of deletes takes the old list of ids, and nothing without one", async () => {
    const { id } = await create();
    expect((await open.domains("DELETE")).status).toBe(400);
    expect((await open.domains("DELETE", "", [{ id }])).body.result).toEqual([{ id }]);
  });
});

describe("verification", () => {
  const status = async (id: unknown) => (await open.domains("GET", `/${id}`)).body.result["status"];

  it("waits for the TXT record in the zone, and looks once a minute", async () => {
    const { id } = await create();
    const asked: Record<string, string> = (await open.domains("GET", `/${id}/verification`)).body.result;
    expect(asked).toMatchObject({ txt_record_name: challengeName(name), status: "PENDING", last_checked_at: null });
    open.world.clock.advance(CHECK_EVERY_MS);
    expect(await status(id)).toBe("PENDING");
    open.tenant.zones[0]?.records.push({ type: "TXT", name: challengeName(name), ttl: 300, text: asked["txt_record_value"] ?? "" });
    expect(await status(id)).toBe("PENDING");
    open.world.clock.advance(CHECK_EVERY_MS);
    expect(await status(id)).toBe("ACTIVE");
  });

  it("gives up after a week", async () => {
    const { id } = await create();
    open.world.clock.advance(GIVES_UP_AFTER_MS);
    expect(await status(id)).toBe("TIMEOUT");
  });

  it("asks for nothing where the zone is the account's own: 204", async () => {
    open = opened("cloudflare-dns");
    const { id } = await create(open.tenant.zones[0]?.name);
    expect(await status(id)).toBe("ACTIVE");
    const said = await open.domains("GET", `/${id}/verification`);
    expect([said.status, said.body]).toEqual([204, null]);
  });
});
