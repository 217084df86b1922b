import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { graphResource } from "../entra/permissions";
import { person, type Running, startEntra } from "../entra/testing";
import { vendorToken } from "../entra/tokens";
import { authorizeVendor } from "../entra/vendor-grants";
import type { Folder, Message } from "../mail/message";
import { remember } from "../mail/store";
import { faults } from "../openapi";
import type { User } from "../tenant";
import { operations, schemas } from "./contract";
import { strangers } from "./schema";

let running: Running;
let employee: User;
beforeEach(async () => {
  running = await startEntra();
  employee = person(running.fabrikam, "employee");
});
afterEach(() => running.close());

const immutable = { prefer: 'IdType="ImmutableId"' };

/** A token of the vendor's application with these roles. */
function bearer(roles: string[]): string {
  const { world, fabrikam } = running;
  return vendorToken(world, fabrikam, graphResource, authorizeVendor(fabrikam, "area1", world.clock.now(), roles));
}

async function call(path: string, { method = "GET", body = undefined as unknown, headers = {}, roles = ["Mail.ReadWrite"] } = {}) {
  const response = await fetch(`${running.url}/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer(roles)}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

function put(messageId: string, folder: Folder = "Inbox", more: Partial<Message> = {}): void {
  const { world, fabrikam } = running;
  remember(world, fabrikam, "messages", {
    ...{ id: crypto.randomUUID(), traceId: "t", at: 1_760_000_000_000 + fabrikam.mail.messages.length, messageId, mailFrom: "a@b.example" },
    ...{ from: "news@stranger.example", to: employee.upn, mailbox: employee.upn, subject: "Offer", size: 9, fromIp: "203.0.113.7" },
    ...{ raw: 'From: "The news" <news@stranger.example>\r\n\r\nHello', place: { kind: "folder", folder }, events: [], ...more },
  });
}

const mailbox = () => `/users/${employee.upn}`;
const search = (messageId: string) => `${mailbox()}/messages?$filter=${encodeURIComponent(`internetMessageId eq '${messageId}'`)}`;
const folderOf = (messageId: string) => running.fabrikam.mail.messages.find((one) => one.messageId === messageId)?.place;
const idOf = async (messageId: string, headers = {}) => String((await call(search(messageId), { headers })).body.value[0]?.id);

describe("reading mail", () => {
  it.each(["/messages", "/messages/{id}", "/mailFolders", "/mailFolders/inbox"])("of %s fits its schema and says no more", async (rest) => {
    put("<one@b.example>");
    const { status, body } = await call(mailbox() + rest.replace("{id}", await idOf("<one@b.example>")));
    const path = `/users/{user-id}${rest.replace("{id}", "{message-id}").replace("inbox", "{mailFolder-id}")}`;
    const answer = operations.find((one) => one.method === "GET" && one.path === path)?.answer ?? {};
    expect(status).toBe(200);
    expect(faults(body, answer, { schemas })).toEqual([]);
    expect(strangers(body, answer, schemas)).toEqual([]);
  });

  it("finds a message by its Message-ID wherever the person sees it, and not where they don't", async () => {
    const folders: [Folder, number][] = [
      ["Inbox", 1],
      ["Junk", 1],
      ["DeletedItems", 1],
      ["Archive", 1],
    ];
    const unseen: [Folder, number][] = [
      ["RecoverableItemsDeletions", 0],
      ["Purges", 0],
      ["ArchiveMailbox", 0],
    ];
    for (const [folder, count] of [...folders, ...unseen]) {
      put(`<in-${folder}@b.example>`, folder);
      expect([folder, (await call(search(`<in-${folder}@b.example>`))).body.value.length]).toEqual([folder, count]);
    }
  });

  it("takes a plus as a plus only when it is coded, and a quote only when it is doubled", async () => {
    put("<a+b@b.example>");
    put("<o'neil@b.example>");
    const raw = (id: string) => call(`${mailbox()}/messages?$filter=internetMessageId eq '${id}'`);
    expect((await raw("<a%2Bb@b.example>")).body.value).toHaveLength(1);
    expect((await raw("<a+b@b.example>")).body.value).toHaveLength(0);
    expect((await raw("<o''neil@b.example>")).body.value).toHaveLength(1);
    expect(await raw("<o'neil@b.example>")).toMatchObject({ status: 400, body: { error: { code: "BadRequest" } } });
  });

  it("answers ten messages where nothing else is asked, and never somebody else's", async () => {
    for (let at = 0; at < 12; at += 1) put(`<m${at}@b.example>`);
    const first = await call(`${mailbox()}/messages`);
    expect(first.body.value).toHaveLength(10);
    expect(first.body["@odata.nextLink"]).toContain("$skiptoken".replace("$", "%24"));
    expect(first.body.value[0].internetMessageId).toBe("<m11@b.example>");
    expect((await call(`/users/${person(running.fabrikam, "admin").id}/messages`)).body.value).toEqual([]);
  });

  it("knows a mailbox by id and by address with a tag, and says in Exchange's words that it does not", async () => {
    put("<one@b.example>");
    expect((await call(`/users/${employee.id}/messages`)).body.value).toHaveLength(1);
    expect((await call(`/users/${encodeURIComponent(employee.upn.replace("@", "+tag@"))}/messages`)).body.value).toHaveLength(1);
    expect(await call("/users/nobody@fabrikam.example/messages")).toMatchObject({
      status: 404,
      body: { error: { code: "ErrorInvalidUser" } },
    });
    employee.type = "MailUser";
    expect(await call(`${mailbox()}/messages`)).toMatchObject({ status: 404, body: { error: { code: "MailboxNotEnabledForRESTAPI" } } });
  });

  it("shows no body to whoever may read basic mail alone, and nothing to whoever may read none", async () => {
    put("<one@b.example>");
    const seen = async (roles: string[]) => (await call(search("<one@b.example>"), { roles })).body.value?.[0];
    expect(await seen(["Mail.Read"])).toMatchObject({ bodyPreview: "Hello", from: { emailAddress: { name: "The news" } } });
    expect(await seen(["Mail.ReadBasic.All"])).not.toHaveProperty("body");
    expect(await call(search("<one@b.example>"), { roles: ["User.Read.All"] })).toMatchObject({
      status: 403,
      body: { error: { code: "ErrorAccessDenied" } },
    });
  });

  it("shows hidden folders on request, and Deletions by name alone", async () => {
    put("<one@b.example>", "RecoverableItemsDeletions");
    const names = async (more: string) =>
      (await call(`${mailbox()}/mailFolders?$top=50${more}`)).body.value.map((one: { displayName: string }) => one.displayName);
    expect(await names("")).not.toContain("Clutter");
    expect(await names("&includeHiddenFolders=true")).toContain("Clutter");
    expect(await names("&includeHiddenFolders=true")).not.toContain("Deletions");
    expect((await call(`${mailbox()}/mailFolders/recoverableitemsdeletions`)).body).toMatchObject({ totalItemCount: 1 });
    expect((await call(`${mailbox()}/mailFolders/recoverableitemspurges`)).status).toBe(400);
  });
});

describe("moving mail", () => {
  const move = (id: string, destinationId: string, more = {}) =>
    call(`${mailbox()}/messages/${id}/move`, { method: "POST", body: { destinationId }, ...more });

  it("answers 201 with another id, and the old one is gone", async () => {
    put("<one@b.example>");
    const id = await idOf("<one@b.example>");
    const moved = await move(id, "junkemail");
    expect(moved.status).toBe(201);
    expect(moved.body.id).not.toBe(id);
    expect(folderOf("<one@b.example>")).toEqual({ kind: "folder", folder: "Junk" });
    expect(await move(id, "inbox")).toMatchObject({ status: 404, body: { error: { code: "ErrorItemNotFound" } } });
    const back = await move(moved.body.id, "inbox");
    expect([back.status, back.body.id === id]).toEqual([201, false]);
  });

  it("keeps an immutable id, which counts only where it is preferred", async () => {
    put("<one@b.example>");
    const id = await idOf("<one@b.example>", immutable);
    const moved = await move(id, "recoverableitemsdeletions", { headers: immutable });
    expect([moved.status, moved.body.id]).toEqual([201, id]);
    expect((await move(id, "inbox")).status).toBe(404);
    expect((await move(id, "inbox", { headers: immutable })).status).toBe(201);
    expect((await move("nonsense", "inbox")).body.error.code).toBe("ErrorInvalidIdMalformed");
  });

  it("takes a folder's id as well as its name, in either spelling of the property, and no folder that has no name", async () => {
    put("<one@b.example>");
    const { id: folder } = (await call(`${mailbox()}/mailFolders/archive`)).body;
    const spelt = await call(`${mailbox()}/messages/${await idOf("<one@b.example>")}/move`, {
      method: "POST",
      body: { DestinationId: folder },
    });
    expect(spelt.status).toBe(201);
    expect(folderOf("<one@b.example>")).toEqual({ kind: "folder", folder: "Archive" });
    for (const name of ["recoverableitemspurges", "nowhere", ""])
      expect((await move(await idOf("<one@b.example>"), name)).status).toBe(400);
  });

  it("deletes softly, and for good", async () => {
    put("<soft@b.example>");
    put("<hard@b.example>");
    const remove = async (messageId: string) => (await call(`${mailbox()}/messages/${await idOf(messageId)}`, { method: "DELETE" })).status;
    expect(await remove("<soft@b.example>")).toBe(204);
    expect(folderOf("<soft@b.example>")).toEqual({ kind: "folder", folder: "DeletedItems" });
    expect(await remove("<soft@b.example>")).toBe(204);
    expect(folderOf("<soft@b.example>")).toEqual({ kind: "folder", folder: "RecoverableItemsDeletions" });
    const hard = await idOf("<hard@b.example>", immutable);
    const purge = () => call(`${mailbox()}/messages/${hard}/permanentDelete`, { method: "POST", headers: immutable });
    expect((await purge()).status).toBe(204);
    expect(folderOf("<hard@b.example>")).toEqual({ kind: "folder", folder: "Purges" });
    expect((await purge()).status).toBe(404);
  });

  it("needs Mail.ReadWrite for all of it", async () => {
    put("<one@b.example>");
    const id = await idOf("<one@b.example>");
    const roles = ["Mail.Read", "Mail.ReadBasic.All"];
    expect((await move(id, "junkemail", { roles })).body.error.code).toBe("ErrorAccessDenied");
    expect((await call(`${mailbox()}/messages/${id}`, { method: "DELETE", roles })).status).toBe(403);
    expect((await call(`${mailbox()}/messages/${id}/permanentDelete`, { method: "POST", roles })).status).toBe(403);
    expect(folderOf("<one@b.example>")).toEqual({ kind: "folder", folder: "Inbox" });
  });
});

describe("limits of one application and one mailbox", () => {
  it("let four calls at once through and tell the others to wait", async () => {
    running.world.faults.add({ tenant: running.fabrikam.id, service: "graph", kind: "latency", ms: 200 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(`${mailbox()}/messages`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.error.code).toBe("ApplicationThrottled");
    expect(refused?.headers.get("retry-after")).toBe("1");
  });

  it("are kept inside a batch by waiting, so that all twenty come through", async () => {
    put("<one@b.example>");
    const requests = Array.from({ length: 20 }, (_, at) => ({ id: String(at), method: "GET", url: `${mailbox()}/messages?$select=id` }));
    const { body } = await call("/$batch", { method: "POST", body: { requests } });
    expect(new Set(body.responses.map((one: { status: number }) => one.status))).toEqual(new Set([200]));
  });

  it("end with 10,000 requests in ten minutes of the sandbox's clock, whatever name the mailbox goes by", async () => {
    const { world } = running;
    const { graph } = await import("./index");
    const headers = { authorization: `Bearer ${bearer(["Mail.ReadWrite"])}` };
    const ask = async (name: string) => {
      const url = new URL(`${running.url}/v1.0/users/${name}/mailFolders/inbox?$select=id`);
      return graph({ method: "GET", url, headers, body: Buffer.alloc(0) }, world);
    };
    for (let at = 0; at < 10_000; at += 1) await ask(employee.id);
    const refused = await ask(employee.upn);
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(500);
    expect((await ask(person(running.fabrikam, "admin").upn))?.status).toBe(200);
    world.clock.advance(600_000);
    expect((await ask(employee.upn))?.status).toBe(200);
  });
});
