/** What goes wrong with moving messages after delivery, told by its symptom over the whole product: found before, or seen after with the way out. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inlineVerbs } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { retractionVerbs } from "./retraction-testing";
import { MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof inlineVerbs>;
let our: ReturnType<typeof retractionVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = inlineVerbs(house, I);
  our = retractionVerbs(house, I, my);
}, 60_000);
afterAll(() => house.stop());

const WALK_MS = 120_000;

/** A detection in the mailbox of one of them. */
async function detected(customer: Customer, subject: string): Promise<string> {
  await our.sends(customer, subject);
  return (await our.found(customer, subject)).id;
}
const resultsOf = async (customer: Customer, order: string) =>
  (await our.order(customer, order)).items?.rows.flatMap(({ results }) => results) ?? [];
const movesByHand = ({ tenant }: Customer, messageId: string, address: string, folder: string) =>
  house.sandbox.control("mailboxes/move", { tenant: tenant.id, messageId, address, folder });

describe("“nothing is moved since our admin left” (41)", () => {
  it(
    "the application hangs on nobody's account: who consented may leave, and only that nobody could consent again is warned of",
    async () => {
      const customer = await our.arrives();
      const left = customer.tenant.users.filter(({ upn }) => !upn.startsWith("role.admin@"));
      await I.edit(customer, ["users"], left);
      expect(await my.checkOf(customer, "retraction-authorization", "found")).toMatchObject({ verdict: "pass" });
      expect(await my.checkOf(customer, "retraction-authorization", "holders")).toMatchObject({
        verdict: "warn",
        saw: expect.stringContaining("If they leave, nobody can authorise it again."),
      });
      const order = await our.moves(customer, [await detected(customer, "After they left")], "JunkEmail");
      expect(await our.order(customer, order)).toMatchObject({ state: "done", counts: { done: 1, failed: 0 } });
    },
    WALK_MS,
  );

  it(
    "consent that was cleaned up with them is a finding of the step, the reason beside each message, and mended by consent alone: what failed is tried again by itself",
    async () => {
      const customer = await our.arrives();
      await our.authorises(customer, null);
      const order = await our.moves(customer, [await detected(customer, "After the clean-up")], "JunkEmail");
      expect(await resultsOf(customer, order)).toMatchObject([
        {
          success: false,
          say: expect.stringContaining("consent is missing, was revoked"),
          remedy: expect.stringContaining("authorises retraction"),
        },
      ]);
      const { checks } = await I.fresh(customer, "retraction-authorization");
      expect(
        checks
          .filter(({ verdict }) => verdict === "fail")
          .map(({ saw }) => saw)
          .join(" "),
      ).toContain("Moving messages fails without it.");
      await our.authorises(customer);
      await I.wait(6 * MINUTE);
      await our.work(customer, order);
      expect(await our.order(customer, order)).toMatchObject({ state: "done", counts: { done: 1, failed: 0 } });
      expect(Object.values(await our.liesIn(customer, "After the clean-up"))).toEqual(["Junk"]);
    },
    WALK_MS,
  );
});

describe("“it says moved, and some of it is still there” (52)", () => {
  it(
    "each message says for whom it failed, why and what to do; who was reached is not asked about again",
    async () => {
      const customer = await our.arrives();
      const employee = our.at(customer, "employee");
      const deleted = await detected(customer, "Deleted by its reader");
      const purged = await detected(customer, "Deleted for good");
      const filed = await detected(customer, "Filed in a folder");
      const plain = await detected(customer, "Left where it was");
      const idOf = async (subject: string) => (await our.found(customer, subject)).messageId;
      await movesByHand(customer, await idOf("Deleted by its reader"), employee, "DeletedItems");
      await movesByHand(customer, await idOf("Deleted for good"), employee, "Purges");
      await movesByHand(customer, await idOf("Filed in a folder"), employee, "Archive");
      const order = await our.moves(customer, [deleted, purged, filed, plain], "JunkEmail");
      const { items } = await our.order(customer, order);
      const bySubject = new Map(items?.rows.map((row) => [row.subject, row]));
      for (const subject of ["Left where it was", "Filed in a folder"]) expect(bySubject.get(subject)).toMatchObject({ state: "done" });
      for (const subject of ["Deleted by its reader", "Deleted for good"])
        expect(bySubject.get(subject)).toMatchObject({
          state: "failed",
          results: [
            {
              success: false,
              say: expect.stringContaining("not where it was delivered"),
              remedy: expect.stringContaining("Content search"),
            },
          ],
        });
      await I.wait(6 * MINUTE);
      await our.work(customer, order);
      const asked = (await our.record(customer)).filter(({ messageId }) => messageId === plain);
      expect(asked).toHaveLength(1);
    },
    WALK_MS,
  );

  it(
    "the copy of a list is named as such and not tried again: the vendor has none in a person's name",
    async () => {
      const customer = await our.arrives("busy-mail");
      const { id, recipients } = await our.found(customer, { recipient: our.at(customer, "sales"), status: "delivered" });
      const order = await our.moves(customer, [id], "JunkEmail");
      expect(await our.order(customer, order)).toMatchObject({ state: "done", counts: { failed: 1 } });
      expect(await resultsOf(customer, order)).toMatchObject([
        {
          ...{ recipient: recipients[0], success: false },
          ...{ say: expect.stringContaining("address of a group"), remedy: expect.stringContaining("members' copies") },
        },
      ]);
    },
    WALK_MS,
  );

  it(
    "Microsoft's limits are waited for: said so meanwhile, and done in the end",
    async () => {
      const customer = await our.arrives();
      const message = await detected(customer, "Slowly");
      await I.fault(customer, { service: "graph", match: "messages", kind: "429", retryAfter: 120, times: 1 });
      const order = await our.moves(customer, [message], "JunkEmail");
      expect(await resultsOf(customer, order)).toMatchObject([
        { success: false, say: expect.stringContaining("10,000 requests in ten minutes"), remedy: expect.stringContaining("five minutes") },
      ]);
      expect(await our.order(customer, order)).toMatchObject({ state: "waiting" });
      await I.wait(6 * MINUTE);
      await our.work(customer, order);
      expect(await our.order(customer, order)).toMatchObject({ state: "done", counts: { done: 1 } });
    },
    WALK_MS,
  );
});

describe("“nobody gets it back” (53)", () => {
  it(
    "hard delete is asked about once more, in an order and in the table, and offers no way back; soft delete does",
    async () => {
      const customer = await our.arrives();
      const [hard, soft] = [await detected(customer, "Hard"), await detected(customer, "Soft")];
      const order = await our.drafts(customer, [hard], "RecoverableItemsPurges");
      expect(await our.order(customer, order)).toMatchObject({ isForGood: true });
      const agree = (isSure: boolean) => house.uc.orders.agree(customer.scope, customer.visitor, order, { reason: "", isSure });
      expect(await agree(false)).toMatchObject({ ok: false, fields: { sure: expect.any(String) } });
      expect(await our.record(customer)).toEqual([]);
      await our.agrees(customer, order, true);
      expect(await our.order(customer, order)).toMatchObject({ state: "done", canPutBack: false });
      expect(await house.uc.orders.putBack(customer.scope, customer.visitor, order)).toMatchObject({ ok: false });
      const gentle = await our.moves(customer, [soft], "RecoverableItemsDeletions");
      expect(await our.order(customer, gentle)).toMatchObject({ state: "done", canPutBack: true });

      await our.tables(customer, { MALICIOUS: "hard" });
      expect(await our.auto(customer)).toMatchObject({ forGood: ["MALICIOUS"] });
      const { word } = await our.auto(customer);
      const on = (isSure: boolean) => house.uc.autoRetract.turnOn(customer.scope, customer.visitor, { isSure, word });
      expect(await on(false)).toMatchObject({ ok: false, fields: { sure: expect.any(String) } });
      expect(await our.auto(customer)).toMatchObject({ state: "off" });
      // Somebody who may change settings changed the table while that page stood open.
      await our.tables(customer, { MALICIOUS: "hard", BULK: "hard" });
      expect(await on(true)).toMatchObject({ ok: false, problem: { code: "moved" } });
      expect(await our.auto(customer)).toMatchObject({ state: "off" });
      await our.tables(customer, { MALICIOUS: "hard" });
      expect(await on(true)).toMatchObject({ ok: true });
    },
    WALK_MS,
  );
});
