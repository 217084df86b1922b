import { expect, test } from "vitest";
import { faults } from "../openapi";
import { MESSAGE_MS, WORKS_AFTER_MS } from "./bulk-work";
import { operations, schemas } from "./contract";
import { type Mailed, mailed } from "./mail-testing";

type Job = { job_id: string; status: string; total_messages_discovered: number; [counter: string]: unknown };
const create = async (open: Mailed, body: unknown) => open.mail("POST", "/bulk", body);
const get = async (open: Mailed, id: string): Promise<Job> => (await open.mail("GET", `/bulk/${id}`)).body.result;
const spam = { final_disposition: "SPAM", delivery_status: "delivered" };
const recent = (open: Mailed) => ({ ...spam, start: new Date(open.world.clock.now() - 20 * 86_400_000).toISOString() });

test("a job discovers and moves by the sandbox's clock, and its counters add up at every moment", async () => {
  const open = mailed("busy-mail");
  const made = await create(open, {
    action: "MOVE",
    destination: "JunkEmail",
    search_params: recent(open),
    comment: "Spam of twenty days",
  });
  expect(made.status).toBe(201);
  const { job_id: id }: Job = made.body.result;
  const rows = await open.find(recent(open));
  const copies = rows.reduce((sum, { client_recipients }) => sum + client_recipients.length, 0);
  expect((await get(open, id)).status).toBe("PENDING");
  open.world.clock.advance(WORKS_AFTER_MS - 500);
  expect((await get(open, id)).status).toBe("DISCOVERING");
  open.world.clock.advance(500 + 10 * MESSAGE_MS + 5);
  const middle = await get(open, id);
  expect(middle).toMatchObject({ status: "PROCESSING", total_messages_discovered: copies });
  const parts = ["pending", "successful", "failed", "skipped", "cancelled"].map((name) => Number(middle[`messages_${name}`]));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(copies);
  expect(open.tenant.cloudflare.moves.length).toBeLessThan(copies);
  open.world.clock.advance(copies * MESSAGE_MS);
  expect(await get(open, id)).toMatchObject({ status: "COMPLETED", messages_pending: 0 });
  expect(open.tenant.cloudflare.moves).toHaveLength(copies);
});

test("a release by search lets go what is held", async () => {
  const open = mailed("hostile-mail");
  const { job_id: id }: Job = (
    await create(open, { action: "RELEASE", search_params: { delivery_status: "quarantined", start: "2020-01-01T00:00:00Z" } })
  ).body.result;
  expect((await open.find({ delivery_status: "quarantined", start: "2020-01-01T00:00:00Z" })).length).toBeGreaterThan(5);
  open.world.clock.advance(60_000);
  expect((await get(open, id)).status).toBe("COMPLETED");
  expect(await open.find({ delivery_status: "quarantined", start: "2020-01-01T00:00:00Z" })).toEqual([]);
});

test("a job that is stopped leaves the rest, stays in the list, and only then can be deleted", async () => {
  const open = mailed("busy-mail");
  const { job_id: id }: Job = (await create(open, { action: "MOVE", destination: "JunkEmail", search_params: recent(open) })).body.result;
  open.world.clock.advance(WORKS_AFTER_MS + 5 * MESSAGE_MS);
  expect((await open.mail("DELETE", `/bulk/${id}`)).status).toBe(409);
  const cancelled: Job = (await open.mail("POST", `/bulk/${id}/cancel`)).body.result;
  expect(cancelled).toMatchObject({ status: "CANCELLED", messages_pending: 0 });
  open.world.clock.advance(600_000);
  expect((await get(open, id))["messages_cancelled"]).toBe(cancelled["messages_cancelled"]);
  expect((await open.mail("GET", "/bulk?status=CANCELLED")).body.result).toMatchObject([{ job_id: id }]);
  expect((await open.mail("POST", `/bulk/${id}/cancel`)).status).toBe(409);
  expect((await open.mail("DELETE", `/bulk/${id}`)).body.result).toEqual({ id });
  expect((await open.mail("GET", `/bulk/${id}`)).status).toBe(404);
});

test("its messages are listed one a recipient, and every answer is as the contract has it", async () => {
  const open = mailed("busy-mail");
  const made = await create(open, { action: "MOVE", destination: "JunkEmail", search_params: recent(open) });
  const { job_id: id }: Job = made.body.result;
  open.world.clock.advance(WORKS_AFTER_MS + 5 * MESSAGE_MS);
  const list = await open.mail("GET", `/bulk/${id}/messages?status=COMPLETED`);
  expect(list.body.result).toHaveLength(5);
  const fits = (name: string, body: unknown) => {
    const answer = operations.find((one) => one.id === `emailSecurity.investigate.bulk.${name}`)?.answer;
    return answer ? faults(body, answer, { schemas }) : ["no such operation"];
  };
  expect(fits("create", made.body)).toEqual([]);
  expect(fits("list", (await open.mail("GET", "/bulk")).body)).toEqual([]);
  expect(fits("get", (await open.mail("GET", `/bulk/${id}`)).body)).toEqual([]);
  expect(fits("messages.list", list.body)).toEqual([]);
});

test("a move without a folder is refused", async () => {
  const open = mailed("busy-mail");
  expect((await create(open, { action: "MOVE", search_params: {} })).status).toBe(400);
  expect((await create(open, { action: "MOVE", destination: "JunkEmail", search_params: { everything: true } })).status).toBe(400);
  expect((await create(open, { action: "RELEASE", search_params: { start: "yesterday" } })).status).toBe(400);
  expect(open.tenant.cloudflare.jobs).toEqual([]);
});
