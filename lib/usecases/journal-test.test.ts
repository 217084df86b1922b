/** A test message for journaling, and numbers typed from the dashboard, over the whole house. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { flowSettings } from "@/lib/steps/journal-flow-settings";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, verbs } from "./testing";

let house: Practice;
let does: ReturnType<typeof verbs>;
let customer: Customer;
let domain: string;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());
beforeEach(async () => {
  customer = await house.customer("fresh");
  [domain = ""] = await does.chooseDomains(customer);
});

const kept = async () => flowSettings.parse((await house.deps.store.settings.all(customer.scope))["journal-flow"]?.value ?? {});
const send = (to: string) => house.uc.journalTest.send(customer.scope, customer.visitor, to);

it("both messages of the proof are looked for by their ids", async () => {
  expect(await send(`employee@${domain}`)).toMatchObject({ ok: true });
  const { sent } = await kept();
  const proof = await house.deps.store.mailProofs.latest(customer.scope);
  expect(sent).toEqual({
    messageIds: [proof?.legs.mx.messageId, proof?.legs.direct.messageId],
    at: proof?.madeAt,
    to: `employee@${domain}`,
  });
  expect((await does.fresh(customer, "journal-flow")).checks.map((c) => c.id)).toContain("rule/us");
});

it("a mailbox of somebody else gets nothing, and nothing is kept", async () => {
  expect(await send("somebody@elsewhere.example")).toMatchObject({ ok: false, fields: { to: expect.any(String) } });
  expect((await kept()).sent).toBeNull();
});

it("numbers are kept with their time, in the order they were typed", async () => {
  expect(await house.uc.journalTest.count(customer.scope, "1,204")).toMatchObject({ ok: true });
  await does.wait(5 * MINUTE);
  expect(await house.uc.journalTest.count(customer.scope, "1 310")).toMatchObject({ ok: true });
  const { counts } = await kept();
  expect(counts.map(({ total }) => total)).toEqual([1204, 1310]);
  expect((counts[1]?.at ?? 0) - (counts[0]?.at ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE);
  expect(await house.uc.journalTest.count(customer.scope, "many")).toMatchObject({ ok: false, fields: { count: expect.any(String) } });
});
