import { expect, test } from "vitest";
import { retractionRoles, vendorRegistrations } from "../entra/registrations";
import type { Message } from "../mail/message";
import { remember } from "../mail/store";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { control } from "./index";
import { moveByHand, showMailboxes } from "./mailboxes";

function opened(scenario = "retraction") {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const requestOf = (path: string, body?: unknown) => ({
    ...{ method: body === undefined ? "GET" : "POST", url: new URL(path, "http://127.0.0.1"), headers: {} },
    body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
  });
  const ask = async (path: string, body?: unknown) => {
    const answer = await control(requestOf(path, body), world);
    return { status: answer?.status, body: JSON.parse(String(answer?.body)) };
  };
  const set = (more: object = {}) => ask("/sandbox/vendor-application", { tenant: tenant.id, ...more });
  return { tenant, world, ask, set, requestOf };
}

test("the vendor's application is authorised, narrowed, widened, disabled, revoked and deleted", async () => {
  const { tenant, set, ask } = opened();
  const { clientId: appId } = vendorRegistrations.area1;
  expect((await set()).body.vendorApplication).toMatchObject({ appId, roles: retractionRoles, revokedAt: null });
  expect((await set({ roles: ["Mail.Read"] })).body.vendorApplication.roles).toEqual(["Mail.Read"]);
  expect((await set({ enabled: false })).body.vendorApplication).toMatchObject({ roles: ["Mail.Read"], disabled: true });
  expect((await set({ enabled: true })).body.vendorApplication).not.toHaveProperty("disabled");
  expect((await set({ roles: null })).body.vendorApplication).toMatchObject({ roles: [], revokedAt: expect.any(Number) });
  expect((await set({ product: "cloudflare" })).body.vendorApplication.name).toBe("Email Security Synchronator");
  expect((await ask(`/sandbox/vendor-application?tenant=${tenant.id}`)).body.otherApplications).toMatchObject([{ appId }]);
  expect((await set({ remove: true })).body.vendorApplication).toBeNull();
});

test("a role that there is not is refused, and so is a tenant that there is not", async () => {
  const { set, ask } = opened();
  expect((await set({ roles: ["Mail.Everything"] })).status).toBe(400);
  expect((await ask("/sandbox/vendor-application", { tenant: "nobody" })).status).toBe(404);
  expect((await ask("/sandbox/vendor-application?tenant=nobody")).status).toBe(404);
});

test("consent to it is part of a tenant's state, whatever its object id and time", async () => {
  const { tenant, set, ask } = opened();
  const compare = async (earlier: unknown) => (await ask("/sandbox/compare", { tenant: tenant.id, with: earlier })).body;
  const before = (await ask(`/sandbox/state?tenant=${tenant.id}`)).body;
  await set();
  const { differences } = await compare(before);
  expect(differences).toHaveLength(1);
  expect(differences[0]).toContain("vendorApplication was null, is");
  const after = (await ask(`/sandbox/state?tenant=${tenant.id}`)).body;
  await set({ remove: true });
  expect(await compare(before)).toEqual({ equal: true, differences: [] });
  await set();
  expect(await compare(after)).toEqual({ equal: true, differences: [] });
});

test("a person moves a message, and every folder shows what lies in it", () => {
  const { tenant, world, requestOf } = opened();
  const to = `sales@${tenant.domains[0]?.id}`;
  const message: Message = {
    ...{ id: "1", traceId: "t", at: 1, messageId: "<one@b.example>", mailFrom: "a@b.example", from: "a@b.example", to, mailbox: to },
    ...{ subject: "Offer", raw: "secret", size: 6, fromIp: "203.0.113.7", place: { kind: "folder", folder: "Inbox" }, events: [] },
  };
  remember(world, tenant, "messages", message);
  const move = (more: object) => moveByHand(requestOf("/sandbox/mailboxes/move", { tenant: tenant.id, address: to, ...more }), world);
  const shown = () => JSON.parse(String(showMailboxes(requestOf(`/sandbox/mailboxes?tenant=${tenant.id}`), world).body));
  const folders = () => shown().mailboxes.find((box: { address: string }) => box.address === to).folders;
  for (const folder of ["Junk", "DeletedItems", "Archive", "RecoverableItemsDeletions", "Purges", "ArchiveMailbox", "Inbox"]) {
    expect(move({ messageId: "one@b.example", folder }).status).toBe(200);
    const full = Object.entries<{ subject: string }[]>(folders()).flatMap(([name, held]) => held.map(({ subject }) => [name, subject]));
    expect(full).toEqual([[folder, "Offer"]]);
  }
  expect(JSON.stringify(shown())).not.toContain("secret");
  expect(move({ messageId: "<two@b.example>", folder: "Junk" }).status).toBe(404);
  expect(move({ messageId: "<one@b.example>", address: "nobody@b.example", folder: "Junk" }).status).toBe(404);
  expect(move({ messageId: "<one@b.example>", folder: "Outbox" }).status).toBe(400);
});
