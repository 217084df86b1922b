/** The DNS adapter against the sandbox's name servers and resolvers, over UDP and TCP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import { createDns, type Dns } from "./dns/dns";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "./sandbox-process";

let sandbox: SandboxProcess;
let dns: Dns;

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  const { clock, resolvers, dnsPort } = sandbox;
  dns = createDns({ clock, log: quietLog, resolvers, port: dnsPort, reach: createReach(["127.0.0.0/8"]) });
}, 40_000);
afterAll(async () => {
  dns.close();
  await sandbox.stop();
});

const firstDomain = (tenant: SandboxTenant) => tenant.domains.find((one) => !one.id.endsWith(".onmicrosoft.com"))?.id ?? "";

async function rowOf<K extends Kind>(kind: K, of: string) {
  const question = ask(kind, of);
  const raw = (await dns.ask([question])).get(nameOf(question));
  if (raw === undefined || !raw.ok) throw new Error(`No answer: ${JSON.stringify(raw)}`);
  const rows = readRows(kind, raw.value);
  if (!rows.ok || rows.value[0] === undefined) throw new Error(`Not readable: ${JSON.stringify(rows)}`);
  return rows.value[0];
}

describe("DNS as the sandbox speaks it", () => {
  it("shows the configured TTL although resolvers show less and less", async () => {
    const domain = firstDomain(await sandbox.tenant("day-ttl"));
    const [first] = (await rowOf("resolvers", domain)).seen;
    await sandbox.advance(60_000);
    const [later] = (await rowOf("resolvers", domain)).seen;
    expect((first?.ttl ?? 0) - (later?.ttl ?? 0)).toBeGreaterThanOrEqual(59);
    expect(await rowOf("mx", domain)).toMatchObject({ ttl: 86_400, agreed: true, exists: true });
  });

  it("sees servers disagree, and counts the longest TTL", async () => {
    const domain = firstDomain(await sandbox.tenant("split-dns"));
    expect(await rowOf("mx", domain)).toMatchObject({ agreed: false, ttl: 14_400 });
    expect((await rowOf("dnsHost", domain)).hosts.map((host) => host.name)).toEqual(["Bluehost"]);
  });

  it("sees an edit at the servers at once", async () => {
    const domain = firstDomain(await sandbox.tenant("fresh"));
    expect(await rowOf("mx", domain)).toMatchObject({ ttl: 3_600 });
    await sandbox.control("dns", { zone: domain, ttl: 300 });
    expect(await rowOf("mx", domain)).toMatchObject({ ttl: 300, agreed: true });
  });

  it.each(["silent", "refused", "lame"])(
    "goes on with the others when one server is %s",
    async (behaviour) => {
      const domain = firstDomain(await sandbox.tenant("fresh"));
      const [server = ""] = (await rowOf("dnsHost", domain)).nameServers;
      await sandbox.control("dns", { zone: domain, server, behaviour });
      const row = await rowOf("mx", domain);
      expect(row).toMatchObject({ ttl: 3_600, agreed: true });
      expect(row.servers.find((one) => one.name === server)?.problem).toBeTruthy();
    },
    15_000,
  );

  it("tells a name that does not exist from a failure", async () => {
    expect(await rowOf("mx", "no-such-domain.example")).toMatchObject({ exists: false, hosts: [] });
    const domain = firstDomain(await sandbox.tenant("fresh"));
    expect(await rowOf("mx", `no-such-host.${domain}`)).toMatchObject({ exists: false, zone: domain });
  });

  it("asks hundreds of domains at once and gets every answer", async () => {
    const { domains } = await sandbox.tenant("many", { domains: 300 });
    const asks = domains.filter((one) => !one.id.endsWith(".onmicrosoft.com")).map((one) => ask("mx", one.id));
    const answers = await dns.ask(asks);
    expect(answers.size).toBe(asks.length);
    expect([...answers.values()].filter((answer) => !answer.ok)).toEqual([]);
  }, 20_000);
});
