import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { nothingFound, scopeOf } from "./samples";
import { createStore, type Store } from "./store";

let database: FreshDatabase;
let store: Store;
const fabrikam = scopeOf("Fabrikam");
const contoso = scopeOf("Contoso");
const token = (sealed: string, at: number) => ({ sealed, lastFour: sealed.slice(-4), accountId: "a".repeat(32), found: nothingFound, at });

beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.url);
  for (const scope of [fabrikam, contoso]) await store.tenants.arrive(scope, { name: scope.tenant, at: 1 });
});
beforeEach(async () => {
  for (const scope of [fabrikam, contoso]) await store.cloudflareTokens.forget(scope);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

test("a tenant's token is its own: another tenant finds nothing, changes nothing and removes nothing", async () => {
  await store.cloudflareTokens.save(fabrikam, token("sealed of fabrikam", 5));
  expect(await store.cloudflareTokens.find(fabrikam)).toMatchObject({
    sealed: "sealed of fabrikam",
    lastFour: "ikam",
    by: fabrikam.actor,
    enteredAt: 5,
  });
  expect(await store.cloudflareTokens.find(contoso)).toBeNull();
  expect((await store.pages.setup(contoso))?.cloudflareToken).toBeNull();
  expect(await store.cloudflareTokens.note(contoso, { sealed: "sealed of fabrikam", accountId: null, found: nothingFound, at: 6 })).toBe(
    false,
  );
  expect(await store.cloudflareTokens.forget(contoso)).toBe(false);
  expect(await store.cloudflareTokens.find(fabrikam)).toMatchObject({ verifiedAt: 5 });
});

test("a new token takes the place of the old one, and what was found out about the old one is not said of it", async () => {
  await store.cloudflareTokens.save(fabrikam, token("old", 1));
  await store.cloudflareTokens.save(fabrikam, token("new", 2));
  expect(await store.cloudflareTokens.note(fabrikam, { sealed: "old", accountId: null, found: nothingFound, at: 3 })).toBe(false);
  expect(await store.cloudflareTokens.find(fabrikam)).toMatchObject({
    sealed: "new",
    accountId: "a".repeat(32),
    enteredAt: 2,
    verifiedAt: 2,
  });
  expect(await store.cloudflareTokens.note(fabrikam, { sealed: "new", accountId: null, found: nothingFound, at: 4 })).toBe(true);
  expect(await store.cloudflareTokens.find(fabrikam)).toMatchObject({ accountId: null, enteredAt: 2, verifiedAt: 4 });
});

test("a token that was removed is gone from the setup too", async () => {
  await store.cloudflareTokens.save(fabrikam, token("sealed", 1));
  expect((await store.pages.setup(fabrikam))?.cloudflareToken).toMatchObject({ sealed: "sealed" });
  expect(await store.cloudflareTokens.forget(fabrikam)).toBe(true);
  expect(await store.cloudflareTokens.forget(fabrikam)).toBe(false);
  expect((await store.pages.setup(fabrikam))?.cloudflareToken).toBeNull();
});
