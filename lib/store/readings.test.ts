import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { job, scopeOf } from "./samples";
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

async function arrive() {
  const scope = scopeOf("Fabrikam");
  await store.tenants.arrive(scope, { name: "Fabrikam", at: 1 });
  return scope;
}
const said = (name: string, answer: string, at: number) => ({ name, raw: { answer }, said: answer, at, isRemembered: true });

test("an answer that stays the same is one stretch, and another begins a new one", async () => {
  const scope = await arrive();
  for (const [answer, at] of [
    ["a", 1],
    ["a", 2],
    ["b", 3],
    ["a", 4],
    ["a", 9],
  ] as const)
    await store.moments.remember(scope, [said("Mx/fabrikam.example", answer, at)]);
  const stretches = (await store.moments.stretches(scope)).get("Mx/fabrikam.example");
  expect(stretches?.map(({ said: text, first, last }) => [text, first, last])).toEqual([
    ["a", 1, 2],
    ["b", 3, 3],
    ["a", 4, 9],
  ]);
  expect((await store.moments.latest(scope)).get("Mx/fabrikam.example")).toMatchObject({
    raw: { answer: "a" },
    first: 4,
    last: 9,
    source: "asked",
    by: null,
  });
});

test("of what nobody asks the past of only the last answer is kept, since when it is so", async () => {
  const scope = await arrive();
  const people = (answer: string, at: number) => ({ ...said("people", answer, at), isRemembered: false });
  for (const one of [people("a", 1), people("a", 2), people("b", 3), people("b", 7)]) await store.moments.remember(scope, [one]);
  const stretches = (await store.moments.stretches(scope)).get("people");
  expect(stretches?.map(({ said: text, raw, first, last }) => [text, raw, first, last])).toEqual([["b", { answer: "b" }, 3, 7]]);
});

test("any row of answers ends in stretches that say the same", async () => {
  const wave = fc.array(fc.record({ name: fc.constantFrom("x", "y", "z'; \u2028"), answer: fc.constantFrom("1", "2", '"\\') }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(wave, async (answers) => {
      const scope = await arrive();
      const wanted = new Map<string, [string, number, number][]>();
      for (const [at, { name, answer }] of answers.entries()) {
        const held = wanted.get(name) ?? [];
        const last = held.at(-1);
        if (last?.[0] === answer) last[2] = at;
        else held.push([answer, at, at]);
        wanted.set(name, held);
        await store.moments.remember(scope, [said(name, answer, at)]);
      }
      const kept = await store.moments.stretches(scope);
      expect(new Map([...kept].map(([name, rows]) => [name, rows.map((row) => [row.said, row.first, row.last])]))).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

test("two readings at once of the same answer make one stretch", async () => {
  const scope = await arrive();
  await Promise.all(Array.from({ length: 6 }, (_, at) => store.moments.remember(scope, [said("x", "same", at), said("y", "same", at)])));
  expect((await store.moments.stretches(scope)).get("x")).toHaveLength(1);
});

test("a wave of a thousand answers is remembered at once, and what an upload says carries its author", async () => {
  const scope = await arrive();
  const answers = Array.from({ length: 1_000 }, (_, n) => said(`Mx/d${n}.example`, "mx", 5));
  await store.moments.remember(scope, answers, "upload");
  const latest = await store.moments.latest(scope);
  expect(latest.size).toBe(1_000);
  expect(latest.get("Mx/d7.example")).toMatchObject({ source: "upload", by: scope.actor });
});

test("old stretches are left out on request, the last of a name never", async () => {
  const scope = await arrive();
  for (const [name, answer, at] of [
    ["x", "a", 1],
    ["x", "b", 50],
    ["y", "a", 2],
  ] as const)
    await store.moments.remember(scope, [said(name, answer, at)]);
  const kept = await store.moments.stretches(scope, 40);
  expect([...kept].map(([name, rows]) => [name, rows.map((row) => row.said)])).toEqual([
    ["x", ["b"]],
    ["y", ["a"]],
  ]);
});

test("a due watch goes to one worker, comes back when that one dies, and rests when it is noted", async () => {
  const scope = await arrive();
  await store.watches.begin(scope, { step: "mx-ttl", dueAt: 100, since: 50, deadline: 900 });
  const claim = async (now: number) =>
    (await store.watches.claimDue(job, { now, lockMs: 10 })).filter((watch) => watch.tenant === scope.tenant);
  expect(await claim(99)).toEqual([]);
  const claims = (await Promise.all([claim(100), claim(100), claim(100)])).flat();
  expect(claims).toHaveLength(1);
  expect(claims[0]).toMatchObject({ step: "mx-ttl", state: "watching", since: 50, deadline: 900, tries: 0, lastResult: null });
  expect(await claim(105)).toEqual([]);
  expect(await claim(110)).toHaveLength(1);
  await store.watches.note(scope, "mx-ttl", { state: "watching", dueAt: 300, tries: 1, lastResult: { saw: "still old" } });
  expect(await claim(299)).toEqual([]);
  expect(await claim(300)).toHaveLength(1);
  await store.watches.note(scope, "mx-ttl", { state: "done", dueAt: 300, tries: 2, lastResult: null });
  expect(await claim(9_999)).toEqual([]);
  await store.watches.end(scope, "mx-ttl");
  expect(await store.watches.all(scope)).toEqual([]);
});

test("a page gets all it shows in one go", async () => {
  const scope = await arrive();
  expect(await store.pages.setup(scopeOf("Nobody"))).toBeNull();
  await store.settings.save(scope, { step: "choose-domains", value: { domains: ["a.example"] }, at: 2 });
  await store.settings.save(scope, { step: "choose-domains", value: { domains: ["b.example"] }, at: 3 });
  for (const [kind, at] of [
    ["skipped", 4],
    ["unskipped", 5],
    ["skipped", 6],
  ] as const)
    await store.events.add(scope, { kind, step: "mx-ttl", at, detail: { reason: `reason ${at}` } });
  for (const [value, at] of [
    [false, 7],
    [true, 8],
  ] as const)
    await store.words.give(scope, { step: "mx-ttl", key: "lowered", value, at });
  const setup = await store.pages.setup(scope, { step: "mx-ttl" });
  expect(setup?.settings["choose-domains"]).toMatchObject({ value: { domains: ["b.example"] }, at: 3, by: scope.actor });
  expect(setup?.skips).toMatchObject([{ kind: "skipped", step: "mx-ttl", at: 6, detail: { reason: "reason 6" } }]);
  expect(setup?.words).toEqual([{ step: "mx-ttl", key: "lowered", value: true, by: scope.actor, at: 8 }]);
  expect(setup).toMatchObject({ tenant: { name: "Fabrikam" }, entries: [], watches: [], lastRuns: [] });
});

test("a listener hears of its tenant's changes and of nobody else's", async () => {
  const [mine, theirs] = [await arrive(), await arrive()];
  const heard: string[] = [];
  const offs = [mine, theirs].map((scope) => store.live.on(scope.tenant, () => heard.push(scope.tenant)));
  // Listening begins with its first connection, so we go on writing until it is heard.
  await expect
    .poll(async () => {
      await store.events.add(mine, { kind: "x", at: 1 });
      return heard.length;
    })
    .toBeGreaterThan(0);
  expect(new Set(heard)).toEqual(new Set([mine.tenant]));
  for (const off of offs) off();
});
