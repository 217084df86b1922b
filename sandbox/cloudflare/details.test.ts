import { expect, test } from "vitest";
import { revokeVendor } from "../entra/vendor-grants";
import { faults } from "../openapi";
import { operations, schemas } from "./contract";
import { mailed } from "./mail-testing";

const fits = (id: string, body: unknown) => {
  const answer = operations.find((one) => one.id === id)?.answer;
  return answer ? faults(body, answer, { schemas }) : ["no such operation"];
};

test("every answer about a message is as the contract has it", async () => {
  const open = mailed("busy-mail");
  const [row] = await open.find({ final_disposition: "MALICIOUS", delivery_status: "delivered" });
  const id = row?.id ?? "";
  const calls: [string, string, string, unknown?][] = [
    ["emailSecurity.investigate.get", "GET", `/${id}`],
    ["emailSecurity.investigate.detections.get", "GET", `/${id}/detections`],
    ["emailSecurity.investigate.trace.get", "GET", `/${id}/trace`],
    ["emailSecurity.investigate.raw.get", "GET", `/${id}/raw`],
    ["emailSecurity.investigate.preview.get", "GET", `/${id}/preview`],
    ["emailSecurity.investigate.move.create", "POST", `/${id}/move`, { destination: "JunkEmail" }],
    ["emailSecurity.investigate.move.bulk", "POST", "/move", { destination: "JunkEmail", ids: [id, "nothing"] }],
    ["emailSecurity.investigate.release.bulk", "POST", "/release", { ids: [id] }],
    ["emailSecurity.investigate.reclassify.create", "POST", `/${id}/reclassify`, { expected_disposition: "NONE" }],
    ["email_security_get_message_action_log", "GET", `/${id}/action_log`],
  ];
  for (const [operation, method, path, body] of calls)
    expect([operation, fits(operation, (await open.mail(method, path, body)).body)]).toEqual([operation, []]);
  for (const [one, shape] of [
    [`/${id}`, "Investigate"],
    [`/${id}/detections`, "Detection"],
    [`/${id}/trace`, "Trace"],
  ]) {
    const { body } = await open.mail("GET", one);
    const schema = { $ref: `#/components/schemas/EmailSecurity${shape}` };
    expect([shape, faults(body.result, schema, { schemas, closed: true })]).toEqual([shape, []]);
  }
});

test("bodies and pictures are kept of detections alone", async () => {
  const open = mailed("busy-mail");
  const [clean] = await open.find({ final_disposition: "NONE" });
  const statuses = ["/raw", "/detections", "/preview"].map(async (rest) => (await open.mail("GET", `/${clean?.id}${rest}`)).status);
  expect(await Promise.all(statuses)).toEqual([404, 404, 400]);
  const [spam] = await open.find({ final_disposition: "SPAM" });
  const { raw } = (await open.mail("GET", `/${spam?.id}/raw`)).body.result;
  expect(raw).toContain(`Message-ID: ${spam?.message_id}`);
  const { screenshot } = (await open.mail("GET", `/${spam?.id}/preview`)).body.result;
  expect(Buffer.from(screenshot, "base64").toString("latin1", 1, 4)).toBe("PNG");
  expect((await open.find({ message_action: "PREVIEW" })).map(({ id }) => id)).toEqual([spam?.id]);
});

test("the picture of clean mail comes from the mailbox: while it lies in the Inbox and the application may read", async () => {
  const open = mailed("busy-mail");
  const rows = await open.find({ final_disposition: "NONE" });
  const [row] = rows.filter(({ client_recipients }) => client_recipients.length === 1);
  const status = async (body: unknown) => (await open.mail("POST", "/preview", body)).status;
  expect([await status({ id: row?.id }), await status({ postfix_id: row?.id.slice(0, 12) })]).toEqual([200, 200]);
  await open.move([row?.id ?? ""], "DeletedItems");
  expect(await status({ id: row?.id })).toBe(400);
  await open.move([row?.id ?? ""], "Inbox");
  expect(await status({ id: row?.id })).toBe(200);
  revokeVendor(open.tenant, open.world.clock.now());
  expect(await status({ id: row?.id })).toBe(400);
});

test("the original of mail by MX is the one that came", async () => {
  const open = mailed("busy-mail");
  const row = await open.byMx([`employee@${open.tenant.domains[0]?.id}`], "MALICIOUS");
  const { raw } = (await open.mail("GET", `/${row.id}/raw`)).body.result;
  expect(raw).toContain("X-Sandbox-Verdict: MALICIOUS");
  const pending = (await open.mail("GET", `/${row.id}/trace`)).body.result["outbound"];
  expect(pending).toEqual({ lines: [], pending: true });
  open.world.clock.advance(2_000);
  const { lines } = (await open.mail("GET", `/${row.id}/trace`)).body.result["outbound"];
  expect(lines[0]["message"]).toContain("status=quarantined");
});
