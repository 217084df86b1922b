import { expect, test } from "vitest";
import { authorizeVendor, revokeVendor } from "../entra/vendor-grants";
import { addBurst } from "../history/generated";
import { RETRY_MS, retractDue, setAutoRetract } from "./auto-retract";
import { type Mailed, mailed } from "./mail-testing";
import type { AutoRetract } from "./state";

const table: AutoRetract["table"] = {
  MALICIOUS: "RecoverableItemsPurges",
  SUSPICIOUS: "JunkEmail",
  SPOOF: "DeletedItems",
  SPAM: "RecoverableItemsDeletions",
  BULK: null,
};

function switchedOn(): Mailed {
  const open = mailed("busy-mail", 200);
  setAutoRetract(open.tenant.cloudflare, { on: true, table }, open.world.clock.now());
  open.world.clock.advance(1_000);
  return open;
}
const now = ({ world }: Mailed) => world.clock.now();
const due = (open: Mailed) => retractDue(open.world, open.tenant);

test("new detections go where the table says, each recipient once, in the record as the vendor's own", async () => {
  const open = switchedOn();
  for (const disposition of ["MALICIOUS", "MALICIOUS-BEC", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"] as const)
    addBurst(open.tenant, { count: 1, disposition, at: now(open) });
  await Promise.all([due(open), due(open)]);
  await due(open);
  const moves = open.tenant.cloudflare.moves;
  expect(new Set(moves.map(({ by, requestedBy, success }) => `${by} ${requestedBy} ${success}`))).toEqual(
    new Set(["vendor auto-retract true"]),
  );
  const rows = await open.find({ detections_only: "true" });
  const fresh = rows.slice(0, 6);
  const wanted = fresh.flatMap(({ id, final_disposition, client_recipients }) => {
    const [, destination] = Object.entries(table).find(([name]) => final_disposition.startsWith(name)) ?? [];
    return destination ? client_recipients.map((recipient) => `${id} ${recipient} ${destination}`) : [];
  });
  expect(moves.map(({ messageId, recipient, destination }) => `${messageId} ${recipient} ${destination}`).sort()).toEqual(wanted.sort());
  const log = (await open.mail("GET", `/${moves[0]?.messageId}/action_log`)).body.result;
  expect(log[0]["properties"]["requested_by"]).toBe("auto-retract");
});

test("journaled mail and mail by MX are moved; what is older, clean or held is not", async () => {
  const open = switchedOn();
  const to = `employee@${open.tenant.domains[0]?.id}`;
  const byMx = await open.byMx([to], "SPOOF");
  await open.byMx([to], "NONE");
  await open.byMx([to], "MALICIOUS");
  await due(open);
  expect(open.tenant.cloudflare.moves).toMatchObject([{ messageId: byMx.id, recipient: to, destination: "DeletedItems", success: true }]);
});

test("what somebody moved before is left alone", async () => {
  const open = switchedOn();
  addBurst(open.tenant, { count: 1, disposition: "SUSPICIOUS", at: now(open) });
  const [row] = await open.find({ final_disposition: "SUSPICIOUS" });
  await open.move([row?.id ?? ""], "DeletedItems");
  await due(open);
  expect(new Set(open.tenant.cloudflare.moves.map(({ by }) => by))).toEqual(new Set(["api"]));
});

test("what failed is tried again after five minutes, and not once more when it worked", async () => {
  const open = switchedOn();
  revokeVendor(open.tenant, now(open));
  addBurst(open.tenant, { count: 1, disposition: "SPAM", at: now(open) });
  await due(open);
  const [row] = await open.find({ final_disposition: "SPAM" });
  const recipients = row?.client_recipients.length ?? 0;
  expect(open.tenant.cloudflare.moves.map(({ status }) => status)).toEqual(Array(recipients).fill("unauthorized"));
  authorizeVendor(open.tenant, "cloudflare", now(open));
  open.world.clock.advance(RETRY_MS - 1);
  await due(open);
  expect(open.tenant.cloudflare.moves).toHaveLength(recipients);
  open.world.clock.advance(1);
  await due(open);
  open.world.clock.advance(RETRY_MS);
  await due(open);
  expect(open.tenant.cloudflare.moves.map(({ success }) => success)).toEqual([
    ...Array(recipients).fill(false),
    ...Array(recipients).fill(true),
  ]);
});

test("a verdict that comes late counts from when it came; switched off, nothing is moved", async () => {
  const open = switchedOn();
  const rows = await open.find({ final_disposition: "NONE" });
  const [row] = rows.filter(({ client_recipients }) => client_recipients.length === 1);
  open.tenant.cloudflare.verdicts[row?.id ?? ""] = { disposition: "SUSPICIOUS", at: now(open) };
  await due(open);
  expect(open.tenant.cloudflare.moves).toMatchObject([{ messageId: row?.id, destination: "JunkEmail" }]);
  expect(await open.find({ message_id: row?.message_id ?? "" })).toMatchObject([{ final_disposition: "SUSPICIOUS" }]);
  setAutoRetract(open.tenant.cloudflare, { on: false }, now(open));
  addBurst(open.tenant, { count: 1, disposition: "SPAM", at: now(open) });
  await due(open);
  setAutoRetract(open.tenant.cloudflare, { on: true }, now(open) + 1);
  await due(open);
  expect(open.tenant.cloudflare.moves).toHaveLength(1);
});
