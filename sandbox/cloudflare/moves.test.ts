import { expect, test } from "vitest";
import { revokeVendor } from "../entra/vendor-grants";
import { type Mailed, mailed } from "./mail-testing";

const detection = async (open: Mailed, query: Record<string, string> = {}) => {
  const rows = await open.find({ final_disposition: "SUSPICIOUS", ...query });
  const [row] = rows.filter((one) => one.client_recipients.every((to) => !to.startsWith("sales@")));
  if (!row) throw new Error("nothing found");
  return row;
};
const several = async (open: Mailed) => {
  const rows = await open.find({ final_disposition: "SPAM" });
  const row = rows.find(({ client_recipients }) => client_recipients.length > 2);
  if (!row) throw new Error("no message to several");
  return row;
};

test("a move is carried out for each recipient, answered for each, and on record for each", async () => {
  const open = mailed("busy-mail");
  const row = await several(open);
  const results = await open.move([row.id], "JunkEmail");
  const wanted = { success: true, message_id: row.id, destination: "JunkEmail", status: "success" };
  expect(results).toMatchObject(row.client_recipients.map((recipient) => ({ ...wanted, recipient })));
  expect(open.tenant.cloudflare.moves).toMatchObject(
    row.client_recipients.map((recipient) => ({ messageId: row.id, recipient, by: "api", requestedBy: "Everything", success: true })),
  );
  const lies = row.client_recipients.map((recipient) => open.tenant.mail.moved[`${row.message_id} ${recipient}`]);
  expect(new Set(lies)).toEqual(new Set(["Junk"]));
});

test("a second request for the same place succeeds, moves nothing and is on record too", async () => {
  for (const destination of ["JunkEmail", "RecoverableItemsDeletions", "RecoverableItemsPurges"]) {
    const open = mailed("busy-mail");
    const row = await detection(open);
    const [first] = await open.move([row.id], destination);
    const [second] = await open.move([row.id], destination);
    expect([destination, first?.status, second?.status]).toEqual([destination, "success", "success"]);
    expect(open.tenant.cloudflare.moves.filter(({ recipient }) => recipient === row.client_recipients[0])).toHaveLength(2);
  }
});

test("a message is put back into the Inbox from where a person could get it, too", async () => {
  const open = mailed("busy-mail");
  const row = await detection(open);
  for (const destination of ["DeletedItems", "Inbox", "RecoverableItemsDeletions", "Inbox"]) {
    const results = await open.move([row.id], destination);
    expect([destination, results.map(({ success }) => success)]).toEqual([destination, results.map(() => true)]);
  }
});

test("one message is moved at its own address, also where the id's colons are escaped", async () => {
  const open = mailed("busy-mail");
  const row = await detection(open);
  expect(row.id).toContain(":");
  const escaped = await open.mail("POST", `/${encodeURIComponent(row.id)}/move`, { destination: "DeletedItems" });
  const plain = await open.mail("POST", `/${row.id}/move`, { destination: "DeletedItems" });
  expect([escaped.status, plain.status]).toEqual([200, 200]);
  expect((await open.mail("POST", "/4Njp3P0STMz2-2024-01-05T10:00:00-12345678/move", { destination: "Inbox" })).status).toBe(404);
});

test("an unknown id is a failure of its own among the others", async () => {
  const open = mailed("busy-mail");
  const row = await detection(open);
  const results = await open.move(["nothing", row.id], "JunkEmail");
  expect(results[0]).toMatchObject({ success: false, status: "not_found", message_id: "nothing" });
  expect(results[1]).toMatchObject({ success: true, message_id: row.id });
  expect(open.tenant.cloudflare.moves.map(({ messageId }) => messageId)).not.toContain("nothing");
});

test("more than a thousand ids, another folder, and what the contract doesn't know are refused, and nothing is moved", async () => {
  const open = mailed("busy-mail");
  const { id } = await detection(open);
  const statusOf = async (body: unknown) => (await open.mail("POST", "/move", body)).status;
  expect(await statusOf({ destination: "JunkEmail", ids: Array.from({ length: 1_001 }, () => id) })).toBe(400);
  expect(await statusOf({ destination: "Archive", ids: [id] })).toBe(400);
  expect(await statusOf({ destination: "JunkEmail" })).toBe(400);
  expect(await statusOf({ destination: "JunkEmail", ids: [id], force: true })).toBe(400);
  expect((await open.mail("GET", "?final_disposition=MALICIOUS-BEC")).status).toBe(400);
  expect((await open.mail("GET", `/${id}?everything=true`)).status).toBe(400);
  expect(open.tenant.cloudflare.moves).toEqual([]);
});

test("reading mail lets nobody move, release or preview it by mailbox; without the product there is nothing", async () => {
  const open = mailed("busy-mail");
  const { id } = await detection(open);
  const reader = open.token("Email Security Read");
  const writes: [string, unknown][] = [
    ["/move", { destination: "JunkEmail", ids: [id] }],
    [`/${id}/move`, { destination: "JunkEmail" }],
    ["/release", { ids: [id] }],
    ["/preview", { id }],
    [`/${id}/reclassify`, { expected_disposition: "NONE" }],
    ["/bulk", { action: "RELEASE", search_params: {} }],
  ];
  for (const [path, body] of writes) expect([path, (await open.mail("POST", path, body, reader)).status]).toEqual([path, 403]);
  for (const rest of ["", "/raw", "/preview", "/detections", "/trace", "/action_log"])
    expect([rest, (await open.mail("GET", `/${id}${rest}`, undefined, reader)).status]).toEqual([rest, 200]);
  open.tenant.cloudflare.traits.hasEmailSecurity = false;
  expect((await open.mail("GET", `/${id}`)).status).toBe(403);
  expect(open.tenant.cloudflare.moves).toEqual([]);
});

test("without consent a move fails for each recipient inside a 200", async () => {
  const open = mailed("busy-mail");
  revokeVendor(open.tenant, open.world.clock.now());
  const row = await several(open);
  const results = await open.move([row.id], "JunkEmail");
  expect(results.map(({ success, status }) => [success, status])).toEqual(row.client_recipients.map(() => [false, "unauthorized"]));
  expect((await open.find({ delivery_status: "move_failed" })).map(({ id }) => id)).toEqual([row.id]);
});

test("a copy in a list's name and one that the vendor holds are nobody's to move", async () => {
  const open = mailed("busy-mail");
  const [toList] = await open.find({ recipient: `sales@${open.tenant.domains[0]?.id}`, delivery_status: "delivered" });
  const [held] = await open.find({ delivery_status: "quarantined" });
  expect(await open.move([toList?.id ?? ""], "JunkEmail")).toMatchObject([{ success: false, status: "group_address" }]);
  const results = await open.move([held?.id ?? ""], "JunkEmail");
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["not_found"]));
});

test("the search follows a move after the index's delay; the action log says at once who asked for it", async () => {
  const open = mailed("busy-mail");
  open.tenant.cloudflare.traits.indexMs = 30_000;
  const row = await detection(open);
  await open.move([row.id], "JunkEmail");
  const now = async () => (await open.mail("GET", `/${row.id}`)).body.result;
  expect(await now()).toMatchObject({ delivery_status: ["delivered"], post_delivery_operations: [] });
  expect(await open.find({ message_action: "MOVED" })).toEqual([]);
  const log = (await open.mail("GET", `/${row.id}/action_log`)).body.result;
  const properties = { folder: "JunkEmail", requested_by: "Everything", recipient: row.client_recipients[0] };
  expect(log[0]).toMatchObject({ operation: "MOVE", success: true, status: "success", properties });
  open.world.clock.advance(30_000);
  expect(await now()).toMatchObject({ delivery_status: ["delivered", "moved"], post_delivery_operations: ["MOVE"] });
  expect((await open.find({ message_action: "MOVED" })).map(({ id }) => id)).toEqual([row.id]);
  expect((await open.find({ delivery_status: "moved" })).map(({ id }) => id)).toEqual([row.id]);
});

test("a lying service says that it moved and released, and did nothing", async () => {
  const open = mailed("busy-mail");
  const row = await detection(open);
  const [held] = await open.find({ delivery_status: "quarantined" });
  open.world.faults.add({ tenant: open.tenant.id, service: "cloudflare", kind: "lie", match: "POST" });
  expect(await open.move([row.id], "JunkEmail")).toMatchObject(row.client_recipients.map(() => ({ success: true })));
  await open.mail("POST", "/release", { ids: [held?.id] });
  open.world.faults.clear();
  expect([open.tenant.cloudflare.moves, open.tenant.cloudflare.actions, open.tenant.mail.moved]).toEqual([[], [], {}]);
  expect(await open.find({ delivery_status: "quarantined" })).toContainEqual(held);
});

test("mail to several people by MX is one message with several recipients", async () => {
  const open = mailed("busy-mail");
  const to = ["employee", "person-00001"].map((name) => `${name}@${open.tenant.domains[0]?.id}`);
  const row = await open.byMx(to, "SPAM");
  expect(row).toMatchObject({ client_recipients: to, final_disposition: "SPAM", delivery_status: ["delivered"] });
  const results = await open.move([row.id], "DeletedItems");
  expect(results.map(({ recipient, success }) => [recipient, success])).toEqual(to.map((one) => [one, true]));
});
