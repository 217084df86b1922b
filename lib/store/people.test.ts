import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import type { QueueCursor, QueueSort } from "./queue";
import { planOf, scopeOf, staff } from "./samples";
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

const session = (idHash: string, expiresAt = 1_000) => ({
  idHash,
  oid: "oid-1",
  name: "Admin",
  upn: "admin@fabrikam.example",
  directoryRoles: ["role"],
  appRoles: [],
  userAgent: "a browser",
  expiresAt,
  at: 10,
});

test("a session signs in until it ends, is revoked or is replaced", async () => {
  const scope = scopeOf("Fabrikam");
  await store.sessions.open(scope, session("h1"));
  expect(await store.sessions.find("h1", 20)).toMatchObject({
    tenant: scope.tenant,
    directoryRoles: ["role"],
    createdAt: 10,
    expiresAt: 1_000,
  });
  expect(await store.sessions.find("h1", 1_000)).toBeNull();
  await store.sessions.touch("h1", 30);
  expect((await store.sessions.find("h1", 31))?.lastSeenAt).toBe(30);
  await store.sessions.rotate(scope, { from: "h1", to: "h2", at: 40, graceMs: 10 });
  expect(await store.sessions.find("h1", 45)).not.toBeNull();
  expect(await store.sessions.find("h1", 50)).toBeNull();
  expect(await store.sessions.find("h2", 50)).toMatchObject({ createdAt: 10, rotatedAt: 40, expiresAt: 1_000 });
  await store.sessions.revoke("h2", 60);
  expect(await store.sessions.find("h2", 61)).toBeNull();
});

test("all sessions of a person end at once, those of others go on", async () => {
  const scope = scopeOf("Contoso");
  await store.sessions.open(scope, session("p1"));
  await store.sessions.open(scope, { ...session("p2"), oid: "oid-2" });
  await store.sessions.revokeAllOf(scope, "oid-1", 20);
  expect((await store.sessions.live(scope, 30)).map((one) => one.idHash)).toEqual(["p2"]);
  await store.sessions.forget(scope, 2_000);
  expect(await store.sessions.live(scope, 30)).toEqual([]);
});

test("an invitation holds in any spelling of the name until it is taken back", async () => {
  const scope = scopeOf("Litware");
  await store.tenants.arrive(scope, { name: "Litware", at: 1 });
  await store.invites.give(scope, "Helper@Litware.example", 5);
  expect(await store.invites.isInvited(scope, "helper@litware.EXAMPLE")).toBe(true);
  expect(await store.invites.list(scope)).toEqual([{ upn: "helper@litware.example", by: scope.actor, at: 5 }]);
  await store.invites.revoke(scope, "helper@litware.example", 6);
  expect(await store.invites.isInvited(scope, "helper@litware.example")).toBe(false);
  await store.invites.give(scope, "helper@litware.example", 7);
  expect(await store.invites.isInvited(scope, "helper@litware.example")).toBe(true);
});

test("a tenant's choices of access and profile are kept, the rest untouched", async () => {
  const scope = scopeOf("Tailspin");
  await store.tenants.arrive(scope, { name: "Tailspin", at: 1 });
  expect(await store.tenants.edit(scope, { access: "consent", consentedAt: 9 })).toMatchObject({
    name: "Tailspin",
    profile: "cloudflare",
    access: "consent",
    consentedAt: 9,
  });
  expect(await store.tenants.arrive(scope, { name: "Another name", at: 20 })).toMatchObject({
    name: "Tailspin",
    access: "consent",
    createdAt: 1,
    lastSeenAt: 20,
  });
});

test("a sealed token cache is kept, replaced and forgotten", async () => {
  const scope = scopeOf("Wingtip");
  expect(await store.tokens.load(scope)).toBeNull();
  await store.tokens.save(scope, "sealed 1", 1);
  await store.tokens.save(scope, "sealed 2", 2);
  expect(await store.tokens.load(scope)).toBe("sealed 2");
  await store.tokens.forget(scope);
  expect(await store.tokens.load(scope)).toBeNull();
});

test("the activity list pages by key without losing or repeating a line", async () => {
  const scope = scopeOf("Adatum");
  await store.tenants.arrive(scope, { name: "Adatum", at: 1 });
  for (let at = 1; at <= 7; at += 1) await store.events.add(scope, { kind: at % 2 ? "odd" : "even", at, detail: { at } });
  const first = await store.events.list(scope, { limit: 3 });
  const second = await store.events.list(scope, { limit: 10, before: first.at(-1)?.id ?? 0 });
  expect([...first, ...second].map((event) => event.at)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect((await store.events.list(scope, { kinds: ["even"] })).map((event) => event.at)).toEqual([6, 4, 2]);
});

/** A world of its own for the queue: thirty tenants, of which some stopped and some wait. */
async function fillQueue(url: string): Promise<Store> {
  const own = createStore(url);
  for (let n = 0; n < 30; n += 1) {
    const scope = scopeOf(`Q${n}`);
    await own.tenants.arrive(scope, { name: `Company ${String(n).padStart(2, "0")}${n === 7 ? " 100%_sure" : ""}`, at: n });
    await own.events.add(scope, { kind: "signed-in", at: 100 - n });
    if (n % 3 === 0) continue;
    const plan = await own.plans.keep(scope, planOf("a-step"));
    const job = { task: "x", payload: { tenant: scope.tenant } };
    await own.runs.begin(scope, { plan: plan.id, step: "a-step", chosen: null, at: 1, job, event: { kind: "agreed", at: 200 - n } });
    await own.runs.move(scope, plan.id, n % 3 === 1 ? { state: "stopped", at: 50 + n } : { state: "needs-you", at: 50 + n });
  }
  return own;
}

test("the queue finds, sorts and pages every tenant once, the most needy first", async () => {
  const queueDatabase = await freshDatabase();
  const own = await fillQueue(queueDatabase.url);
  try {
    for (const sort of ["needs", "name", "activity"] satisfies QueueSort[]) {
      const names: string[] = [];
      let after: QueueCursor | undefined;
      do {
        const page = await own.queue.list(staff, { sort, limit: 7, ...(after ? { after } : {}) });
        names.push(...page.rows.map((row) => row.tenant.name));
        after = page.next ?? undefined;
      } while (after);
      expect(new Set(names).size, sort).toBe(30);
      expect(names, sort).toHaveLength(30);
      if (sort === "name") expect(names).toEqual([...names].sort());
      if (sort === "needs") expect(names.slice(0, 3)).toEqual(["Company 01", "Company 04", "Company 07 100%_sure"]);
      if (sort === "activity") expect(names[0]).toBe("Company 01");
    }
    const [found, ...others] = (await own.queue.list(staff, { search: "100%_S" })).rows;
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      tenant: { name: "Company 07 100%_sure" },
      lastRuns: [{ state: "stopped" }],
      watches: [],
      skips: [],
      touched: [],
      chosen: {},
      lastEvent: { kind: "agreed" },
    });
    expect((await own.queue.list(staff, { search: "nobody' OR true --" })).rows).toEqual([]);
  } finally {
    await own.close();
    await queueDatabase.drop();
  }
});
