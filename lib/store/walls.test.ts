/** The walls, tried on a real PostgreSQL with the role that the application runs as. */

import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proof } from "@/lib/model/mail-proof-testing";
import { changesOf } from "@/lib/model/plan";
import { grouped } from "@/lib/model/trace-groups";
import { judgeBy } from "@/lib/model/trace-reasons";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { itemOf, nothingFound, planOf, scopeOf, staff } from "./samples";
import { createStore, type Store } from "./store";

let database: FreshDatabase;
let store: Store;
let app: pg.Pool;
const fabrikam = scopeOf("Fabrikam");
const contoso = scopeOf("Contoso");

const tables = [
  "tenant",
  "settings",
  "plan",
  "run",
  "entry",
  "moment",
  "event",
  "word",
  "watch",
  "session",
  "invite",
  "token_cache",
  "cloudflare_token",
  "trace_report",
  "trace_group",
  "mail_proof",
  "mail_order",
  "mail_item",
  "mail_right",
];

/** Raw SQL as the application's role, in one transaction with these settings. */
async function as(
  set: Readonly<Record<string, string>>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly pg.QueryResultRow[]> {
  const client = await app.connect();
  try {
    await client.query("begin");
    for (const [name, value] of Object.entries(set)) await client.query("select set_config($1, $2, true)", [`cutover.${name}`, value]);
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.url);
  app = new pg.Pool({ connectionString: database.url, options: "-c role=cutover_app", max: 2 });
  for (const scope of [fabrikam, contoso]) await fill(scope);
});

async function fill(scope: typeof fabrikam): Promise<void> {
  await store.tenants.arrive(scope, { name: scope.tenant, at: 1 });
  await store.settings.save(scope, { step: "a-step", value: {}, at: 1 });
  const plan = await store.plans.keep(scope, planOf("a-step"));
  const job = { task: "nothing", payload: { tenant: scope.tenant } };
  await store.runs.begin(scope, { plan: plan.id, step: "a-step", chosen: null, at: 1, job, event: { kind: "agreed", at: 1 } });
  const [change] = changesOf(plan);
  if (change) await store.ledger.write(scope, { run: plan.id, step: "a-step", at: 1, by: scope.actor, change, what: "intent" });
  await store.moments.remember(scope, [{ name: "Thing", raw: [], said: "[]", at: 1, isRemembered: false }]);
  await store.words.give(scope, { step: "a-step", key: "done", value: true, at: 1 });
  await store.watches.begin(scope, { step: "a-step", dueAt: 1, since: 1 });
  const roles = { directoryRoles: ["role"], appRoles: [], userAgent: null };
  await store.sessions.open(scope, {
    idHash: `hash of ${scope.tenant}`,
    oid: "oid",
    name: "Admin",
    upn: "admin@example.com",
    ...roles,
    expiresAt: 100,
    at: 1,
  });
  await store.invites.give(scope, "Helper@example.com", 1);
  await store.mailRights.give(scope, "Helper@example.com", 1);
  await store.mailOrders.draft(scope, { kind: "release", destination: null, at: 1, items: [itemOf("1")] });
  await store.tokens.save(scope, "sealed", 1);
  await fillReport(scope);
  await fillProof(scope);
  await store.cloudflareTokens.save(scope, { sealed: "sealed", lastFour: "wxyz", accountId: null, found: nothingFound, at: 1 });
}

async function fillReport(scope: typeof fabrikam): Promise<void> {
  const job = (report: string) => ({ task: "nothing", payload: { tenant: scope.tenant, report } });
  const made = await store.traceReports.begin(scope, { days: 10, at: 1, event: { kind: "rejected-begun", at: 1 }, job });
  const row = made.ok ? await store.traceReports.find(scope, made.value) : null;
  if (row) await store.traceReports.move(scope, row.id, ["queued"], { state: "running", at: 1 });
  const senders = { domains: [{ name: "contoso.com", since: 0 }], initial: [], vendor: [], vendorNearby: [], onPremises: [], partners: [] };
  const message = { id: "1", messageId: "", at: 1, received: "1", sender: "a@b.example", fromIp: "203.0.113.1", status: "Delivered" };
  const rows = [{ ...message, recipient: "c@contoso.com", recipientWritten: "c@contoso.com" }];
  const part = { at: 1, rows: 1, ...grouped(rows, judgeBy({ ...senders, listed: [], gaps: [] })), reachedAt: 1, position: null };
  if (row) await store.traceReports.take(scope, row, part);
}

async function fillProof(scope: typeof fabrikam): Promise<void> {
  const { address, from, legs } = proof({}, {});
  const job = { task: "nothing", payload: { tenant: scope.tenant } };
  const made = { id: randomUUID(), at: 1, address, from, legs, event: { kind: "proof-agreed", at: 1 }, job };
  await store.mailProofs.begin(scope, made, () => true);
}

afterAll(async () => {
  await app.end();
  await store.close();
  await database.drop();
});

test("the application's role owns no table, is no superuser and cannot bypass the walls", async () => {
  const [role] = await as(
    {},
    "select current_user as name, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user",
  );
  expect(role).toEqual({ name: "cutover_app", rolsuper: false, rolbypassrls: false, rolcreaterole: false });
  expect(await as({}, "select tablename from pg_tables where tableowner = 'cutover_app'")).toEqual([]);
});

test("every table that holds a tenant's data has its wall, forced on its owner too", async () => {
  const rows = await as(
    {},
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity and relforcerowsecurity order by 1",
  );
  expect(rows.map((row) => row["name"])).toEqual([...tables].sort());
});

test.each(tables)("%s shows a tenant its own rows, another's scope nothing of them, and no scope nothing at all", async (table) => {
  const column = table === "tenant" ? "id" : "tenant_id";
  const own = await as({ tenant: fabrikam.tenant }, `select ${column} as tenant from ${table}`);
  expect(new Set(own.map((row) => row["tenant"]))).toEqual(new Set([fabrikam.tenant]));
  expect(await as({ tenant: contoso.tenant }, `select 1 from ${table} where ${column} = $1`, [fabrikam.tenant])).toEqual([]);
  expect(await as({}, `select 1 from ${table}`)).toEqual([]);
});

test("a row for another tenant is refused, and another's row cannot be changed or given away", async () => {
  const insert = "insert into watch (tenant_id, step, state, due_at, since) values ($1, 'x', 'watching', now(), now())";
  await expect(as({ tenant: contoso.tenant }, insert, [fabrikam.tenant])).rejects.toThrow(/row-level security/);
  expect(
    await as({ tenant: contoso.tenant }, "update settings set step = 'y' where tenant_id = $1 returning 1", [fabrikam.tenant]),
  ).toEqual([]);
  await expect(as({ tenant: contoso.tenant }, "update settings set tenant_id = $1", [fabrikam.tenant])).rejects.toThrow(
    /row-level security/,
  );
});

test("a run cannot be begun from another tenant's plan", async () => {
  const theirs = await store.plans.keep(contoso, planOf("b-step"));
  expect(await store.plans.find(fabrikam, theirs.id)).toBeNull();
  expect(await store.runs.find(fabrikam, theirs.id)).toBeNull();
  const insert =
    "insert into run (id, tenant_id, step, state, by, chosen, started_at, updated_at) values ($1, $2, 'x', 'done', '{}', '{}', now(), now())";
  await expect(as({ tenant: fabrikam.tenant }, insert, [theirs.id, fabrikam.tenant])).rejects.toThrow(/foreign key/);
});

test("staff look across tenants at what the queue shows, and change nothing", async () => {
  const reach = { reach: "staff" };
  for (const table of ["tenant", "settings", "run", "event", "watch"])
    expect((await as(reach, `select 1 from ${table}`)).length).toBeGreaterThanOrEqual(2);
  for (const table of [
    "plan",
    "entry",
    "moment",
    "word",
    "session",
    "invite",
    "token_cache",
    "cloudflare_token",
    "mail_order",
    "mail_item",
    "mail_right",
  ])
    expect(await as(reach, `select 1 from ${table}`)).toEqual([]);
  expect(await as(reach, "update run set state = 'done' returning 1")).toEqual([]);
  await expect(
    as(reach, "insert into event (tenant_id, at, actor, kind, detail) values ($1, now(), '{}', 'x', '{}')", [fabrikam.tenant]),
  ).rejects.toThrow(/row-level security/);
});

test("jobs look across tenants at runs, watches, reports, proofs and orders alone", async () => {
  const reach = { reach: "system" };
  const theirs = ["run", "watch", "trace_report", "mail_proof", "mail_order"];
  for (const table of theirs) expect((await as(reach, `select 1 from ${table}`)).length).toBeGreaterThanOrEqual(2);
  for (const table of tables.filter((name) => !theirs.includes(name))) expect(await as(reach, `select 1 from ${table}`)).toEqual([]);
});

test("a session is found by its hash and by nothing else", async () => {
  expect((await store.sessions.find(`hash of ${fabrikam.tenant}`, 50))?.tenant).toBe(fabrikam.tenant);
  expect(await store.sessions.find("another hash", 50)).toBeNull();
  expect(await as({ session: `hash of ${fabrikam.tenant}` }, "select 1 from session where tenant_id = $1", [contoso.tenant])).toEqual([]);
});

test.each(["plan", "entry", "event", "word"])("%s is append-only: for the application, and for the owner too", async (table) => {
  await expect(as({ tenant: fabrikam.tenant }, `update ${table} set tenant_id = tenant_id`)).rejects.toThrow(/permission denied/);
  await expect(as({ tenant: fabrikam.tenant }, `delete from ${table}`)).rejects.toThrow(/permission denied/);
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  try {
    for (const sql of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table} cascade`])
      await expect(owner.query(sql)).rejects.toThrow(/append-only/);
  } finally {
    await owner.end();
  }
});

test("only staff get the queue, and only jobs what is due", () => {
  expect(() => store.queue.list(fabrikam.actor)).toThrow(/staff/i);
  expect(() => store.runs.due(staff, 1)).toThrow(/jobs/i);
  expect(() => store.watches.claimDue(staff, { now: 1, lockMs: 1 })).toThrow(/jobs/i);
});
