/** For tests: the whole house over a database of its own and a sandbox process, with a tenant that gave consent. Not used by the product. */
import { randomBytes } from "node:crypto";
import { loadEnv } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "@/lib/clouds/sandbox-process";
import type { TenantScope } from "@/lib/model/scope";
import { type FreshDatabase, freshDatabase } from "@/lib/store/fresh-database";
import { buildDeps } from "@/lib/wiring";
import { open, scopeForArrival } from "./access";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import type { Visitor } from "./views";

export type Practice = {
  readonly sandbox: SandboxProcess;
  readonly deps: Deps;
  readonly uc: ReturnType<typeof cutover>;
  /** A customer who arrived: tenant, admin and scope. */
  readonly customer: (scenario: string, options?: { readonly access?: "consent" | "without" | "none" }) => Promise<Customer>;
  readonly stop: () => Promise<void>;
};
export type Customer = { readonly tenant: SandboxTenant; readonly visitor: Visitor; readonly scope: TenantScope };

function envFor(sandbox: SandboxProcess, database: FreshDatabase) {
  return loadEnv({
    SECRET_KEY: randomBytes(32).toString("base64"),
    DATABASE_URL: database.url,
    ENTRA_URL: sandbox.url,
    GRAPH_URL: sandbox.url,
    EXCHANGE_URL: sandbox.url,
    CLOUDFLARE_URL: `${sandbox.url}/client/v4`,
    CLOCK_URL: `${sandbox.url}/sandbox/clock`,
    ENTRA_CLIENT_ID: "c0ffee00-0000-4000-8000-000000000001",
    ENTRA_CLIENT_SECRET: "sandbox-secret",
    OPERATOR_TENANT: "0be7a700-0000-4000-8000-000000000001",
    RESOLVERS: sandbox.resolvers.map((r) => `${r.host}:${r.port}`).join(","),
    DNS_PORT: String(sandbox.dnsPort),
    SMTP_PORT: String(sandbox.smtpPort),
    WEB_PORT: String(sandbox.webPort),
    EXTRA_CA: sandbox.caFile,
    MAIL_URL: `smtp://127.0.1.50:${sandbox.smtpPort}`,
    MAIL_FROM: "Cutover <cutover@cutover.example>",
    PROBE_ALLOW: "127.0.0.0/8",
    LOG_LEVEL: "silent",
  });
}

const NOBODY = "http://127.0.0.1:9";

/** Only a database: of the clouds nobody answers, but for what a test puts in their place. */
export async function startPracticeAlone(): Promise<{ readonly deps: Deps; readonly database: FreshDatabase }> {
  const database = await freshDatabase();
  const urls = { ENTRA_URL: NOBODY, GRAPH_URL: NOBODY, EXCHANGE_URL: NOBODY, CLOUDFLARE_URL: NOBODY };
  const secrets = {
    SECRET_KEY: randomBytes(32).toString("base64"),
    ENTRA_CLIENT_ID: "c0ffee00-0000-4000-8000-000000000001",
    ENTRA_CLIENT_SECRET: "unused",
  };
  const env = loadEnv({ ...secrets, ...urls, DATABASE_URL: database.url, LOG_LEVEL: "silent" });
  return { deps: buildDeps(env, database.url, quietLog), database };
}

export async function startPractice(): Promise<Practice> {
  const [sandbox, database] = await Promise.all([startSandboxProcess(), freshDatabase()]);
  const deps = buildDeps(envFor(sandbox, database), database.url, quietLog);
  const uc = cutover(deps);
  await deps.clock.refresh();

  const arrive = async (tenant: SandboxTenant): Promise<Customer> => {
    const admin = tenant.users.find((user) => user.upn.startsWith("admin@"));
    const visitor: Visitor = {
      tenant: tenant.id,
      oid: admin?.id ?? "",
      name: "Admin",
      upn: admin?.upn ?? "",
      isStaff: false,
      hasRole: true,
      hasMailRole: true,
    };
    await deps.store.tenants.arrive(scopeForArrival(visitor), { name: tenant.name, at: deps.clock.now() });
    const scope = await open(deps)(visitor, tenant.id);
    if (!scope.ok) throw new Error(scope.problem.say);
    return { tenant, visitor, scope: scope.value };
  };

  const consent = async ({ tenant, scope, visitor }: Customer): Promise<void> => {
    const { url, cookie } = uc.consent.begin(scope, "/");
    const answer = await sandbox.submit(url, { account: visitor.oid, decision: "accept", exchangeRole: "yes" });
    const done = await uc.consent.finish(scope, Object.fromEntries(answer?.searchParams ?? []), cookie.value);
    if (!done.ok) throw new Error(`${tenant.name}: ${done.problem.say}`);
    await sandbox.advance(60_000); // a role takes its time to be in effect
    await deps.clock.refresh();
  };

  return {
    sandbox,
    deps,
    uc,
    customer: async (scenario, { access = "consent" } = {}) => {
      const customer = await arrive(await sandbox.tenant(scenario));
      if (access === "consent") await consent(customer);
      if (access === "without") await uc.consent.without(customer.scope);
      return customer;
    },
    stop: async () => {
      await deps.store.close();
      await sandbox.stop();
      await database.drop();
    },
  };
}
