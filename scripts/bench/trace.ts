/** The report on what would be refused over a million rows of message trace: memory of the worker, its death in the middle, the service's quota kept. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loadEnv } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import { type SandboxProcess, startSandboxProcess } from "@/lib/clouds/sandbox-process";
import type { TenantScope } from "@/lib/model/scope";
import { open, scopeForArrival } from "@/lib/usecases/access";
import { cutover } from "@/lib/usecases/cutover";
import type { Visitor } from "@/lib/usecases/views";
import type { TraceReportView } from "@/lib/usecases/views/trace";
import { buildDeps } from "@/lib/wiring";
import { migrate } from "../../prisma/migrate";
import { stopAndRemove } from "../postgres/remove";
import { readSecrets } from "../postgres/secrets";
import { startPostgres } from "../postgres/server";
import { root } from "../start/children";
import { practiceSettings } from "../start/sandbox";
import { at, bounded, type Row, told } from "./report";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

const ROWS = 1_000_000;
/** The sandbox spreads its rows over ten days; a little more, so that the window holds a million whatever its ends cut off. */
const MADE = 1_005_000;
const MOST_MB = 300;
/** The worker is killed when it has read so many pages. */
const DIES_AT_PAGE = 60;
const ENDS_WITHIN_MS = 20 * 60_000;
const LOOK_MS = 250;

type Place = {
  readonly sandbox: SandboxProcess;
  readonly settings: Readonly<Record<string, string>>;
  readonly uc: ReturnType<typeof cutover>;
  readonly scope: TenantScope;
  readonly visitor: Visitor;
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

/** A tenant with a million rows that gave consent. */
async function prepare(): Promise<Place> {
  const folder = join(root, "data", "bench-trace");
  const sandbox = await startSandboxProcess();
  const { postgres, settings } = await settingsFor(sandbox, folder);
  const deps = buildDeps(loadEnv(settings), settings.DATABASE_URL, quietLog);
  await deps.clock.refresh();
  const uc = cutover(deps);
  const tenant = await sandbox.tenant("direct-senders");
  await sandbox.control(`tenants/${tenant.id}/edit`, { path: ["traits", "traceRows"], value: MADE });
  await sandbox.control(`tenants/${tenant.id}/edit`, { path: ["traits", "traceMix"], value: "everybody" });
  const admin = tenant.users.find((user) => user.upn.startsWith("admin@"));
  const visitor = { tenant: tenant.id, oid: admin?.id ?? "", name: "Admin", upn: admin?.upn ?? "", isStaff: false, hasRole: true };
  await deps.store.tenants.arrive(scopeForArrival(visitor), { name: tenant.name, at: deps.clock.now() });
  const scope = await open(deps)(visitor, tenant.id);
  if (!scope.ok) throw new Error(scope.problem.say);
  const { url, cookie } = uc.consent.begin(scope.value, "/");
  const answer = await sandbox.submit(url, { account: visitor.oid, decision: "accept", exchangeRole: "yes" });
  const done = await uc.consent.finish(scope.value, Object.fromEntries(answer?.searchParams ?? []), cookie.value);
  if (!done.ok) throw new Error(done.problem.say);
  await sandbox.advance(60_000);
  await deps.clock.refresh();
  const close = async () => {
    await deps.store.close();
    await postgres.stop();
    await sandbox.stop();
  };
  return { sandbox, settings, uc, scope: scope.value, visitor, close };
}

async function reportOf({ uc, scope, visitor }: Place): Promise<TraceReportView> {
  const page = await uc.rejected.page(scope, visitor);
  if (!page.ok || !page.value.report) throw new Error("There is no report.");
  return page.value.report;
}

type Seen = { readonly report: TraceReportView; readonly peaks: readonly number[]; readonly waits: number; readonly ms: number };

const above = (worker: WorkerProcess): number => (worker.peakMb() ?? Number.NaN) - (worker.idleMb ?? Number.NaN);

/** Until the report is over: the worker is killed once, and the clock moved whenever the service asks for patience. */
async function watch(place: Place): Promise<Seen> {
  const began = performance.now();
  let worker = await startWorkerProcess(place.settings);
  const peaks: number[] = [];
  let waits = 0;
  try {
    const begun = await place.uc.rejected.begin(place.scope, 10);
    if (!begun.ok) throw new Error(begun.problem.say);
    while (performance.now() - began < ENDS_WITHIN_MS) {
      const report = await reportOf(place);
      if (report.state === "done") return { report, peaks: [...peaks, above(worker)], waits, ms: performance.now() - began };
      if (report.state === "stopped") throw new Error(report.problem?.say ?? "The report stopped.");
      if (report.state === "waiting") {
        waits += 1;
        await place.sandbox.advance(Math.max(1_000, (report.retryAt ?? 0) - place.sandbox.clock.now() + 1_000));
        await pause(3_000); // its sweep looks once a second
      }
      if (peaks.length === 0 && report.pages >= DIES_AT_PAGE) {
        peaks.push(above(worker));
        await worker.kill("SIGKILL");
        await place.sandbox.advance(120_000); // whoever is silent for so long is taken for dead
        worker = await startWorkerProcess(place.settings);
      }
      await pause(LOOK_MS);
    }
    throw new Error("The report was not finished in time.");
  } finally {
    await worker.kill("SIGTERM");
  }
}

export async function trace(): Promise<readonly Row[]> {
  const place = await prepare();
  try {
    const { report, peaks, waits, ms } = await watch(place);
    const counted = Object.values(report.counts).reduce((all, one) => all + one, 0);
    if (report.rows < ROWS || counted !== report.rows) throw new Error(`${report.rows} rows were read and ${counted} counted.`);
    const peak = Math.max(...peaks);
    const groups = report.reasons.reduce((all, { rows, more }) => all + rows.length + more.groups, 0);
    const measure = `Report over ${at(report.rows)} rows of message trace`;
    const result = `${at(report.pages)} queries, ${at(groups)} groups in ${at(ms / 1000)} s; killed once; waited ${waits} times for the quota`;
    if (Number.isNaN(peak)) return [told(measure, `${result}; memory is measured on Linux alone`)];
    const words = { result: `${at(peak)} MB above idle; ${result}`, bound: `${MOST_MB} MB above idle` };
    return [bounded(measure, peak, MOST_MB, words)];
  } finally {
    await place.close();
  }
}
