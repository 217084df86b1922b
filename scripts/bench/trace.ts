/** The report on what would be refused over a million rows of message trace: memory of the worker, its death in the middle, the service's quota kept. */
import { setTimeout as pause } from "node:timers/promises";
import type { TraceReportView } from "@/lib/usecases/views/trace";
import { type Guest, openPlace, type Place } from "./place";
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

type Seat = Place & Guest;

/** A tenant with a million rows. */
async function prepare(place: Place): Promise<Seat> {
  const guest = await place.guest("direct-senders");
  const edit = (name: string, value: unknown) =>
    place.sandbox.control(`tenants/${guest.tenant.id}/edit`, { path: ["traits", name], value });
  await edit("traceRows", MADE);
  await edit("traceMix", "everybody");
  return { ...place, ...guest };
}

async function reportOf({ uc, scope, visitor }: Seat): Promise<TraceReportView> {
  const page = await uc.rejected.page(scope, visitor);
  if (!page.ok || !page.value.report) throw new Error("There is no report.");
  return page.value.report;
}

type Seen = { readonly report: TraceReportView; readonly peaks: readonly number[]; readonly waits: number; readonly ms: number };

const above = (worker: WorkerProcess): number => (worker.peakMb() ?? Number.NaN) - (worker.idleMb ?? Number.NaN);

/** Until the report is over: the worker is killed once, and the clock moved whenever the service asks for patience. */
async function watch(place: Seat): Promise<Seen> {
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
  const place = await openPlace("bench-trace");
  try {
    const { report, peaks, waits, ms } = await watch(await prepare(place));
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
