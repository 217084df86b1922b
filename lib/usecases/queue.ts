/** Support's plain queue: every tenant, where it stands, since when, why, and what comes next. */
import { no, ok, type Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import { isMet, type Status } from "@/lib/model/status";
import { profileOf } from "@/lib/profiles/all";
import { chosenIn, trackOf } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";
import type { QueueCursor, QueueRow as Stored, QueueSort as StoredSort } from "@/lib/store/queue";
import { actorOf } from "./access";
import type { Deps } from "./deps";
import { sayOf } from "./event-words";
import { stepById } from "./setup";
import type { QueueRow, QueueSort, QueueView, Visitor } from "./views";

const SORTS: Readonly<Record<QueueSort, StoredSort>> = { oldest: "needs", newest: "activity", name: "name" };
export const isSort = (text: string | undefined): text is QueueSort => text !== undefined && Object.hasOwn(SORTS, text);

/** From an address that anybody can type: what is no cursor of this sort begins at the first page. A company may have no name. */
function cursorOf(text: string | undefined, sort: StoredSort): QueueCursor | undefined {
  const [, id, key] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([^\0]{0,1000})$/s.exec(text ?? "") ?? [];
  if (id === undefined || key === undefined) return undefined;
  return sort === "name" || /^-?\d{1,20}(\.\d{1,20})?$/.test(key) ? { id, key } : undefined;
}

const RUN_STATUS: Readonly<Record<string, Status>> = {
  stopped: { code: "problem", say: "There is a problem" },
  "needs-you": { code: "needs-you", say: "Needs the admin" },
  waiting: { code: "waiting", say: "Waiting" },
  queued: { code: "in-progress", say: "In progress" },
  running: { code: "in-progress", say: "In progress" },
};

type Where = { readonly step: Step | undefined; readonly status: Status; readonly since: number; readonly why: string };

const isSkipped = (row: Stored, step: string) => row.skips.some((e) => e.step === step && e.kind === "skipped");
const isDone = (row: Stored, step: string) => row.dones.some((e) => e.step === step && e.kind === "step-done");
const isDoneSince = (row: Stored, step: string, since: number) =>
  row.dones.some((e) => e.step === step && e.kind === "step-done" && e.at >= since);
/** As on the admin's own list: a skipped step waits for nobody, and a failed run is history once its step was seen done. */
const isHistory = (row: Stored, { step, state, updatedAt }: Stored["lastRuns"][number]) =>
  isSkipped(row, step) || (state === "stopped" && isDoneSince(row, step, updatedAt));

/** The run that most needs somebody. */
function openRunOf(row: Stored) {
  const open = row.lastRuns.filter((run) => !isHistory(row, run));
  const state = Object.keys(RUN_STATUS).find((one) => open.some((run) => run.state === one));
  return open.find((run) => run.state === state);
}

/** From what the queue's own query brought: no reading of the tenant, no clouds. An open run, else a watch, else the first step nobody finished. */
function whereIs(row: Stored): Where {
  const run = openRunOf(row);
  const status = run && RUN_STATUS[run.state];
  if (run && status) {
    const at = run.retryAt === null ? {} : { at: run.retryAt };
    return { step: stepById(run.step), status: { ...status, ...at }, since: run.updatedAt, why: run.problem?.say ?? "" };
  }
  const watch = row.watches.find((w) => w.state === "watching" && !isSkipped(row, w.step) && !isDoneSince(row, w.step, w.since));
  if (watch)
    return {
      step: stepById(watch.step),
      status: { code: "waiting", say: "Waiting", at: watch.dueAt },
      since: watch.since,
      why: "It looks again by itself.",
    };
  const step = chosenIn(() => row.chosen).steps.find((s) => !isDone(row, s.id) && !isSkipped(row, s.id));
  const since = row.lastEvent?.at ?? row.tenant.createdAt;
  if (!step) return { step: undefined, status: { code: "done", say: "Done" }, since, why: "" };
  return {
    step,
    status: {
      code: row.touched.includes(step.id) ? "needs-you" : "not-started",
      say: row.touched.includes(step.id) ? "Needs the admin" : "Not started",
    },
    since,
    why: row.lastEvent ? `${row.lastEvent.actor.name} ${sayOf(row.lastEvent.kind, row.lastEvent.detail)}` : "",
  };
}

function viewOf(row: Stored): QueueRow {
  const { step, status, since, why } = whereIs(row);
  const title = step?.texts(profileOf(row.tenant.profile)).title ?? "All steps are done";
  const home = `/t/${row.tenant.id}`;
  return {
    tenant: row.tenant.id,
    name: row.tenant.name,
    step: title,
    status,
    since,
    why,
    next: isMet(status, true) ? "Nothing" : title,
    href: step ? `${home}/${trackOf(step.id).id}/${step.id}` : home,
  };
}

export const queue =
  (deps: Deps) =>
  async (
    visitor: Visitor | null,
    ask: { readonly search?: string; readonly sort?: string; readonly after?: string },
  ): Promise<Result<QueueView>> => {
    if (!visitor?.isStaff) return no("gone", "There is nothing here for you.");
    const search = storable(ask.search ?? "", 200);
    const sort = isSort(ask.sort) ? ask.sort : "oldest";
    const after = cursorOf(ask.after, SORTS[sort]);
    const page = await deps.store.queue.list(actorOf(visitor), { search, sort: SORTS[sort], ...(after ? { after } : {}) });
    const next = page.next ? `${page.next.id}.${page.next.key}` : null;
    return ok({ visitor, rows: page.rows.map(viewOf), after: next, total: page.rows.length, search, sort });
  };
