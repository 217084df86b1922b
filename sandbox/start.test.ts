import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Sandbox, startSandbox } from "./start";

const running: Sandbox[] = [];
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  folders.push(folder);
  return folder;
};
const start = async (data?: string) => {
  const sandbox = await startSandbox({ port: 0, dnsPort: 0, ...(data ? { data } : {}) });
  running.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const fabrikam = "11111111-0000-4000-8000-000000000001";
const post = (url: string, body: string) => fetch(url, { method: "POST", body, redirect: "manual" });

/** The way of a real client: consent, role, token, call. */
async function token(url: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "c0ffee00-0000-4000-8000-000000000001",
    client_secret: "sandbox-secret",
    scope: "https://outlook.office365.com/.default",
  });
  const answer = await fetch(`${url}/${fabrikam}/oauth2/v2.0/token`, { method: "POST", body: form });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

async function status(url: string, bearer: string): Promise<number> {
  const body = JSON.stringify({ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: {} } });
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  return (await fetch(`${url}/adminapi/beta/${fabrikam}/InvokeCommand`, { method: "POST", headers, body })).status;
}

test("neither grant is 401, the app role alone 403, both are 200, once the role has reached a new token", async () => {
  const { url, world } = await start();
  expect(await status(url, "nonsense")).toBe(401);
  await post(`${url}/portal/${fabrikam}/consent`, "do=grant");
  expect(await status(url, await token(url))).toBe(403);
  await post(`${url}/portal/${fabrikam}/role`, "do=assign");
  const early = await token(url);
  expect(await status(url, early)).toBe(403);
  world.clock.advance(10_000);
  expect(await status(url, early)).toBe(403);
  expect(await status(url, await token(url))).toBe(200);
});

test("a dropped call ends without an answer", async () => {
  const { url, world } = await start();
  world.faults.add({ tenant: fabrikam, service: "exchange", kind: "drop", times: 1 });
  await expect(status(url, "nonsense")).rejects.toThrow();
  expect(await status(url, "nonsense")).toBe(401);
});

test("a body beyond all measure is turned away and the sandbox lives on", async () => {
  const { url } = await start();
  const big = await post(`${url}/sandbox/faults`, "x".repeat(4_000_001)).then(
    (answer) => answer.status,
    () => 413,
  );
  expect(big).toBe(413);
  expect((await fetch(`${url}/sandbox/clock`)).status).toBe(200);
});

test("a restart keeps tenants, settings, the clock and what tokens are signed with", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await post(`${first.url}/portal/${fabrikam}/connection-filter`, "IPAllowList=192.0.2.1");
  await post(`${first.url}/portal/${fabrikam}/consent`, "do=grant");
  await post(`${first.url}/portal/${fabrikam}/role`, "do=assign");
  await post(`${first.url}/sandbox/clock`, JSON.stringify({ advanceMs: 3_600_000 }));
  const old = await token(first.url);
  await first.close();
  running.length = 0;
  const second = await start(folder);
  expect(second.world.tenants.get(fabrikam)?.exchange["HostedConnectionFilterPolicy"]?.[0]?.["IPAllowList"]).toEqual(["192.0.2.1"]);
  expect(second.world.clock.offsetMs()).toBe(3_600_000);
  expect(await status(second.url, old)).toBe(200);
});

test("mail, hosts that are ill and the certificate authority outlive a restart", async () => {
  const folder = newFolder();
  const first = await start(folder);
  expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe(first.ca);
  const letter = { tenant: fabrikam, to: "admin@fabrikam.example", from: "news@stranger.example", subject: "Kept", via: "mx" };
  await post(`${first.url}/sandbox/mail`, JSON.stringify(letter));
  await post(`${first.url}/sandbox/smtp`, JSON.stringify({ host: "mailstream-east.mxrecord.io", behaviour: "busy" }));
  await first.close();
  running.length = 0;
  const second = await start(folder);
  expect(second.ca).toBe(first.ca);
  expect(second.world.tenants.get(fabrikam)?.mail.messages.map(({ subject }) => subject)).toEqual(["Kept"]);
  expect([...second.world.hosts]).toEqual([["mailstream-east.mxrecord.io", "busy"]]);
  const names = second.world.sharedZones.map((zone) => zone.name);
  expect(new Set(names).size).toBe(names.length);
  await post(`${second.url}/sandbox/reset`, "{}");
  expect([second.world.hosts.size, second.world.tenants.get(fabrikam)?.mail.messages]).toEqual([0, []]);
});

test("what another version kept is put aside, and the sandbox begins anew", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "sandbox.json"), JSON.stringify({ v: 1, tenants: [] }));
  const said = vi.spyOn(console, "log").mockReturnValue();
  const { world } = await start(folder);
  expect(world.tenants.has(fabrikam)).toBe(true);
  expect(said.mock.calls.join()).toContain("sandbox.json.v1");
  expect(existsSync(join(folder, "sandbox.json.v1"))).toBe(true);
});

test("what was kept before there were lists of people and retraction is read, and tenants that came since are there", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await first.close();
  running.length = 0;
  const file = join(folder, "sandbox.json");
  const kept = JSON.parse(readFileSync(file, "utf8"));
  kept.tenants = kept.tenants.filter((tenant: { scenario: string }) => ["fresh", "presets"].includes(tenant.scenario));
  for (const tenant of kept.tenants) {
    for (const later of ["contacts", "groupChanges", "vendorApplication"]) delete tenant[later];
    for (const later of ["moved", "vendorMoved"]) delete tenant.mail[later];
    for (const later of ["moves", "autoRetract", "hasRetract"]) delete tenant.cloudflare[later];
    delete tenant.traits.forgetsValidation;
    for (const group of tenant.groups) delete group.id;
  }
  kept.tenants[0].name = "Kept";
  writeFileSync(file, JSON.stringify(kept));
  const { world } = await start(folder);
  const tenants = [...world.tenants.values()];
  const [fresh, presets] = ["fresh", "presets"].map((name) => tenants.find((tenant) => tenant.scenario === name));
  expect(fresh).toMatchObject({ name: "Kept", contacts: [], groupChanges: [], traits: { forgetsValidation: false } });
  expect(fresh).toMatchObject({
    vendorApplication: null,
    mail: { moved: {}, vendorMoved: {} },
    cloudflare: { moves: [], hasRetract: true },
  });
  expect(presets?.groups[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(tenants.some((tenant) => tenant.scenario === "big-directory")).toBe(true);
});

test("a write is kept at once: what is killed has lost nothing", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await post(`${first.url}/portal/${fabrikam}/anti-spam`, "MarkAsSpamSpfRecordHardFail=Off");
  await fetch(`${first.url}/sandbox/clock`);
  const second = await start(folder);
  expect(second.world.tenants.get(fabrikam)?.exchange["HostedContentFilterPolicy"]?.[0]?.["MarkAsSpamSpfRecordHardFail"]).toBe("Off");
});
