import Cloudflare, { APIError, PermissionDeniedError } from "cloudflare";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Opened, opened, served } from "./testing";

/** The official package, as the product uses it: what it sends is understood, what is answered it understands. */
let open: Opened;
let server: Awaited<ReturnType<typeof served>>;
const client = (apiToken = open.tenant.cloudflare.tokens[0]?.value ?? "") =>
  new Cloudflare({ apiToken, baseURL: server.url, maxRetries: 0 });
const everything = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of pages) all.push(one);
  return all;
};

beforeEach(async () => {
  open = opened("cloudflare-dns");
  server = await served(open.world);
});
afterEach(() => server.close());

const settings = { drop_dispositions: ["MALICIOUS" as const], ip_restrictions: [], regions: ["GLOBAL" as const] };

test("the client verifies a token, and its errors carry code and status", async () => {
  expect(await client().user.tokens.verify()).toMatchObject({ status: "active" });
  const narrow = client(open.token("Zone Read"));
  const account_id = open.tenant.cloudflare.accountId;
  const problem = await narrow.emailSecurity.settings.domains.list({ account_id }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(PermissionDeniedError);
  expect(problem instanceof APIError && problem.errors[0]?.code).toBe(10000);
});

test("the client walks every page of zones, domains and records to the end", async () => {
  const account_id = open.tenant.cloudflare.accountId;
  const { domains } = client().emailSecurity.settings;
  for (const part of ["a", "b", "c"])
    await domains.create({ account_id, domain: `${part}.example`, allowed_delivery_modes: ["DIRECT"], ...settings });
  const listed = await everything(domains.list({ account_id, per_page: 2, domain: ["a.example", "c.example", "b.example"] }));
  expect(listed.map(({ domain }) => domain)).toEqual(["a.example", "b.example", "c.example"]);
  const zones = await everything(client().zones.list({ account: { id: account_id }, per_page: 5 }));
  expect(zones).toHaveLength(2);
  expect(await everything(client().dns.records.list({ zone_id: zones[0]?.id ?? "", per_page: 1 }))).toHaveLength(4);
});

test("the client makes, edits, replaces, batches and deletes a domain, and asks for its verification", async () => {
  const account_id = open.tenant.cloudflare.accountId;
  const { domains } = client().emailSecurity.settings;
  const made = await domains.create({ account_id, domain: "new.example", allowed_delivery_modes: ["DIRECT"], ...settings });
  const id = made.id ?? "";
  const path = `/accounts/${account_id}/email-security/settings/domains/${id}/verification`;
  expect(await client().get(path)).toMatchObject({ result: { txt_record_name: "_cf-email-sec-challenge.new.example" } });
  expect(await domains.edit(id, { account_id, transport: "mail.example" })).toMatchObject({ transport: "mail.example" });
  expect(await domains.update(id, { account_id, allowed_delivery_modes: ["BCC"], lookback_hops: 2, ...settings })).toMatchObject({
    lookback_hops: 2,
  });
  const posts = [{ domain: "other.example", allowed_delivery_modes: ["DIRECT" as const], ...settings }];
  expect(await domains.batch({ account_id, deletes: [{ id }], patches: [], puts: [], posts })).toMatchObject({ deletes: [{ id }] });
  const [other] = open.tenant.cloudflare.domains;
  expect(await domains.delete(other?.id ?? "", { account_id })).toEqual({ id: other?.id });
});

test("the client swaps a zone's MX records in one batch", async () => {
  const [zone] = await everything(client().zones.list());
  const { id: zone_id, name } = { id: zone?.id ?? "", name: zone?.name ?? "" };
  const { records } = client().dns;
  const [old] = await everything(records.list({ zone_id, type: "MX", name: { exact: name } }));
  const mx = (content: string, priority: number) => ({ type: "MX" as const, name, content, priority, ttl: 1 as const });
  await records.batch({ zone_id, patches: [{ id: old?.id ?? "", ...mx("one.example", 10) }], posts: [mx("two.example", 20)] });
  const now = await everything(records.list({ zone_id, type: "MX" }));
  expect(now).toMatchObject([
    { id: old?.id, content: "one.example", ttl: 1 },
    { content: "two.example", priority: 20 },
  ]);
});

test("the client searches, moves, releases and looks at messages", async () => {
  open = opened("hostile-mail");
  await server.close();
  server = await served(open.world);
  const account_id = open.tenant.cloudflare.accountId;
  const { investigate } = client().emailSecurity;
  const page = await investigate.list({ account_id, start: "2020-01-01T00:00:00Z", per_page: 1_000 });
  const held = page.result.find((one) => one.is_quarantined);
  const other = page.result.find((one) => !one.is_quarantined);
  const [id = "", heldId = ""] = [other?.id, held?.id];
  expect(await investigate.get(id, { account_id })).toMatchObject({ id });
  const [first] = await everything(investigate.move.create(id, { account_id, destination: "JunkEmail" }));
  const [again] = await everything(investigate.move.bulk({ account_id, destination: "Inbox", ids: [id] }));
  expect([first, again]).toMatchObject([
    { success: true, destination: "JunkEmail" },
    { success: true, destination: "Inbox" },
  ]);
  const [released] = await everything(investigate.release.bulk({ account_id, ids: [heldId] }));
  expect(released).toMatchObject({ id: heldId, delivered: held?.client_recipients });
  expect((await investigate.raw.get(id, { account_id })).raw).toContain("Message-ID: ");
  expect((await investigate.preview.get(id, { account_id })).screenshot).toMatch(/^iVBOR/);
  expect((await investigate.trace.get(id, { account_id })).outbound.lines?.at(-1)?.message).toContain("move to Inbox");
  expect((await investigate.detections.get(id, { account_id })).final_disposition).toBe("MALICIOUS");
});
