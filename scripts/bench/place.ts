/** A place to measure the worker in: a sandbox and a database of its own, one tenant that gave consent, and the use cases over them. No pages. */
import { join } from "node:path";
import { loadEnv } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "@/lib/clouds/sandbox-process";
import type { TenantScope } from "@/lib/model/scope";
import { open, scopeForArrival } from "@/lib/usecases/access";
import { cutover } from "@/lib/usecases/cutover";
import type { Deps } from "@/lib/usecases/deps";
import type { Visitor } from "@/lib/usecases/views";
import { buildDeps } from "@/lib/wiring";
import { migrate } from "../../prisma/migrate";
import { stopAndRemove } from "../postgres/remove";
import { readSecrets } from "../postgres/secrets";
import { startPostgres } from "../postgres/server";
import { root } from "../start/children";
import { practiceSettings } from "../start/sandbox";

export type Guest = { readonly tenant: SandboxTenant; readonly scope: TenantScope; readonly visitor: Visitor };
export type Place = {
  readonly sandbox: SandboxProcess;
  /** For a worker process over the same. */
  readonly settings: Readonly<Record<string, string>>;
  readonly deps: Deps;
  readonly uc: ReturnType<typeof cutover>;
  /** A tenant whose admin arrived and gave consent. */
  readonly guest: (scenario: string) => Promise<Guest>;
  /** The clock moves on, for the sandbox and for us. */
  readonly wait: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

async function settingsFor(sandbox: SandboxProcess, folder: string) {
  await stopAndRemove(folder);
  const postgres = await startPostgres(folder, { isThrowaway: true });
  await migrate(postgres.url);
  const http = new URL(sandbox.url).port;
  const ports = { SANDBOX_PORT: http, SANDBOX_DNS_PORT: String(sandbox.dnsPort), SANDBOX_SMTP_PORT: String(sandbox.smtpPort) };
  const practice = practiceSettings({ ...ports, SANDBOX_WEB_PORT: String(sandbox.webPort), DATA_DIR: folder });
  const secrets = { SECRET_KEY: readSecrets(folder).secretKey, DATABASE_URL: postgres.url };
  return { postgres, settings: { ...practice, ...secrets, EXTRA_CA: sandbox.caFile, DATA_DIR: folder } };
}

/** @param name of its folder under data/, emptied first. */
export async function openPlace(name: string): Promise<Place> {
  const sandbox = await startSandboxProcess();
  const { postgres, settings } = await settingsFor(sandbox, join(root, "data", name));
  const deps = buildDeps(loadEnv(settings), settings.DATABASE_URL, quietLog);
  await deps.clock.refresh();
  const uc = cutover(deps);
  const wait = async (ms: number) => {
    await sandbox.advance(ms);
    await deps.clock.refresh();
  };
  const guest = async (scenario: string): Promise<Guest> => {
    const tenant = await sandbox.tenant(scenario);
    const admin = tenant.users.find((user) => user.upn.startsWith("admin@"));
    const visitor = {
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
    const { url, cookie } = uc.consent.begin(scope.value, "/");
    const answer = await sandbox.submit(url, { account: visitor.oid, decision: "accept", exchangeRole: "yes" });
    const done = await uc.consent.finish(scope.value, Object.fromEntries(answer?.searchParams ?? []), cookie.value);
    if (!done.ok) throw new Error(done.problem.say);
    await wait(60_000); // a role takes its time to be in effect
    return { tenant, scope: scope.value, visitor };
  };
  const close = async () => {
    await deps.store.close();
    await postgres.stop();
    await sandbox.stop();
  };
  return { sandbox, settings, deps, uc, guest, wait, close };
}
