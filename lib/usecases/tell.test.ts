/** Whoever asked is mailed once when the wait is over, and nobody else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, verbs } from "./testing";

let house: Practice;
let person: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  person = verbs(house);
}, 60_000);
afterAll(() => house.stop());

const STEP = "mx-ttl";
const outboxShape = z.array(z.looseObject({ to: z.array(z.string()), subject: z.string(), raw: z.string() }));
const mailTo = async (address: string) => outboxShape.parse(await person.read("outbox")).filter((mail) => mail.to.includes(address));

const colleague = ({ visitor }: Customer, name: string) => `${name}@${visitor.upn.split("@")[1] ?? ""}`;

/** Its TTL was short when we first looked, so the step waits for a day. */
async function waiting(): Promise<Customer> {
  const customer = await house.customer("hand-made");
  await person.chooseDomains(customer);
  expect(await person.status(customer, STEP)).toBe("waiting");
  return customer;
}

async function over(customer: Customer): Promise<void> {
  await person.wait(DAY + 60_000);
  await person.sweep(customer);
  await house.uc.work.tell({ tenant: customer.scope.tenant, step: STEP, end: "done" });
}

describe("mail me when this is done", () => {
  it("sends one mail, names the step and where it is, and is then forgotten", async () => {
    const customer = await waiting();
    const address = colleague(customer, "waiting");
    expect(await house.uc.tellMe(customer.scope, customer.visitor, STEP, ` ${address} `)).toMatchObject({ ok: true });
    expect(await person.stored(customer, STEP)).toMatchObject({ told: [address] });
    expect(await mailTo(address)).toEqual([]);
    await over(customer);
    await house.uc.work.tell({ tenant: customer.scope.tenant, step: STEP, end: "done" });
    const mails = await mailTo(address);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.raw).toContain(`/t/${customer.scope.tenant}/inline/mx-ttl`);
    expect(await person.stored(customer, STEP)).toMatchObject({ told: [] });
  });

  it("is given out as a job when the watch ends, and not before", async () => {
    const customer = await waiting();
    await house.uc.tellMe(customer.scope, customer.visitor, STEP, colleague(customer, "job"));
    const given: unknown[] = [];
    const { store } = house.deps;
    const together: typeof store.together = (scope, work) =>
      store.together(scope, (groups) =>
        work({ ...groups, jobs: { ...groups.jobs, enqueue: async (_, job) => void given.push(job.task) } }),
      );
    const { cutover } = await import("./cutover");
    const watching = cutover({ ...house.deps, store: { ...store, together } });
    await watching.work.lookAgain({ tenant: customer.scope.tenant, step: STEP });
    expect(given).toEqual([]);
    await person.wait(DAY + 60_000);
    await watching.work.lookAgain({ tenant: customer.scope.tenant, step: STEP });
    expect(given).toEqual(["tell"]);
  });

  it("refuses what is no single address, and keeps nothing of it", async () => {
    const customer = await waiting();
    for (const typed of ["", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", `${"x".repeat(65)}@b.example`])
      expect(await house.uc.tellMe(customer.scope, customer.visitor, STEP, typed)).toMatchObject({
        ok: false,
        fields: { address: expect.any(String) },
      });
    expect(await person.stored(customer, STEP)).toMatchObject({ told: [] });
  });

  it("sends nothing to strangers", async () => {
    const customer = await waiting();
    expect(await house.uc.tellMe(customer.scope, customer.visitor, STEP, "somebody@stranger.example")).toMatchObject({
      ok: false,
      problem: { say: "Cutover sends mail to colleagues only." },
    });
    expect(await person.stored(customer, STEP)).toMatchObject({ told: [] });
  });

  it("sends nothing to whoever changed their mind", async () => {
    const customer = await waiting();
    await house.uc.tellMe(customer.scope, customer.visitor, STEP, colleague(customer, "gone"));
    await house.uc.tellNobody(customer.scope, STEP);
    await over(customer);
    expect(await mailTo(colleague(customer, "gone"))).toEqual([]);
  });
});
