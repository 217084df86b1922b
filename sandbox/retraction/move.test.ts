import { beforeEach, describe, expect, test } from "vitest";
import { authorizeVendor, enableVendor, removeVendor, revokeVendor } from "../entra/vendor-grants";
import { addBurst, generatedMessage } from "../history/generated";
import { copiesCalled, moveCopy } from "../mail/copies";
import { mailboxes } from "../mail/mailboxes";
import type { Folder, Message } from "../mail/message";
import { remember } from "../mail/store";
import { personNamed } from "../people";
import { newTenant } from "../scenarios/index";
import type { Tenant } from "../tenant";
import { makeWorld, type World } from "../world";
import { type Destination, moveMessage } from "./move";

let world: World;
let tenant: Tenant;
let sales: string;
beforeEach(() => {
  const made = newTenant("retraction");
  if (!made) throw new Error("There is no such scenario.");
  tenant = made;
  world = makeWorld({ tenants: [tenant], sharedZones: [] });
  authorizeVendor(tenant, "area1", world.clock.now());
  sales = `sales@${tenant.domains[0]?.id}`;
});

const messageId = "<o'neil+1@stranger.example>";

function put(folder: Folder = "Inbox", more: Partial<Message> = {}): void {
  remember(world, tenant, "messages", {
    ...{
      id: crypto.randomUUID(),
      traceId: "t",
      at: world.clock.now(),
      messageId,
      mailFrom: "news@stranger.example",
      to: sales,
      mailbox: sales,
    },
    ...{ from: "news@stranger.example", subject: "Offer", raw: "\r\n\r\nHello", size: 9, fromIp: "203.0.113.7", events: [] },
    ...{ place: { kind: "folder", folder }, ...more },
  });
}

function copies(address = sales) {
  const user = personNamed(tenant, address);
  if (!user) throw new Error(address);
  return { user, found: copiesCalled(tenant, user, messageId) };
}
const where = (address = sales) => copies(address).found.map(({ folder }) => folder);
const byHand = (folder: Folder) => {
  const { user, found } = copies();
  for (const copy of found) moveCopy(world, tenant, user, copy, folder);
};
const move = (destination: Destination, recipient = sales) => moveMessage(world, tenant, { messageId, recipient, destination });
const calls = () =>
  world.log.read({ service: "graph" }).map(({ method, path, status }) => `${method} ${decodeURIComponent(path)} ${status}`);

describe("a message is moved", () => {
  test.each([
    ["JunkEmail", "Junk"],
    ["DeletedItems", "DeletedItems"],
    ["RecoverableItemsDeletions", "RecoverableItemsDeletions"],
    ["RecoverableItemsPurges", "Purges"],
  ] as const)("to %s, by the vendor's own requests to Graph", async (destination, folder) => {
    put();
    expect(await move(destination)).toEqual({ success: true, status: "success" });
    expect(where()).toEqual([folder]);
    expect(calls().some((one) => one.startsWith("POST") && one.includes(`users/${sales}/messages`))).toBe(true);
    expect(new Set(world.log.read({ service: "graph" }).map(({ by }) => by))).toEqual(new Set([tenant.vendorApplication?.appId]));
  });

  test.each(["JunkEmail", "DeletedItems", "RecoverableItemsDeletions"] as const)(
    "from %s back to the Inbox, when the vendor put it there",
    async (destination) => {
      put();
      await move(destination);
      expect(await move("Inbox")).toEqual({ success: true, status: "success" });
      expect(where()).toEqual(["Inbox"]);
    },
  );

  test("from whatever folder the person filed it in", async () => {
    put("Archive");
    expect((await move("DeletedItems")).status).toBe("success");
    expect(where()).toEqual(["DeletedItems"]);
  });

  test("in one mailbox and in no other, and every copy of it there", async () => {
    const finance = sales.replace("sales", "finance");
    put();
    put("Archive");
    put("Inbox", { to: finance, mailbox: finance });
    await move("JunkEmail");
    expect([where(), where(finance)]).toEqual([["Junk", "Junk"], ["Inbox"]]);
  });

  test("for as many at once as are asked for, though Microsoft takes four", async () => {
    world.faults.add({ tenant: tenant.id, service: "graph", kind: "latency", ms: 5 });
    put();
    const done = await Promise.all(Array.from({ length: 12 }, (_, at) => move(at % 2 === 0 ? "JunkEmail" : "Inbox")));
    expect(done.filter(({ status }) => status === "throttled")).toEqual([]);
  });
});

describe("a move fails", () => {
  test.each(["Junk", "DeletedItems", "RecoverableItemsDeletions", "Purges", "ArchiveMailbox"] as const)(
    "as not_found when the person, or a filter of theirs, moved it to %s, and works once it lies in the Inbox again",
    async (folder) => {
      put();
      byHand(folder);
      expect(await move("RecoverableItemsPurges")).toEqual({ success: false, status: "not_found" });
      expect(where()).toEqual([folder]);
      byHand("Inbox");
      expect((await move("RecoverableItemsPurges")).status).toBe("success");
    },
  );

  test("as not_found for a message or a person that there is not, and for what was purged", async () => {
    expect((await move("JunkEmail")).status).toBe("not_found");
    expect((await move("JunkEmail", sales.replace("sales", "nobody"))).status).toBe("not_found");
    put();
    await move("RecoverableItemsPurges");
    expect((await move("Inbox")).status).toBe("not_found");
  });

  test("as group_address for the copy to a list, while the members' copies are moved", async () => {
    put();
    expect((await move("JunkEmail", `team@${tenant.domains[0]?.id}`)).status).toBe("group_address");
    expect((await move("JunkEmail")).status).toBe("success");
  });

  test("as unauthorized without consent, with too narrow a one, and from the moment it is revoked, disabled or deleted", async () => {
    put();
    const now = world.clock.now();
    const steps: [() => void, string][] = [
      [() => authorizeVendor(tenant, "area1", now, ["Mail.Read", "Group.Read.All"]), "unauthorized"],
      [() => authorizeVendor(tenant, "area1", now, ["Mail.ReadWrite"]), "success"],
      [() => revokeVendor(tenant, now), "unauthorized"],
      [() => authorizeVendor(tenant, "area1", now), "success"],
      [() => enableVendor(tenant, false), "unauthorized"],
      [() => enableVendor(tenant, true), "success"],
      [() => removeVendor(tenant), "unauthorized"],
      [() => authorizeVendor(tenant, "cloudflare", now), "success"],
    ];
    for (const [change, expected] of steps) {
      change();
      expect([expected, (await move("Inbox")).status]).toEqual([expected, expected]);
    }
  });

  test.each([
    ["429", "throttled"],
    ["503", "error"],
    ["drop", "error"],
  ] as const)("on a fault %s as %s, and leaves the message where it lies", async (kind, status) => {
    put();
    world.faults.add({ tenant: tenant.id, service: "graph", match: "/move", kind, times: 1 });
    expect(await move("JunkEmail")).toEqual({ success: false, status });
    expect(where()).toEqual(["Inbox"]);
    expect((await move("JunkEmail")).status).toBe("success");
  });
});

test("made-up mail is moved alike, shows where it went, and is remembered in the state alone", async () => {
  addBurst(tenant, { count: 5, disposition: "MALICIOUS", at: world.clock.now() });
  const message = Array.from({ length: 5 }, (_, at) => generatedMessage(tenant, at)).find(
    (one) => one && !one.isHeld && !one.recipients[0]?.startsWith("team@"),
  );
  const [recipient = ""] = message?.recipients ?? [];
  const order = { messageId: message?.messageId ?? "", recipient, destination: "RecoverableItemsDeletions" } as const;
  expect((await moveMessage(world, tenant, order)).status).toBe("success");
  const box = mailboxes(tenant).find(({ address }) => address === personNamed(tenant, recipient)?.upn);
  expect(box?.folders.RecoverableItemsDeletions.map((copy) => copy.messageId)).toEqual([order.messageId]);
  expect((await moveMessage(world, tenant, { ...order, destination: "Inbox" })).status).toBe("success");
  expect(Object.values(tenant.mail.moved)).toEqual(["Inbox"]);
});
