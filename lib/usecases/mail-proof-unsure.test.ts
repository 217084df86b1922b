/** What nobody can know of a test message, and what happens when a worker dies: never sent twice, and said so. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import { ends, proofVerbs } from "./mail-proof-testing";
import { type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof proofVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = proofVerbs(house, I);
});
afterAll(() => house.stop());

describe("what cannot be known", () => {
  it("a worker that dies between intent and outcome leaves “not sure”, and nobody sends it again", async () => {
    const { customer, to } = await my.ready();
    let calls = 0;
    const killed = () => {
      calls += 1;
      return Promise.reject(new Error("killed"));
    };
    const deps: Deps = { ...house.deps, testMail: { ...house.deps.testMail, send: killed } };
    expect(await house.uc.mailProof.send(customer.scope, customer.visitor, to)).toMatchObject({ ok: true });
    await expect(my.work(customer, cutover(deps))).rejects.toThrow("killed");
    await my.work(customer);
    const proof = await my.proofOf(customer);
    expect(calls).toBe(1);
    expect(ends(proof)).toEqual({ mx: "unsure", direct: "delivered" });
    const sent = await I.received(customer);
    expect(sent.filter((one) => one.service === "smtp" && one.method === "DATA")).toHaveLength(1);
    expect(await my.said(customer)).toContainEqual(expect.stringContaining("does not send it again"));
  });

  it("a message that was cut off and yet arrived is seen in message trace", async () => {
    const { customer, to } = await my.ready();
    const { send: really } = house.deps.testMail;
    const deps: Deps = {
      ...house.deps,
      testMail: {
        ...house.deps.testMail,
        send: async (host, letter) => {
          await really(host, letter);
          throw new Error("killed");
        },
      },
    };
    await house.uc.mailProof.send(customer.scope, customer.visitor, to);
    await expect(my.work(customer, cutover(deps))).rejects.toThrow("killed");
    await my.work(customer);
    expect(ends(await my.proofOf(customer))).toEqual({ mx: "delivered", direct: "delivered" });
  });

  it("two workers send two messages, not four", async () => {
    const { customer, to } = await my.ready();
    await house.uc.mailProof.send(customer.scope, customer.visitor, to);
    await Promise.all([my.work(customer), my.work(customer), my.work(customer)]);
    const sent = await I.received(customer);
    expect(sent.filter((one) => one.service === "smtp" && one.method === "DATA")).toHaveLength(2);
  });

  it("pressed twice, it is busy while two are being sent, and sends again afterwards", async () => {
    const at = await my.ready();
    const both = await Promise.all([
      house.uc.mailProof.send(at.customer.scope, at.customer.visitor, at.to),
      house.uc.mailProof.send(at.customer.scope, at.customer.visitor, at.to),
    ]);
    expect(both.map((answer) => answer.ok).toSorted()).toEqual([false, true]);
    await my.work(at.customer);
    const first = await my.proofOf(at.customer);
    expect((await my.send(at)).id).not.toBe(first.id);
  });

  it("what message trace does not show yet is looked for again, later and later, and in the end said to be missing", async () => {
    const at = await my.ready();
    await my.switched(at);
    const nothing = async () => ({ ok: true as const, value: [] });
    const deps: Deps = {
      ...house.deps,
      testMail: { ...house.deps.testMail, traces: { byMessageId: nothing, byAddresses: nothing, events: nothing } },
    };
    const blind = cutover(deps);
    await house.uc.mailProof.send(at.customer.scope, at.customer.visitor, at.to);
    await my.work(at.customer, blind);
    expect(ends(await my.proofOf(at.customer))).toEqual({ mx: "on-its-way", direct: "on-its-way" });
    const row = await house.deps.store.mailProofs.latest(at.customer.scope);
    await I.wait(MINUTE);
    expect(I.worker().timesGiven({ proof: row?.id ?? "" })).toBe(0);
    const worker = I.worker();
    await worker.due();
    expect(worker.timesGiven({ proof: row?.id ?? "" })).toBe(1);
    await I.wait(3 * HOUR);
    await my.work(at.customer, blind);
    const proof = await my.proofOf(at.customer);
    expect(proof.isOpen).toBe(false);
    expect(ends(proof)).toEqual({ mx: "lost", direct: "handed-over" });
  });

  it("a message trace that fails is said, and adds no verdict", async () => {
    const { customer, to } = await my.ready();
    const fails = async () => no("denied", "Message trace is not for this application.", { fix: "Give it the role." });
    const traces = { byMessageId: fails, byAddresses: fails, events: fails };
    await house.uc.mailProof.send(customer.scope, customer.visitor, to);
    await my.work(customer, cutover({ ...house.deps, testMail: { ...house.deps.testMail, traces } }));
    const proof = await my.proofOf(customer);
    expect(proof.checks.filter((check) => check.verdict === "fail")).toEqual([]);
    expect(proof.checks.find((check) => check.id === "mx/arrived")).toMatchObject({ verdict: "unknown" });
  });

  it("without access the servers' words and pasted headers are all there is, and that is enough", async () => {
    const customer = await house.customer("fresh", { access: "without" });
    const [domain = ""] = await I.chooseDomains(customer);
    expect(await house.uc.mailProof.send(customer.scope, customer.visitor, `employee@${domain}`)).toMatchObject({
      ok: false,
      fields: { to: expect.stringContaining("Name your own mailbox") },
    });
    const proof = await my.send({ customer, domain, to: customer.visitor.upn });
    expect(proof.isOpen).toBe(false);
    expect(ends(proof).mx).toBe("handed-over");
    const pasted = await my.paste(customer, await my.rawOf(customer, "mx"));
    expect(ends(pasted.proof).mx).toBe("delivered");
  });
});
