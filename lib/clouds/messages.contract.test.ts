/** Messages at the vendor, and the vendor's application at Microsoft, against the sandbox over the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Problem } from "@/lib/base/result";
import { execute } from "@/lib/laws/interpreter";
import { windowAt } from "@/lib/laws/window";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { FoundMessage } from "@/lib/model/found-message";
import { paramsOf, searchOf } from "@/lib/model/mail-search";
import { type Kind, readRows } from "@/lib/model/nouns";
import { scriptFor } from "@/lib/model/powershell";
import { ask, nameOf } from "@/lib/model/query";
import { parseUpload } from "@/lib/model/upload";
import { createCloudflare } from "./cloudflare/cloudflare";
import type { Messages } from "./cloudflare/messages";
import { cloudsAt, connected, type SandboxClouds } from "./sandbox-clouds";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "./sandbox-process";

let sandbox: SandboxProcess;
let messages: Messages;
let clouds: SandboxClouds;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
  await sandbox.clock.refresh();
  ({ messages } = createCloudflare({ http: sandbox.http, clock: sandbox.clock, baseUrl: `${sandbox.url}/client/v4` }));
  clouds = cloudsAt(sandbox);
}, 40_000);
afterAll(() => sandbox.stop());

const accountShape = z.looseObject({
  accountId: z.string(),
  tokens: z.array(z.looseObject({ value: z.string() })),
  moves: z.array(z.looseObject({ messageId: z.string(), recipient: z.string(), success: z.boolean() })),
});
async function accountOf(tenant: string) {
  const url = `${sandbox.url}/sandbox/cloudflare?tenant=${tenant}`;
  const answer = await sandbox.http.request({ service: "The sandbox", method: "GET", url, idempotent: true });
  if (!answer.ok) throw new Error(answer.problem.say);
  return accountShape.parse(JSON.parse(answer.value.body.toString()));
}
async function opened(scenario: string): Promise<{ readonly id: string; readonly access: CloudflareAccess }> {
  const { id } = await sandbox.tenant(scenario);
  const { accountId, tokens } = await accountOf(id);
  return { id, access: { token: tokens[0]?.value ?? "", accountId } };
}
async function narrow(tenant: string, access: CloudflareAccess): Promise<CloudflareAccess> {
  const made = await sandbox.control("cloudflare/tokens", { tenant, permissions: ["Email Security Read"] });
  return { ...access, token: z.looseObject({ value: z.string() }).parse(made).value };
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };
function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value;
}
type Page = { readonly cursor: string | null; readonly most: number; readonly isMoved?: boolean };
const FIRST: Page = { cursor: null, most: 100 };
const search = async (access: CloudflareAccess, asked: Readonly<Record<string, string>> = {}, page: Page = FIRST) =>
  must(await messages.search(access, searchOf(paramsOf(asked), sandbox.clock.now()), page));
const refused = (say: string, code = "denied") => ({ ok: false, problem: { code, say: expect.stringContaining(say) } });

describe("searching fifty thousand messages", () => {
  it("walks from page to page, newest first, each message once", async () => {
    const { access } = await opened("busy-mail");
    const seen: FoundMessage[] = [];
    for (let cursor: string | null = null, page = 0; page < 4; page++) {
      const { rows, next }: { rows: readonly FoundMessage[]; next: string | null } = await search(
        access,
        { all: "yes" },
        { cursor, most: 1_000 },
      );
      expect(rows).toHaveLength(1_000);
      seen.push(...rows);
      cursor = next;
    }
    expect(new Set(seen.map((row) => row.id)).size).toBe(4_000);
    expect(seen.map((row) => row.at)).toEqual(seen.map((row) => row.at).toSorted((a, b) => b - a));
    expect(seen.every((row) => row.messageId.startsWith("<") && row.recipients.length > 0 && row.from !== "")).toBe(true);
    expect(seen.some((row) => row.disposition === "NONE")).toBe(true);
  });

  it("finds by each field, and leaves clean mail out unless it is asked for", async () => {
    const { access } = await opened("busy-mail");
    const { rows } = await search(access);
    expect(rows.every((row) => row.disposition !== "NONE")).toBe(true);
    const [one] = rows;
    if (!one) throw new Error("no messages");
    expect((await search(access, { message: one.messageId })).rows).toMatchObject([{ id: one.id }]);
    expect((await search(access, { alert: one.alertId })).rows).toMatchObject([{ id: one.id }]);
    expect((await search(access, { sender: one.from, recipient: one.recipients[0] ?? "" })).rows.map((row) => row.id)).toContain(one.id);
    expect((await search(access, { disposition: "SPAM" })).rows.every((row) => row.disposition === "SPAM")).toBe(true);
    expect((await search(access, { status: "quarantined" })).rows.every((row) => row.isQuarantined)).toBe(true);
    expect(must(await messages.one(access, one.id))).toEqual(one);
  });

  it("needs the permission to read, and says so", async () => {
    const { access } = await opened("fresh");
    const strange = { ...access, token: "not-a-token-of-anybody-at-all-0123456789" };
    const look = searchOf(paramsOf({}), sandbox.clock.now());
    expect(await messages.search(strange, look, FIRST)).toMatchObject({ ok: false, problem: { code: "denied" } });
  });
});

describe("one message", () => {
  it("shows what was found in it, its way, its picture and its bytes", async () => {
    const { access } = await opened("busy-mail");
    const [one] = (await search(access, { disposition: "MALICIOUS" })).rows;
    if (!one) throw new Error("no messages");
    expect(must(await messages.detections(access, one.id))).toMatchObject({ disposition: one.disposition, findings: [{}] });
    expect(must(await messages.trace(access, one.id)).inbound.lines.length).toBeGreaterThan(0);
    expect(Buffer.from(must(await messages.picture(access, one.id))).toString("latin1", 1, 4)).toBe("PNG");
    expect(Buffer.from(must(await messages.raw(access, one.id))).toString()).toContain(`Message-ID: ${one.messageId}`);
    expect(must(await messages.actions(access, one.id))).toMatchObject([
      { operation: "PREVIEW", success: true, requestedBy: expect.stringMatching(/\S/) },
    ]);
    expect(await messages.one(access, "4Njp3P0STMz2c02Q-2024-01-05T10:00:00-ffffffff")).toMatchObject({
      ok: false,
      problem: { code: "gone" },
    });
  });

  it("without a detection is drawn for whoever may change things, and has no bytes", async () => {
    const { id, access } = await opened("busy-mail");
    const { rows } = await search(access, { disposition: "NONE" });
    const one = rows.find((row) => row.deliveryStatus.includes("delivered"));
    if (!one) throw new Error("no messages");
    expect(must(await messages.picture(access, one.id)).length).toBeGreaterThan(33);
    expect(await messages.picture(await narrow(id, access), one.id)).toMatchObject(refused("Cloud Email Security > Edit"));
    expect(await messages.raw(access, one.id)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("is read whatever its sender wrote, and its bytes are never taken for text", async () => {
    const { access } = await opened("hostile-mail");
    const asked = { from: new Date(sandbox.clock.now() - 80 * 86_400_000).toISOString().slice(0, 10) };
    const { rows } = await search(access, asked);
    expect(rows.length).toBeGreaterThan(20);
    expect(JSON.stringify(rows)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(Math.max(...rows.map((row) => row.subject.length))).toBeLessThanOrEqual(2_000);
    for (const { id, messageId, subject } of rows) {
      expect(must(await messages.one(access, id)).messageId).toBe(messageId);
      must(await messages.detections(access, id));
      must(await messages.trace(access, id));
      must(await messages.picture(access, id));
      const bytes = must(await messages.raw(access, id)).length;
      if (subject === "Forty megabytes") expect(bytes).toBeGreaterThan(53_000_000);
    }
    const odd = rows.find((row) => row.messageId.includes('"quoted"'));
    expect((await search(access, { ...asked, message: odd?.messageId ?? "" })).rows.map((row) => row.id)).toEqual([odd?.id]);
  }, 60_000);
});

describe("moving messages", () => {
  it("tells of each message in each mailbox, and leaves a record", async () => {
    const { id, access } = await opened("busy-mail");
    const ids = (await search(access, { disposition: "SPAM" })).rows.slice(0, 30).map((row) => row.id);
    const done = must(await messages.move(access, [...ids, "no-such-id"], "JunkEmail"));
    expect([...done.keys()].sort()).toEqual([...ids, "no-such-id"].sort());
    expect(done.get("no-such-id")).toMatchObject([{ success: false, recipient: "" }]);
    const { moves } = await accountOf(id);
    const told = ids.flatMap((one) => (done.get(one) ?? []).map(({ recipient, success }) => ({ messageId: one, recipient, success })));
    expect(told).toHaveLength(moves.length);
    for (const one of told) expect(moves).toContainEqual(expect.objectContaining(one));
    expect(told.filter((one) => one.success).length).toBeGreaterThan(20);
    const [first = ""] = ids;
    expect(must(await messages.actions(access, first))[0]).toMatchObject({ operation: "MOVE", folder: "JunkEmail" });
    expect((await search(access, {}, { ...FIRST, isMoved: true })).rows.map((row) => row.id)).toContain(first);
  }, 30_000);

  it("fails in every mailbox where the vendor may not, and is refused to a token that may only read", async () => {
    const { id, access } = await opened("busy-mail");
    const ids = (await search(access, { disposition: "SPAM" })).rows.slice(0, 2).map((row) => row.id);
    expect(await messages.move(await narrow(id, access), ids, "Inbox")).toMatchObject(refused("Cloud Email Security > Edit"));
    await sandbox.control("vendor-application", { tenant: id, roles: null });
    await sandbox.advance(90 * 60_000);
    const done = must(await messages.move(access, ids, "DeletedItems"));
    expect([...done.values()].flat().every((one) => !one.success && one.status !== "")).toBe(true);
  });
});

describe("releasing messages", () => {
  it("hands them on once, and tells to whom", async () => {
    const { access } = await opened("busy-mail");
    const held = (await search(access, { status: "quarantined" })).rows.slice(0, 3);
    const ids = held.map((row) => row.id);
    const done = must(await messages.release(access, [...ids, "no-such-id"]));
    expect([...done.keys()].sort()).toEqual([...ids].sort());
    for (const { id, recipients } of held)
      expect(
        done
          .get(id)
          ?.filter((one) => one.success)
          .map((one) => one.recipient),
      ).toEqual(recipients);
    expect(must(await messages.one(access, ids[0] ?? ""))).toMatchObject({ isQuarantined: false });
  });
});

async function rowsOf<K extends Kind>(kind: K, tenant: SandboxTenant, of: string) {
  const [raw] = (await clouds.graph.ask([ask(kind, of)], tenant.id)).values();
  const rows = raw?.ok ? readRows(kind, raw.value) : null;
  if (!rows?.ok) throw new Error(JSON.stringify(raw));
  return rows.value;
}

describe("who may move mail, at Microsoft", () => {
  const NAME = "Area 1 Security Synchronator";

  it("is the vendor's application once somebody authorised it, and whoever has its name", async () => {
    const none = await connected(sandbox, clouds, "retraction");
    expect(await rowsOf("vendorApplication", none, NAME)).toEqual([]);
    await sandbox.control("vendor-application", { tenant: none.id });
    const [one] = await rowsOf("vendorApplication", none, NAME);
    expect(one).toMatchObject({ name: NAME, isEnabled: true });
    expect(one?.roles).toEqual([
      ...["Domain.Read.All", "Group.Read.All", "GroupMember.Read.All", "Mail.ReadWrite", "Organization.Read.All", "User.Read.All"],
    ]);
    const two = await rowsOf("vendorApplication", await connected(sandbox, clouds, "two-apps"), NAME);
    expect(new Set(two.map((row) => `${row.appId} ${row.ownerId}`)).size).toBe(2);
  });

  it("is authorised by people who hold a role", async () => {
    const tenant = await connected(sandbox, clouds, "retraction");
    const global = await rowsOf("roleHolder", tenant, "62e90394-69f5-4237-9190-012177145e10");
    expect(global.length).toBeGreaterThan(0);
    expect(global.every((row) => tenant.users.some((user) => user.id === row.id && user.upn === row.upn))).toBe(true);
    expect(await rowsOf("roleHolder", tenant, "00000000-0000-4000-8000-000000000000")).toEqual([]);
  });

  it("reads the same in the admin's own window", async () => {
    const tenant = await connected(sandbox, clouds, "two-apps");
    const asks = [ask("vendorApplication", NAME), ask("roleHolder", "62e90394-69f5-4237-9190-012177145e10")] as const;
    const files: string[] = [];
    const send: Parameters<typeof windowAt>[2] = async ({ url, ...more }) => {
      const answer = await fetch(url, more);
      return { status: answer.status, body: await answer.text() };
    };
    const order = { changes: [], tenant: tenant.id, nonce: "n", planId: null, stepTitle: "s", role: "r", fileName: "f.json" };
    const host = { now: () => Date.now(), write: (_: string, content: string) => files.push(content), say: () => {}, answer: () => "" };
    expect(await execute(scriptFor({ ...order, queries: asks }), { ...windowAt(sandbox.url, tenant.id, send), ...host })).toBeNull();
    const upload = parseUpload(files[0] ?? "", { tenant: tenant.id, nonce: "n", plan: null });
    for (const question of asks) {
      const said = upload.ok ? upload.value.answers.get(nameOf(question)) : null;
      const rows = said?.ok ? readRows(question.kind, said.value) : said;
      const ours = await rowsOf(question.kind, tenant, question.of);
      expect(rows?.ok ? rows.value.toSorted((a, b) => (a.Guid < b.Guid ? -1 : 1)) : rows).toEqual(ours);
    }
  });
});
