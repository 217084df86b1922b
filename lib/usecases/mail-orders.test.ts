/** Orders about mail and auto-retract, over the whole product: our adapter, the vendor's API, and people's mailboxes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paramsOf, searchOf } from "@/lib/model/mail-search";
import { inlineVerbs } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { retractionVerbs } from "./retraction-testing";
import { HOUR, MINUTE, NOT_AN_ID, verbs } from "./testing";

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

describe("an order", () => {
  it(
    "moves what was agreed to, shows what became of each in each mailbox, and is put back by an order of its own",
    async () => {
      const customer = await our.arrives();
      await our.sends(customer, "Invoice 1");
      const { id: message, recipients } = await our.found(customer, "Invoice 1");
      const id = await our.drafts(customer, [message], "DeletedItems");
      expect(await our.order(customer, id)).toMatchObject({ state: "draft", canCancel: true, counts: { waiting: 1 }, isForGood: false });
      expect(await our.record(customer)).toEqual([]);
      await our.agrees(customer, id);
      const [employee = ""] = recipients;
      expect(await our.order(customer, id)).toMatchObject({
        ...{ state: "done", counts: { done: 1 }, canPutBack: true, canRetry: false },
        items: { rows: [{ subject: "Invoice 1", state: "done", results: [{ recipient: employee, success: true, remedy: null }] }] },
      });
      expect(await our.liesIn(customer, "Invoice 1")).toEqual({ [employee]: "DeletedItems" });
      const back = await house.uc.orders.putBack(customer.scope, customer.visitor, id);
      expect(back).toMatchObject({ ok: true });
      await our.agrees(customer, our.idIn(back.ok ? back.href : ""));
      expect(await our.liesIn(customer, "Invoice 1")).toEqual({ [employee]: "Inbox" });
      expect((await our.record(customer)).map(({ destination, by }) => [destination, by])).toEqual([
        ["DeletedItems", "api"],
        ["Inbox", "api"],
      ]);
      const activity = await house.uc.activity(customer.scope, customer.visitor);
      expect(activity.ok && activity.value.events.map(({ say }) => say)).toEqual(
        expect.arrayContaining(["agreed to move 1 message to Deleted Items", "moved 1 of 1 message to Deleted Items"]),
      );
    },
    WALK_MS,
  );

  it("shows numbers to everybody who works on the setup, and messages, drafts and agreement to nobody without the right", async () => {
    const customer = await our.arrives();
    await our.sends(customer, "Invoice 2");
    const { id: message } = await our.found(customer, "Invoice 2");
    const id = await our.drafts(customer, [message], "JunkEmail");
    const other = { ...customer.visitor, upn: our.at(customer, "exchange.admin"), oid: "other", hasMailRole: false };
    const seen = await house.uc.orders.page(customer.scope, other, id);
    expect(seen.ok && seen.value).toMatchObject({ counts: { waiting: 1 }, items: null, canRetry: false, canPutBack: false });
    const agreement = { reason: "", isSure: true };
    for (const denied of [
      await house.uc.orders.agree(customer.scope, other, id, agreement),
      await house.uc.orders.retry(customer.scope, other, id),
      await house.uc.orders.putBack(customer.scope, other, id),
      await house.uc.autoRetract.turnOn(customer.scope, other, { isSure: true }),
      await house.uc.autoRetract.preview(customer.scope, other),
      await house.uc.openMail(other, customer.tenant.id),
    ])
      expect(denied).toMatchObject({ ok: false, problem: { code: "denied" } });
    const given = await house.uc.giveMail(customer.scope, customer.visitor, other.upn);
    expect(given).toMatchObject({ ok: true });
    expect(await house.uc.giveMail(customer.scope, other, "x@y.example")).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await house.uc.openMail(other, customer.tenant.id)).toMatchObject({ ok: true });
    const people = await house.uc.people(customer.scope, customer.visitor);
    expect(people.ok && people.value.readers).toMatchObject([{ upn: other.upn, isGiven: true }]);
    await house.uc.takeMail(customer.scope, customer.visitor, other.upn);
    expect(await house.uc.openMail(other, customer.tenant.id)).toMatchObject({ ok: false });
    const staff = { ...customer.visitor, tenant: "0be7a700-0000-4000-8000-000000000001", isStaff: true, hasMailRole: true };
    expect(await house.uc.openMail(staff, customer.tenant.id)).toMatchObject({ ok: false, problem: { code: "denied" } });
  });

  it("is a look at its messages, written down before anybody agrees; so is the preview of auto-retract", async () => {
    const customer = await our.arrives();
    await our.sends(customer, "Invoice 5");
    const mail = await our.mailOf(customer);
    const search = searchOf(paramsOf({ subject: "Invoice 5" }), house.deps.clock.now());
    await house.uc.orders.draft(mail, { kind: "retract", destination: "JunkEmail", ids: null, search });
    await house.uc.autoRetract.preview(customer.scope, customer.visitor);
    await house.uc.autoRetract.preview(customer.scope, customer.visitor);
    const activity = await house.uc.activity(customer.scope, customer.visitor);
    const said = activity.ok ? activity.value.events.map(({ say }) => say) : [];
    expect(said.slice(0, 2)).toEqual(["searched the last week’s detections", "listed 1 message to move to Junk Email"]);
  });

  it("of another company, or that is none, is not there", async () => {
    const [mine, other] = [await our.arrives(), await house.customer("fresh")];
    await our.sends(mine, "Invoice 3");
    const id = await our.drafts(mine, [(await our.found(mine, "Invoice 3")).id], "JunkEmail");
    for (const asked of [id, NOT_AN_ID, ""]) {
      expect(await house.uc.orders.page(other.scope, other.visitor, asked)).toMatchObject({ ok: false, problem: { code: "gone" } });
      expect(await house.uc.orders.cancel(other.scope, asked)).toMatchObject({ ok: false, problem: { code: "gone" } });
    }
    expect(
      await house.uc.orders.draft(await our.mailOf(mine), { kind: "retract", destination: "JunkEmail", ids: ["../x"], search: null }),
    ).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("that nobody agreed to within a day is gone, and one that was cancelled does nothing", async () => {
    const customer = await our.arrives();
    await our.sends(customer, "Invoice 4");
    const { id: message } = await our.found(customer, "Invoice 4");
    const [draft, cancelled] = [await our.drafts(customer, [message], "JunkEmail"), await our.drafts(customer, [message], "JunkEmail")];
    expect(await house.uc.orders.cancel(customer.scope, cancelled)).toMatchObject({ ok: true });
    expect(await house.uc.orders.agree(customer.scope, customer.visitor, cancelled, { reason: "", isSure: true })).toMatchObject({
      ok: true,
    });
    await our.work(customer, cancelled);
    expect(await our.order(customer, cancelled)).toMatchObject({ state: "cancelled", items: { rows: [{ state: "left" }] } });
    expect(await our.record(customer)).toEqual([]);
    await I.wait(25 * HOUR);
    await house.uc.work.due();
    expect(await house.uc.orders.page(customer.scope, customer.visitor, draft)).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await house.uc.orders.page(customer.scope, customer.visitor, cancelled)).toMatchObject({ ok: true });
  });

  it(
    "takes all of a search, up to a thousand, and every one is moved once",
    async () => {
      const customer = await our.arrives();
      await house.sandbox.control("mail/burst", { tenant: customer.tenant.id, count: 400, disposition: "SPAM" });
      await I.wait(MINUTE);
      const search = searchOf(paramsOf({ disposition: "SPAM" }), house.deps.clock.now());
      const drafted = await house.uc.orders.draft(await our.mailOf(customer), {
        kind: "retract",
        destination: "JunkEmail",
        ids: null,
        search,
      });
      const id = our.idIn(drafted.ok ? drafted.href : "");
      await our.agrees(customer, id);
      const { state, counts } = await our.order(customer, id);
      expect({ state, total: counts.done + counts.failed }).toMatchObject({ state: "done", total: 400 });
      const asked = (await our.record(customer)).map(({ messageId, recipient }) => `${messageId} ${recipient}`);
      expect(new Set(asked).size).toBe(asked.length);
    },
    WALK_MS,
  );
});

describe("auto-retract by Cutover", () => {
  const onFor = async (table: Readonly<Record<string, string>>): Promise<Customer> => {
    const customer = await our.arrives();
    await our.tables(customer, table);
    await our.turnsOn(customer);
    return customer;
  };

  it(
    "previews the last week, moves what is detected after it was turned on, and undoing everything turns it off",
    async () => {
      const customer = await our.arrives();
      await our.sends(customer, "Old");
      await our.tables(customer, { MALICIOUS: "trash", SPAM: "junk" });
      const preview = await house.uc.autoRetract.preview(customer.scope, customer.visitor);
      expect(preview.ok && preview.value).toMatchObject({
        seen: 1,
        isCut: false,
        moved: 0,
        sample: [{ subject: "Old", destination: "DeletedItems" }],
      });
      expect(preview.ok && preview.value.rows[0]).toMatchObject({
        disposition: "MALICIOUS",
        messages: 1,
        mailboxes: 1,
        folder: "DeletedItems",
      });
      expect(await our.auto(customer)).toMatchObject({ state: "off", barred: null, counts: { done: 0 } });
      await our.turnsOn(customer);
      await our.sends(customer, "New");
      await our.minutes(customer, 2);
      const employee = our.at(customer, "employee");
      expect(await our.liesIn(customer, "New")).toEqual({ [employee]: "DeletedItems" });
      expect(await our.liesIn(customer, "Old")).toEqual({ [employee]: "Inbox" });
      expect(await our.auto(customer)).toMatchObject({ state: "on", isTableOld: false, counts: { done: 1, left: 1 }, failures: [] });
      expect((await our.auto(customer)).lookedAt).not.toBeNull();
      await my.done(customer, "spf-hard-fail", HOUR);
      const undo = await house.uc.undo(customer.scope, customer.visitor);
      expect(undo.ok && undo.value.stays.join(" ")).toContain("Auto-retract is turned off as soon as you agree");
      const plan = await house.uc.makeUndoPlan(customer.scope);
      expect(plan).toMatchObject({ ok: true });
      const id = /plan\/([0-9a-f-]+)/.exec(plan.ok ? plan.value.href : "")?.[1] ?? "";
      expect(await house.uc.agree(customer.scope, id, { chosen: "all" })).toMatchObject({ ok: true });
      expect(await our.auto(customer)).toMatchObject({ state: "off" });
      expect(await our.liesIn(customer, "New")).toEqual({ [employee]: "DeletedItems" });
    },
    WALK_MS,
  );

  it(
    "stops when the vendor moves as well, in words on its page, in the step's findings and in a mail",
    async () => {
      const customer = await onFor({ MALICIOUS: "junk" });
      await our.vendorMoves(customer, true);
      await our.sends(customer, "Both");
      await our.minutes(customer, 2);
      expect(await our.auto(customer)).toMatchObject({ state: "stopped", problem: { say: expect.stringContaining("Both would move") } });
      expect((await our.record(customer)).map(({ by }) => by)).toEqual(["vendor"]);
      const { checks } = await I.fresh(customer, "auto-retract");
      expect(checks.some(({ verdict, saw }) => verdict === "fail" && saw.includes("Both would move"))).toBe(true);
      await house.uc.work.tell({ tenant: customer.tenant.id, step: "auto-retract", end: "stopped", say: "Both would move." });
      expect(JSON.stringify(await I.read("outbox"))).toContain("has stopped by itself");
    },
    WALK_MS,
  );

  it(
    "stops loudly when its token is taken back, and one that was turned on again moves nothing of before",
    async () => {
      const customer = await onFor({ MALICIOUS: "junk" });
      const { tokens } = await my.account(customer);
      for (const token of tokens)
        await house.sandbox.http.request({
          ...{ service: "The sandbox", method: "DELETE", idempotent: false, headers: { "content-type": "application/json" } },
          ...{ url: `${house.sandbox.url}/sandbox/cloudflare/tokens`, body: JSON.stringify({ tenant: customer.tenant.id, id: token.id }) },
        });
      await our.sends(customer, "Missed");
      await our.minutes(customer, 1);
      expect(await our.auto(customer)).toMatchObject({ state: "stopped", problem: { code: "denied" } });
      expect(await our.record(customer)).toEqual([]);
    },
    WALK_MS,
  );

  it("is barred until the step before it is done, and while nothing is chosen", async () => {
    const customer = await our.arrives("retraction-narrow");
    expect(await our.auto(customer)).toMatchObject({ by: "vendor", barred: { step: "auto-retract" } });
    await our.tables(customer, { MALICIOUS: "junk" });
    expect(await house.uc.autoRetract.turnOn(customer.scope, customer.visitor, { isSure: true })).toMatchObject({
      ok: false,
      problem: { code: "not-ready", step: "retraction-authorization" },
    });
  });
});
