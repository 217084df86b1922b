/** The sandbox as a process of its own on free ports, for contract tests: spoken to over the wire only, as the real services would be. Not used by the product. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
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

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function ready(process: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`The sandbox did not start: ${said}`)), STARTS_WITHIN_MS);
    const hear = (part: Buffer) => {
      said += part.toString();
      if (!/ready on/.test(said)) return;
      clearTimeout(late);
      resolve();
    };
    process.stdout?.on("data", hear);
    process.stderr?.on("data", hear);
    process.once("exit", () => reject(new Error(`The sandbox ended: ${said}`)));
  });
}

export async function startSandboxProcess(): Promise<SandboxProcess> {
  const [port, dnsPort] = await Promise.all([freePort("127.0.0.1"), freePort("127.0.0.11")]);
  const env = { ...process.env, SANDBOX_PORT: String(port), SANDBOX_DNS_PORT: String(dnsPort), SANDBOX_DATA: "" };
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  await ready(child);
  const url = `http://127.0.0.1:${port}`;
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

  return {
    url,
    dnsPort,
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
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
