/** The sandbox as a process of its own on free ports, for contract tests: spoken to over the wire only, as the real services would be. Not used by the product. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type FollowedClock, remoteClock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import { createHttp, type Http } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";

const tenantShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.looseObject({ id: z.string() })),
  users: z.array(z.looseObject({ id: z.string(), upn: z.string() })),
});
export type SandboxTenant = z.infer<typeof tenantShape>;

export type SandboxProcess = {
  readonly url: string;
  readonly dnsPort: number;
  /** Of every mail host, at its own 127.0.1.x. */
  readonly smtpPort: number;
  /** Of the web hosts of MTA-STS and Domain Connect. */
  readonly webPort: number;
  /** The authority behind all of those hosts' certificates: PEM, and a file of it for EXTRA_CA. */
  readonly ca: string;
  readonly caFile: string;
  readonly resolvers: readonly Address[];
  readonly clock: FollowedClock;
  readonly http: Http;
  /** A tenant of its own, so that tests do not meet. */
  readonly tenant: (scenario: string, more?: Readonly<Record<string, unknown>>) => Promise<SandboxTenant>;
  readonly advance: (ms: number) => Promise<void>;
  readonly control: (path: string, body: unknown) => Promise<unknown>;
  /** What a browser does with a form of a page: posts it to the page's own address; where it is sent then. */
  readonly submit: (url: string, fields: Readonly<Record<string, string>>) => Promise<URL | null>;
  readonly stop: () => Promise<void>;
};

const STARTS_WITHIN_MS = 30_000;

type Ready = { readonly url: string; readonly dnsPort: number; readonly smtpPort: number; readonly webPort: number };

/** The line it prints when everything listens says where: it picks ports that are free on all of its addresses. */
function ready(process: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`The sandbox did not start: ${said}`)), STARTS_WITHIN_MS);
    const hear = (part: Buffer) => {
      said += part.toString();
      const [, url, dns, smtp, web] = /ready on (\S+), DNS (\d+), SMTP (\d+), HTTPS (\d+)/.exec(said) ?? [];
      if (url === undefined) return;
      clearTimeout(late);
      resolve({ url, dnsPort: Number(dns), smtpPort: Number(smtp), webPort: Number(web) });
    };
    process.stdout?.on("data", hear);
    process.stderr?.on("data", hear);
    process.once("exit", () => reject(new Error(`The sandbox ended: ${said}`)));
  });
}

const ANY_PORTS = { SANDBOX_PORT: "0", SANDBOX_DNS_PORT: "0", SANDBOX_SMTP_PORT: "0", SANDBOX_WEB_PORT: "0" };

export async function startSandboxProcess(): Promise<SandboxProcess> {
  const env = { ...process.env, ...ANY_PORTS, SANDBOX_DATA: "" };
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const { url, dnsPort, smtpPort, webPort } = await ready(child);
  const clock = remoteClock(`${url}/sandbox/clock`);
  const http = createHttp({ clock, log: quietLog });

  const control = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await http.request({
      service: "The sandbox",
      method: "POST",
      url: `${url}/sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      idempotent: false,
    });
    if (!answer.ok || answer.value.status >= 300)
      throw new Error(`The sandbox refused ${path}: ${answer.ok ? answer.value.body.toString() : answer.problem.say}`);
    return JSON.parse(answer.value.body.toString());
  };

  const folder = mkdtempSync(join(tmpdir(), "sandbox-ca-"));
  const caFile = join(folder, "ca.pem");
  const ca = await http.request({ service: "The sandbox", method: "GET", url: `${url}/sandbox/ca`, idempotent: true });
  if (!ca.ok) throw new Error(ca.problem.say);
  writeFileSync(caFile, ca.value.body);

  return {
    url,
    dnsPort,
    smtpPort,
    webPort,
    ca: ca.value.body.toString(),
    caFile,
    resolvers: [101, 102, 103].map((last) => ({ host: `127.0.0.${last}`, port: dnsPort })),
    clock,
    http,
    control,
    tenant: async (scenario, more = {}) => tenantShape.parse(await control("tenants", { scenario, ...more })),
    advance: async (advanceMs) => {
      await control("clock", { advanceMs });
      await clock.refresh();
    },
    submit: async (page, fields) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await http.request({
        service: "The sandbox",
        method: "POST",
        url: page,
        headers,
        body: new URLSearchParams(fields).toString(),
        idempotent: false,
      });
      const location = answer.ok ? answer.value.headers["location"] : undefined;
      return location === undefined ? null : new URL(location, page);
    },
    stop: async () => {
      http.close();
      rmSync(folder, { recursive: true, force: true });
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
