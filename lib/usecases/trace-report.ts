/** The report on what would be refused: begun, called off, let go on, downloaded, and read by a person who says so. */
import { no, ok, type Result } from "@/lib/base/result";
import { traceReportJob } from "@/lib/jobs/trace-report";
import { BYTE_ORDER_MARK, csvLine } from "@/lib/model/csv";
import type { TenantScope } from "@/lib/model/scope";
import type { Group } from "@/lib/model/trace-groups";
import { remediesOf } from "@/lib/model/trace-remedies";
import type { TraceReportRow } from "@/lib/store/trace-reports";
import type { Deps } from "./deps";
import { saveSettings } from "./settings";
import { loadSetup } from "./setup";
import { mayRead, NO_ACCESS } from "./trace-access";
import { groupView, LOCK_DOWN, REVIEWED } from "./trace-view";
import type { ActionAnswer } from "./views";

/** How far back may be looked: one query's worth, or a month, which takes three times as long. Microsoft keeps 90 days. */
export const TRACE_DAYS = [10, 30] as const;
export type TraceDays = (typeof TRACE_DAYS)[number];

const NONE = no("gone", "There is no such report.", { fix: "Load the page again." });

export const beginTrace =
  (deps: Deps) =>
  async (scope: TenantScope, days: TraceDays): Promise<ActionAnswer> => {
    if (!(await mayRead(deps, scope))) return NO_ACCESS;
    await deps.clock.refresh();
    const at = deps.clock.now();
    const event = { kind: "rejected-begun", at, step: LOCK_DOWN, detail: { days } };
    const begun = await deps.store.traceReports.begin(scope, { days, at, event, job: (id) => traceReportJob(scope.tenant, id) });
    return begun.ok ? { ok: true, say: "Cutover is looking. You can close this page." } : begun;
  };

export const cancelTrace =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const at = deps.clock.now();
    const isDone = await deps.store.traceReports.move(scope, id, ["queued", "running", "waiting", "stopped"], { state: "cancelled", at });
    return isDone ? { ok: true, say: "Cancelled. What was read so far stays below." } : NONE;
  };

/** Now rather than at its time, or after it was given up: from where it stands. */
export const resumeTrace =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    if (!(await mayRead(deps, scope))) return NO_ACCESS;
    const [at, job] = [deps.clock.now(), traceReportJob(scope.tenant, id)];
    const isOn = await deps.store.traceReports.move(scope, id, ["waiting", "stopped"], { state: "queued", at, tries: 0 }, job);
    return isOn ? { ok: true, say: "Going on." } : NONE;
  };

/** A person's word that they have read it: what the lock's guard asks for. Never said by anything but a person. */
export const reviewTrace =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const row = await deps.store.traceReports.find(scope, id);
    if (row?.state !== "done") return no("not-ready", "The report is not finished yet.", { fix: "Wait until it is, and read it." });
    const at = deps.clock.now();
    const saved = await saveSettings(deps)(scope, LOCK_DOWN, { reviewed: new Date(at).toISOString().slice(0, 10) });
    if (!saved.ok) return saved;
    await deps.store.events.add(scope, { kind: REVIEWED, at, step: LOCK_DOWN, detail: { report: id } });
    return { ok: true, say: "Written down. The lock may be turned on when its other conditions are met." };
  };

const HEAD = [
  "Kind",
  "Sender domain",
  "Senders",
  "Address range",
  "Addresses",
  "Named by",
  "Recipients",
  "Messages",
  "Delivered",
  "First",
  "Last",
  "What to do",
];
const CSV_ROWS = 500;

function lineOf(group: Group, vendor: string): string {
  const { title, remedy } = remediesOf(vendor)[group.reason];
  const shown = groupView(group);
  const times = [shown.first, shown.last].map((at) => new Date(at).toISOString());
  const who = [title, shown.senderDomain, shown.senders, shown.range, shown.addresses, shown.because, shown.recipients];
  return csvLine([...who, shown.count, shown.delivered, ...times, remedy]);
}

async function* lines(deps: Deps, scope: TenantScope, { id }: TraceReportRow, vendor: string): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  let key = "";
  for (;;) {
    const groups = await deps.store.traceGroups.after(scope, id, key, CSV_ROWS);
    const last = groups.at(-1);
    if (!last) return;
    yield groups.map((group) => lineOf(group, vendor)).join("");
    key = last.key;
  }
}

/** Every group, read while it is sent. */
export const traceCsv =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<Result<{ readonly fileName: string; readonly texts: AsyncGenerator<string> }>> => {
    const [setup, row] = await Promise.all([loadSetup(deps, scope), deps.store.traceReports.latest(scope)]);
    if (!setup.ok) return setup;
    if (!row) return NONE;
    const day = new Date(row.madeAt).toISOString().slice(0, 10);
    return ok({ fileName: `cutover-would-be-refused-${day}.csv`, texts: lines(deps, scope, row, setup.value.profile.vendor) });
  };
