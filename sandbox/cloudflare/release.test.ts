import { expect, test } from "vitest";
import { mailed } from "./mail-testing";

type Released = { id: string; delivered: string[]; failed: string[]; undelivered: string[] };

test("a message that the vendor holds is delivered when it is released, whichever way the ids are sent", async () => {
  for (const wrap of [(id: string) => ({ ids: [id] }), (id: string) => [id]]) {
    const open = mailed("busy-mail");
    const to = `employee@${open.tenant.domains[0]?.id}`;
    const row = await open.byMx([to], "MALICIOUS");
    expect(row).toMatchObject({ is_quarantined: true, delivery_status: ["quarantined"] });
    const arrived = () => open.tenant.mail.messages.filter(({ messageId }) => messageId === row.message_id);
    expect(arrived()).toEqual([]);
    const [result]: Released[] = (await open.mail("POST", "/release", wrap(row.id))).body.result;
    expect(result).toEqual({ id: row.id, delivered: [to], failed: [], undelivered: [] });
    expect(arrived()).toHaveLength(1);
    const after = { is_quarantined: false, delivery_status: ["delivered"], post_delivery_operations: ["QUARANTINE_RELEASE"] };
    expect(await open.find({ message_id: row.message_id })).toMatchObject([after]);
    expect((await open.find({ message_action: "QUARANTINE_RELEASED" })).map(({ id }) => id)).toEqual([row.id]);
  }
});

test("what a broken next hop does not take stays a failure", async () => {
  const open = mailed("busy-mail");
  const to = `employee@${open.tenant.domains[0]?.id}`;
  const row = await open.byMx([to], "MALICIOUS");
  for (const domain of open.tenant.cloudflare.domains) domain.transport = "nowhere.example";
  const [result]: Released[] = (await open.mail("POST", "/release", { ids: [row.id] })).body.result;
  expect(result).toMatchObject({ delivered: [], failed: [to] });
  expect((await open.mail("GET", `/${row.id}/action_log`)).body.result).toMatchObject([
    { operation: "QUARANTINE_RELEASE", success: false },
  ]);
});

test("made-up mail leaves the quarantine for good, and can be moved from then on", async () => {
  const open = mailed("busy-mail");
  const held = await open.find({ delivery_status: "quarantined" });
  const [row] = held;
  const [result]: Released[] = (await open.mail("POST", "/release", { ids: [row?.id] })).body.result;
  expect(result?.delivered).toEqual(row?.client_recipients);
  expect(await open.find({ delivery_status: "quarantined" })).toHaveLength(held.length - 1);
  expect((await open.move([row?.id ?? ""], "JunkEmail")).every(({ status }) => status !== "not_found")).toBe(true);
});

test("what is not held, or not known, is released to nobody", async () => {
  const open = mailed("busy-mail");
  const [row] = await open.find({ delivery_status: "delivered" });
  const results: Released[] = (await open.mail("POST", "/release", { ids: [row?.id, "nothing"] })).body.result;
  expect(results).toEqual([
    { id: row?.id, delivered: [], failed: [], undelivered: row?.client_recipients },
    { id: "nothing", delivered: [], failed: [], undelivered: [] },
  ]);
  expect(open.tenant.cloudflare.actions).toEqual([]);
});
