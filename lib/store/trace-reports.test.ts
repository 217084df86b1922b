import { afterAll, beforeAll, expect, test } from "vitest";
import { type Group, grouped, type noCounts } from "@/lib/model/trace-groups";
import { judgeBy } from "@/lib/model/trace-reasons";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { job, scopeOf, staff } from "./samples";
import { createStore, type Store } from "./store";
import { MOST_GROUPS } from "./trace-groups";

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

const premises = {
  domains: [{ name: "contoso.com", since: 0 }],
  ...{ initial: [], vendor: [], vendorNearby: [], onPremises: [], partners: [], listed: [], gaps: [] },
};
const position = { from: 0, end: "2026-11-24T00:00:00.0000000Z", recipient: null, seen: ["a", "b"] };
const judge = judgeBy(premises);

const from = (n: number) => ({
  ...{ id: `${n}`, messageId: "", at: 1_000 + n, received: `${n}`, recipient: "a@contoso.com", recipientWritten: "a@contoso.com" },
  ...{ sender: `s@d${n}.example`, fromIp: "203.0.113.9", status: "Delivered" },
});
const pageOf = (first: number, count: number) =>
  grouped(
    Array.from({ length: count }, (_, n) => from(first + n)),
    judge,
  );

async function begun() {
  const scope = scopeOf("Fabrikam");
  await store.tenants.arrive(scope, { name: "Fabrikam", at: 1 });
  const made = await begin(scope);
  if (!made.ok) throw new Error(made.problem.say);
  expect(await store.traceReports.prepare(scope, made.value, { premises, position, at: 2 })).toBe(true);
  return { scope, id: made.value };
}
const begin = (scope: ReturnType<typeof scopeOf>) =>
  store.traceReports.begin(scope, {
    ...{ days: 10, at: 1, event: { kind: "rejected-begun", at: 1 } },
    job: (id) => ({ task: "nothing", payload: { tenant: scope.tenant, report: id } }),
  });
const find = async (scope: ReturnType<typeof scopeOf>, id: string) => {
  const row = await store.traceReports.find(scope, id);
  if (!row) throw new Error("There is no such report.");
  return row;
};
const part = (more: { readonly groups: ReadonlyMap<string, Group>; readonly counts: typeof noCounts }, rows: number) => ({
  ...{ at: 3, rows, reachedAt: 1_000, position },
  ...more,
});

test("a page read from where the report no longer stands writes nothing: neither rows nor groups", async () => {
  const { scope, id } = await begun();
  const row = await find(scope, id);
  const page = part(pageOf(0, 10), 10);
  expect(await store.traceReports.take(scope, row, page)).toBe(true);
  expect(await store.traceReports.take(scope, row, page)).toBe(false);
  expect(await find(scope, id)).toMatchObject({ pages: 1, rows: 10, counts: { grouped: 10 }, position, version: 1 });
  const { sums } = await store.traceGroups.largest(scope, id, 100);
  expect(sums).toEqual([{ reason: "stranger", count: 10, groups: 10 }]);
});

test("of two workers with the same page one's counts", async () => {
  const { scope, id } = await begun();
  const row = await find(scope, id);
  const took = await Promise.all(Array.from({ length: 4 }, () => store.traceReports.take(scope, row, part(pageOf(0, 50), 50))));
  expect(took.filter(Boolean)).toEqual([true]);
  expect((await store.traceGroups.largest(scope, id, 1)).sums[0]?.count).toBe(50);
});

test("a report that was called off takes no page, and the next one leaves nothing of it", async () => {
  const { scope, id } = await begun();
  const row = await find(scope, id);
  await store.traceReports.take(scope, row, part(pageOf(0, 10), 10));
  expect(await begin(scope)).toMatchObject({ ok: false, problem: { code: "busy" } });
  expect(await store.traceReports.move(scope, id, ["running"], { state: "cancelled", at: 4 })).toBe(true);
  expect(await store.traceReports.take(scope, await find(scope, id), part(pageOf(10, 10), 10))).toBe(false);
  expect(await begin(scope)).toMatchObject({ ok: true });
  expect(await store.traceReports.find(scope, id)).toBeNull();
  expect((await store.traceGroups.largest(scope, id, 1)).groups).toEqual([]);
});

test("groups of a reason have an end; beyond it every message is still counted, and the sums stay right", async () => {
  const { scope, id } = await begun();
  const most = MOST_GROUPS + 700;
  for (let first = 0; first < most; first += 1_900) {
    const count = Math.min(1_900, most - first);
    expect(await store.traceReports.take(scope, await find(scope, id), part(pageOf(first, count), count))).toBe(true);
  }
  // What was told apart is told apart for good.
  expect(await store.traceReports.take(scope, await find(scope, id), part(pageOf(0, 5), 5))).toBe(true);
  const { sums, groups } = await store.traceGroups.largest(scope, id, 2);
  expect(sums).toEqual([{ reason: "stranger", count: most + 5, groups: MOST_GROUPS + 1 }]);
  expect(groups[0]).toMatchObject({ senderDomain: "*", range: "*", count: 700 });
  expect(groups[1]?.count).toBe(2);
});

test("a file is read in parts, each group once", async () => {
  const { scope, id } = await begun();
  await store.traceReports.take(scope, await find(scope, id), part(pageOf(0, 25), 25));
  const seen: string[] = [];
  for (let key = ""; ; ) {
    const some = await store.traceGroups.after(scope, id, key, 7);
    seen.push(...some.map((group) => group.senderDomain));
    const last = some.at(-1);
    if (!last) break;
    key = last.key;
  }
  expect(new Set(seen).size).toBe(25);
  expect(seen.length).toBe(25);
});

test("another tenant's scope reaches none of it, and only jobs find what is due", async () => {
  const { scope, id } = await begun();
  await store.traceReports.take(scope, await find(scope, id), part(pageOf(0, 5), 5));
  const other = scopeOf("Contoso");
  expect(await store.traceReports.find(other, id)).toBeNull();
  expect(await store.traceReports.move(other, id, ["running"], { state: "cancelled", at: 9 })).toBe(false);
  expect(await store.traceReports.take(other, await find(scope, id), part(pageOf(5, 5), 5))).toBe(false);
  expect((await store.traceGroups.largest(other, id, 9)).groups).toEqual([]);
  expect(await store.traceGroups.after(other, id, "", 9)).toEqual([]);
  expect(() => store.traceReports.due(staff, 1)).toThrow(/jobs/i);
  expect((await store.traceReports.due(job, 1)).map((due) => due.id)).toContain(id);
  await store.traceReports.move(scope, id, ["running"], { state: "waiting", at: 5, retryAt: 100 });
  expect((await store.traceReports.due(job, 99)).map((due) => due.id)).not.toContain(id);
  expect((await store.traceReports.due(job, 100)).map((due) => due.id)).toContain(id);
});
