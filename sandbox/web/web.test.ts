import { type RequestOptions, request } from "node:https";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askUdp } from "../dns/testing";
import { domainConnectHost, webAddress } from "../smtp/hosts";
import { type Sandbox, startSandbox } from "../start";
import { mtaStsPolicy } from "./records";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dnsPort: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.world.hosts.clear());

const fabrikam = "11111111-0000-4000-8000-000000000001";
const host = "mta-sts.fabrikam.example";
const tenant = () => {
  const found = sandbox.world.tenants.get(fabrikam);
  if (!found) throw new Error("There is no such tenant.");
  return found;
};
/** Status and text, or why the connection failed. */
const get = (name: string, path: string, more: RequestOptions = {}): Promise<{ status: number; body: string; problem: string }> =>
  new Promise((resolve) => {
    const options = { host: webAddress, port: sandbox.webPort, servername: name, headers: { host: name }, path, ca: sandbox.ca };
    const asked = request({ ...options, agent: false, ...more }, (answer) => {
      let body = "";
      answer.on("data", (part: Buffer) => {
        body += part.toString();
      });
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body, problem: "" }));
    });
    asked.once("error", (problem: NodeJS.ErrnoException) => resolve({ status: 0, body: "", problem: problem.code ?? problem.message }));
    asked.end();
  });
const policyPath = "/.well-known/mta-sts.txt";

test("a domain's policy is served under its own name, and none where there is none", async () => {
  const policy = mtaStsPolicy("enforce", ["*.mail.protection.outlook.com"]);
  expect((await get(host, policyPath)).status).toBe(404);
  tenant().web = { "fabrikam.example": { mtaSts: policy } };
  expect(await get(host, policyPath)).toMatchObject({ status: 200, body: policy });
  expect((await get("mta-sts.elsewhere.example", policyPath)).status).toBe(404);
  expect((await get(host, "/other")).status).toBe(404);
  expect((await get(host, policyPath, { method: "POST" })).status).toBe(405);
});

test("a policy host fails in each way that a reader must bear", async () => {
  const { hosts } = sandbox.world;
  hosts.set(host, "redirect");
  expect((await get(host, policyPath)).status).toBe(302);
  hosts.set(host, "oversize");
  expect((await get(host, policyPath)).body.length).toBeGreaterThan(64 * 1024);
  hosts.set(host, "expired");
  expect((await get(host, policyPath)).problem).toBe("CERT_HAS_EXPIRED");
  hosts.set(host, "refused");
  expect((await get(host, policyPath)).problem).not.toBe("");
  hosts.set(host, "busy");
  expect((await get(host, policyPath)).status).toBe(503);
  hosts.set(host, "silent");
  const abort = new AbortController();
  const asked = get(host, policyPath, { signal: abort.signal });
  await expect.poll(() => sandbox.world.log.read({ service: "web" }).at(-1)?.status).toBe(0);
  abort.abort();
  expect((await asked).problem).toBe("ABORT_ERR");
});

test("a zone whose host speaks Domain Connect says so in DNS and answers its settings", async () => {
  const [zone] = tenant().zones;
  const path = "/v2/fabrikam.example/settings";
  expect((await get(domainConnectHost, path)).status).toBe(404);
  if (zone) zone.domainConnect = { provider: "Host A", urlControlPanel: "https://panel.host-a.example/%domain%" };
  const answer = await get(domainConnectHost, path);
  expect(JSON.parse(answer.body)).toMatchObject({ providerName: "Host A", urlControlPanel: "https://panel.host-a.example/%domain%" });
  const said = await askUdp("127.0.0.11", sandbox.dnsPort, "_domainconnect.fabrikam.example", "TXT");
  expect(said?.answers?.map((one) => (one.type === "TXT" ? String(one.data) : ""))).toEqual([domainConnectHost]);
});
