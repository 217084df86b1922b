/** Support's plain queue: every tenant, where it stands, since when, why, and what comes next. */
import { no, ok, type Result } from "@/lib/base/result";
import { isMet, type Status } from "@/lib/model/status";
import { profileOf } from "@/lib/profiles/all";
import { catalogue, trackOf } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";
import type { QueueCursor, QueueRow as Stored, QueueSort as StoredSort } from "@/lib/store/queue";
import { actorOf } from "./access";
import type { Deps } from "./deps";
import { sayOf } from "./event-words";
import { stepById } from "./setup";
import type { QueueRow, QueueSort, QueueView, Visitor } from "./views";

const SORTS: Readonly<Record<QueueSort, StoredSort>> = { oldest: "needs", newest: "activity", name: "name" };
export const isSort = (text: string | undefined): text is QueueSort => text !== undefined && Object.hasOwn(SORTS, text);

const cursorOf = (text: string | undefined): QueueCursor | undefined => {
  const [, id, key] = /^([0-9a-f-]{36})\.(.{1,200})$/s.exec(text ?? "") ?? [];
  return id && key ? { id, key } : undefined;
};

const RUN_STATUS: Readonly<Record<string, Status>> = {
  stopped: { code: "problem", say: "There is a problem" },
  "needs-you": { code: "needs-you", say: "Needs the admin" },
  waiting: { code: "waiting", say: "Waiting" },
  queued: { code: "in-progress", say: "In progress" },
  running: { code: "in-progress", say: "In progress" },
};

type Where = { readonly step: Step | undefined; readonly status: Status; readonly since: number; readonly why: string };

/** From what the queue's own query brought: no reading of the tenant, no clouds. The first open run, else a watch, else the first step nobody finished. */
function whereIs(row: Stored): Where {
  const run = row.lastRuns.find((r) => RUN_STATUS[r.state]);
  const status = run && RUN_STATUS[run.state];
  if (run && status) return { step: stepById(run.step), status, since: run.updatedAt, why: run.problem?.say ?? "" };
  const watch = row.watches.find((w) => w.state === "watching");
  if (watch)
    return {
      step: stepById(watch.step),
      status: { code: "waiting", say: "Waiting", at: watch.dueAt },
      since: watch.since,
      why: "It looks again by itself.",
    };
  const step = catalogue.find(
    (s) =>
      !row.dones.some((e) => e.step === s.id && e.kind === "step-done") && !row.skips.some((e) => e.step === s.id && e.kind === "skipped"),
  );
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
    const search = (ask.search ?? "").slice(0, 200);
    const sort = isSort(ask.sort) ? ask.sort : "oldest";
    const after = cursorOf(ask.after);
    const page = await deps.store.queue.list(actorOf(visitor), { search, sort: SORTS[sort], ...(after ? { after } : {}) });
    const next = page.next ? `${page.next.id}.${page.next.key}` : null;
    return ok({ visitor, rows: page.rows.map(viewOf), after: next, total: page.rows.length, search, sort });
  };
