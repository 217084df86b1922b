/** Messages that are in our keeping: for nobody whose right was taken away meanwhile, and no longer than somebody may still agree. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { itemOf } from "@/lib/store/samples";
import { SWEEP } from "./access";
import { cutover } from "./cutover";
import { type MailHouse, startPracticeMail } from "./mail-order-testing";

let house: MailHouse;
beforeAll(async () => {
  house = await startPracticeMail();
});
afterAll(() => house.stop());

it("an agreement is refused when the right was taken away while it was under way", async () => {
  const { deps, scope, visitor, mail, vendor } = house;
  const other = { ...visitor, oid: "other", upn: "other@fabrikam.example", hasMailRole: false };
  await deps.store.mailRights.give(scope, other.upn, deps.clock.now());
  vendor.arrives("m-1");
  const drafted = await house.uc.orders.draft(mail, { kind: "retract", destination: "JunkEmail", ids: ["m-1"], search: null });
  const order = /orders\/([0-9a-f-]+)/.exec(drafted.ok ? (drafted.href ?? "") : "")?.[1] ?? "";
  const takenMeanwhile = { ...deps.clock, refresh: () => deps.store.mailRights.revoke(scope, other.upn, deps.clock.now()) };
  const slow = cutover({ ...deps, clock: takenMeanwhile });
  expect(await slow.orders.agree(scope, other, order, { reason: "", isSure: true })).toMatchObject({
    ok: false,
    problem: { code: "denied" },
  });
  expect(await house.order(order)).toMatchObject({ state: "draft" });
});

it("drafts that nobody agreed to are gone after a day, however many there are", async () => {
  const { deps, scope, uc, wait } = house;
  const at = deps.clock.now();
  for (let n = 0; n < 130; n++)
    await deps.store.mailOrders.draft(scope, { kind: "retract", destination: "JunkEmail", items: [itemOf(`d-${n}`)], at });
  wait(25 * 3_600_000);
  await uc.work.due();
  expect(await deps.store.mailOrders.oldDrafts(SWEEP, deps.clock.now())).toEqual([]);
});
