import { afterAll, beforeAll, expect, test } from "vitest";
import type { MailOrder } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import type { Settled } from "./mail-item-turns";
import type { OrderMove } from "./mail-orders";
import { itemOf, job, scopeOf, staff } from "./samples";
import { createStore, type Store } from "./store";

let database: FreshDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.url);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const jobOf = (scope: TenantScope) => ({ task: "nothing", payload: { tenant: scope.tenant } });
const running: OrderMove = { state: "running", at: 3 };
const table = { MALICIOUS: "JunkEmail", SUSPICIOUS: null, SPOOF: null, SPAM: "JunkEmail", BULK: null } as const;
const reached = { since: 0, until: 0, deepAt: 0, account: "a", open: null };

async function arrived(): Promise<TenantScope> {
  const scope = scopeOf("Fabrikam");
  await store.tenants.arrive(scope, { name: "Fabrikam", at: 1 });
  return scope;
}
async function find(scope: TenantScope, id: string): Promise<MailOrder> {
  const row = await store.mailOrders.find(scope, id);
  if (!row) throw new Error("There is no such order.");
  return row;
}
/** Agreed to and at work. */
async function atWork(messages: readonly string[]) {
  const scope = await arrived();
  const items = messages.map((message) => itemOf(message));
  const id = await store.mailOrders.draft(scope, { kind: "retract", destination: "JunkEmail", items, at: 1 });
  const agreed = { at: 2, reason: "", job: jobOf(scope), event: { kind: "order-agreed", at: 2 } };
  expect(await store.mailOrders.agree(scope, id, agreed)).toBe(true);
  expect(await store.mailOrders.agree(scope, id, agreed)).toBe(false);
  expect(await store.mailOrders.move(scope, id, ["queued"], running)).toBe(true);
  return { scope, order: await find(scope, id) };
}
const done = (claim: Settled["claim"]): Settled => ({
  ...{ claim, state: "done", tries: claim.tries, retryAt: null, reason: null },
  outcomes: [{ recipient: "b@contoso.com", success: true, status: "success" }],
});
const turnOn = (scope: TenantScope, at: number, more: { readonly reached?: null } = {}) =>
  store.mailOrders.turnOn(scope, { table, reached, items: [], at, event: { kind: "auto-on", at }, job: () => jobOf(scope), ...more });

test("two workers that claim at once share the messages, and none is claimed by both", async () => {
  const { scope, order } = await atWork(Array.from({ length: 50 }, (_, n) => `${n}`));
  const other = createStore(database.url);
  const claims = await Promise.all([store, other, store, other].map((one) => one.mailItems.claim(scope, order, { most: 20, at: 4 })));
  const messages = claims.flat().map(({ message }) => message);
  expect(messages).toHaveLength(50);
  expect(new Set(messages).size).toBe(50);
  await other.close();
});

test("an order that was called off gives out nothing more", async () => {
  const { scope, order } = await atWork(["1"]);
  await store.mailOrders.move(scope, order.id, ["running"], { state: "cancelled", at: 4 });
  expect(await store.mailItems.claim(scope, order, { most: 10, at: 5 })).toEqual([]);
});

test("an answer settles the asking that it belongs to, and no other", async () => {
  const { scope, order } = await atWork(["1"]);
  const [first] = await store.mailItems.claim(scope, order, { most: 10, at: 4 });
  if (!first) throw new Error("Nothing was claimed.");
  await store.mailItems.settle(scope, order, [{ ...done(first), state: "waiting", outcomes: [] }], 5);
  const [second] = await store.mailItems.claim(scope, order, { most: 10, at: 6 });
  await store.mailItems.settle(scope, order, [done(first)], 7);
  expect(await store.mailItems.page(scope, order, { most: 1 })).toMatchObject([{ state: "asked", tries: 2 }]);
  await store.mailItems.settle(scope, order, [done(second ?? first)], 8);
  expect((await store.mailItems.outlook(scope, order)).counts).toEqual({ waiting: 0, asked: 0, done: 1, failed: 0, left: 0 });
});

test("what a stranger wrote is kept, less what no database can hold", async () => {
  const scope = await arrived();
  const about = { messageId: "<\0>", from: "\ud800a@b.example", subject: "\0‮Hello", recipients: ["\0b"], disposition: "SPAM" };
  const id = await store.mailOrders.draft(scope, { kind: "release", destination: null, items: [itemOf("1", { about })], at: 1 });
  const [item] = await store.mailItems.page(scope, { id }, { most: 1 });
  expect(item?.about).toEqual({ messageId: "<>", from: "a@b.example", subject: "‮Hello", recipients: ["b"], disposition: "SPAM" });
});

test("a page of detections that was read from where the order no longer stands takes up nothing", async () => {
  const scope = await arrived();
  const id = await turnOn(scope, 1);
  await store.mailOrders.move(scope, id, ["queued"], running);
  const order = await find(scope, id);
  const part = { items: [itemOf("1")], reached: { ...reached, until: 9 }, at: 4 };
  const taken = await store.mailOrders.take(scope, order, part);
  expect(taken).toMatchObject({ reached: { until: 9 }, version: order.version + 1 });
  expect(await store.mailOrders.take(scope, order, { ...part, items: [itemOf("2")] })).toBeNull();
  if (taken) await store.mailOrders.take(scope, taken, { ...part, items: [itemOf("1", { at: 5 }), itemOf("3")] });
  const items = await store.mailItems.page(scope, order, { most: 10 });
  expect(items.map(({ message, at }) => [message, at])).toEqual([
    ["3", 1_000],
    ["1", 1_000],
  ]);
});

test("a company has one standing order for good: turned on twice at once, off and on again, its messages stay", async () => {
  const scope = await arrived();
  const ids = await Promise.all([turnOn(scope, 1), turnOn(scope, 1)]);
  expect(new Set(ids).size).toBe(1);
  const [id = ""] = ids;
  await store.mailOrders.move(scope, id, ["queued"], running);
  await store.mailOrders.take(scope, await find(scope, id), { items: [itemOf("1")], reached, at: 4 });
  await store.mailOrders.move(scope, id, ["running"], { state: "cancelled", at: 5 });
  expect(await turnOn(scope, 6)).toBe(id);
  expect(await store.mailItems.held(scope, { id }, ["1", "2"])).toEqual(new Set(["1"]));
  expect(await store.mailOrders.standing(scope)).toMatchObject({ state: "queued", agreedAt: 6 });
  await turnOn(scope, 7, { reached: null });
  expect(await store.mailOrders.standing(scope)).toMatchObject({ agreedAt: 6, reached });
});

test("pages of messages follow each other without a gap, newest first, whatever an address asks for", async () => {
  const { scope, order } = await atWork([]);
  await turnOn(scope, 1);
  const id = await store.mailOrders.draft(scope, {
    ...{ kind: "retract", destination: "Inbox", at: 1 },
    items: Array.from({ length: 7 }, (_, n) => itemOf(`m.${n}:x`, { at: n < 4 ? 5 : n })),
  });
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 5; page++) {
    const rows = await store.mailItems.page(scope, { id }, { most: 2, after });
    seen.push(...rows.map(({ message }) => message));
    const last = rows.at(-1);
    if (last) after = `${last.at}.${last.message}`;
  }
  expect(seen).toEqual(["m.6:x", "m.5:x", "m.3:x", "m.2:x", "m.1:x", "m.0:x", "m.4:x"]);
  for (const odd of ["", "x", "1e99.y", ".", "9".repeat(40), "5.\0", "8000000000000000.x", "-7000000000000000.x"])
    expect(await store.mailItems.page(scope, { id }, { most: 1, after: odd })).toHaveLength(1);
  expect(await store.mailItems.page(scope, order, { most: 1 })).toEqual([]);
});

test("only jobs find what is due, and what nobody agreed to goes with its messages", async () => {
  const scope = await arrived();
  const id = await store.mailOrders.draft(scope, { kind: "release", destination: null, items: [itemOf("1")], at: 1 });
  const { id: kept } = (await atWork(["1"])).order;
  expect((await store.mailOrders.due(job, 10)).map((one) => one.id)).toContain(kept);
  expect((await store.mailOrders.oldDrafts(job, 2)).map((one) => one.id)).toContain(id);
  expect(() => store.mailOrders.due(staff, 1)).toThrow(/jobs/i);
  await store.mailOrders.discard(scope, id);
  expect(await store.mailOrders.find(scope, id)).toBeNull();
  expect(await store.mailItems.page(scope, { id }, { most: 1 })).toEqual([]);
});
