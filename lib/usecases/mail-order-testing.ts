/** For tests of orders about mail: the house over a database of its own, a vendor in memory, a clock that the test moves, and workers that may be killed. Not used by the product. */
import { randomUUID } from "node:crypto";
import type { Folder } from "@/lib/model/destinations";
import { NO_ITEMS } from "@/lib/model/mail-order";
import type { MailScope, TenantScope } from "@/lib/model/scope";
import { profiles } from "@/lib/profiles/all";
import { type MoveTable, NO_ACTION } from "@/lib/steps/auto-retract-settings";
import { foldersOf } from "@/lib/steps/auto-retract-table";
import { nothingFound } from "@/lib/store/samples";
import { openMail, scopeForArrival } from "./access";
import { baselineOf } from "./auto-retract-baseline";
import { AUTO_RETRACT } from "./auto-retract-chosen";
import { sealToken } from "./cloudflare-access";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import { startPracticeAlone } from "./practice";
import { createVendor } from "./vendor-testing";
import type { Visitor } from "./views";

export class Killed extends Error {}

/** Every call that leaves the worker is counted; at the one that `dies` names, it is killed before or after it. */
function mortal<T extends object>(group: T, dies: (call: string) => "before" | "after" | null): T {
  return new Proxy(group, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const when = dies(String(name));
        if (when === "before") throw new Killed(String(name));
        const answer: unknown = await Reflect.apply(value, target, args);
        if (when === "after") throw new Killed(String(name));
        return answer;
      };
    },
  });
}

/** A worker that dies at its nth call to the outside. `calls` says how many there were. */
export function dyingWorker(deps: Deps, nth: number, when: "before" | "after") {
  let calls = 0;
  const dies = () => {
    calls += 1;
    return calls === nth ? when : null;
  };
  const { store, messages } = deps;
  const { together } = mortal({ together: store.together }, dies);
  const groups = { mailOrders: mortal(store.mailOrders, dies), mailItems: mortal(store.mailItems, dies), together };
  const uc = cutover({ ...deps, messages: mortal(messages, dies), store: { ...store, ...groups } });
  return { work: uc.work.mailOrder, calls: () => calls };
}

export async function startPracticeMail() {
  const { deps: house, database } = await startPracticeAlone();
  let nowMs = Date.parse("2026-11-24T09:00:00Z");
  const clock = { now: () => nowMs, refresh: async () => {} };
  const vendor = createVendor(clock.now);
  const deps: Deps = { ...house, clock, messages: vendor.messages };
  const uc = cutover(deps);
  const visitor: Visitor = {
    ...{ tenant: randomUUID(), oid: randomUUID(), name: "Fabrikam admin", upn: "admin@fabrikam.example" },
    ...{ isStaff: false, hasRole: true, hasMailRole: true },
  };
  const scope = scopeForArrival(visitor);
  await deps.store.tenants.arrive(scope, { name: "Fabrikam", at: nowMs });
  const enterToken = (accountId: string) => {
    const token = { sealed: sealToken(deps, scope, "token"), lastFour: "oken", accountId, found: nothingFound, at: nowMs };
    return deps.store.cloudflareTokens.save(scope, token);
  };
  await enterToken("account");
  const mail = await openMail(deps)(visitor, scope.tenant);
  if (!mail.ok) throw new Error(mail.problem.say);

  const wait = (ms: number) => {
    nowMs += ms;
  };
  const order = async (id: string) => {
    const found = await deps.store.mailOrders.find(scope, id);
    if (!found) throw new Error("There is no such order.");
    return found;
  };
  const work = (id: string, one = uc) => one.work.mailOrder({ tenant: scope.tenant, order: id });
  return {
    ...{ deps, uc, vendor, visitor, scope, mail: mail.value, wait, order, work, databaseUrl: database.url },
    items: (id: string) => deps.store.mailItems.page(scope, { id }, { most: 1_000 }),
    counts: async (id: string) => (await deps.store.mailItems.counts(scope, [id])).get(id) ?? NO_ITEMS,
    agreed: (ids: readonly string[], destination: Folder | null = "JunkEmail") =>
      agreed(uc, { scope, visitor }, mail.value, ids, destination),
    /** As the page does it, less what bars it: no step was done here. */
    turnsOn: async (table: Partial<MoveTable> = { SPAM: "junk", MALICIOUS: "junk" }): Promise<string> => {
      const value = { by: "cutover", table: { ...NO_ACTION, ...table } };
      await deps.store.settings.save(scope, { step: AUTO_RETRACT, value, at: nowMs });
      const folders = foldersOf(value.table, profiles.cloudflare);
      const before = await deps.store.mailOrders.standing(scope);
      const on = before && ["queued", "running", "waiting"].includes(before.state) ? before : null;
      const base = await baselineOf(deps, { token: "token", accountId: "account" }, { before: on, table: folders, at: nowMs });
      if (!base.ok) throw new Error(base.problem.say);
      const job = (id: string) => ({ task: "nothing", payload: { tenant: scope.tenant, order: id } });
      return deps.store.mailOrders.turnOn(scope, { ...base.value, table: folders, at: nowMs, event: { kind: "auto-on", at: nowMs }, job });
    },
    /** The sweep, and what it would give out; until the order is over, or for so long. */
    goesOn: async (id: string, forMs: number, stepMs = 60_000) => {
      for (let passed = 0; passed <= forMs; passed += stepMs) {
        await uc.work.due();
        await work(id);
        if (["done", "stopped", "cancelled"].includes((await order(id)).state)) return;
        wait(stepMs);
      }
    },
    enterToken,
    events: async () => (await deps.store.events.list(scope)).map(({ kind }) => kind),
    stop: async () => {
      await deps.store.close();
      await database.drop();
    },
  };
}
export type MailHouse = Awaited<ReturnType<typeof startPracticeMail>>;

async function agreed(
  uc: ReturnType<typeof cutover>,
  { scope, visitor }: { readonly scope: TenantScope; readonly visitor: Visitor },
  mail: MailScope,
  ids: readonly string[],
  destination: Folder | null,
): Promise<string> {
  const kind = destination === null ? "release" : "retract";
  const drafted = await uc.orders.draft(mail, { kind, destination, ids, search: null });
  const id = drafted.ok ? (/orders\/([0-9a-f-]+)/.exec(drafted.href ?? "")?.[1] ?? "") : "";
  if (!drafted.ok) throw new Error(drafted.problem.say);
  const done = await uc.orders.agree(scope, visitor, id, { reason: "They know the sender.", isSure: true });
  if (!done.ok) throw new Error(done.problem.say);
  return id;
}
