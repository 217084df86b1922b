/** The operations of `email-security/investigate/bulk`: a move or release of everything that a search finds. */
import { randomUUID } from "node:crypto";
import { isRecord } from "../openapi";
import { advanceJobs, isOver } from "./bulk-work";
import type { Context, Operations } from "./context";
import { finder } from "./entries";
import { type Answer, type Refusal, refusals } from "./errors";
import { alertOf, shownMessage } from "./found-message";
import { paged } from "./paging";
import { isDetection } from "./standing";
import { type BulkJob, destinations, type JobRow } from "./state";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const paramsOf = ({ action, destination }: BulkJob) => ({ type: action, ...(destination === null ? {} : { destination }) });

function shownJob(job: BulkJob) {
  const count = (status: JobRow["status"]) => job.rows.filter((row) => row.status === status).length;
  return {
    ...{ job_id: job.id, action_type: job.action, action_params: paramsOf(job), search_params: job.search, comment: job.comment },
    ...{ status: job.status, status_message: null, total_messages_discovered: job.rows.length },
    ...{ created_at: iso(job.createdAt), started_at: iso(job.startedAt), completed_at: iso(job.completedAt) },
    ...{ messages_pending: count("PENDING"), messages_successful: count("COMPLETED"), messages_failed: count("FAILED") },
    ...{ messages_skipped: count("SKIPPED"), messages_cancelled: count("CANCELLED") },
  };
}

const jobOf = ({ account, params }: Context): BulkJob | undefined => account.jobs.find(({ id }) => id === params["job_id"]);

function create({ body, account, world, token, lies }: Context): Answer | Refusal {
  const isMove = body["action"] === "MOVE";
  const destination = isMove ? destinations.find((one) => one === body["destination"]) : null;
  if (destination === undefined) return refusals.invalid([{ pointer: "/destination", message: "is required when action is MOVE" }]);
  const search = isRecord(body["search_params"]) ? body["search_params"] : {};
  const wrong = ["start", "end"].filter((name) => search[name] !== undefined && Number.isNaN(Date.parse(String(search[name]))));
  if (wrong.length > 0)
    return refusals.invalid(wrong.map((name) => ({ pointer: `/search_params/${name}`, message: "must be a date-time" })));
  const job: BulkJob = {
    ...{ id: randomUUID(), action: isMove ? "MOVE" : "RELEASE", destination, search, requestedBy: token.name },
    comment: typeof body["comment"] === "string" ? body["comment"] : null,
    ...{ status: "PENDING", createdAt: world.clock.now(), startedAt: null, completedAt: null, rows: [] },
  };
  if (!lies) account.jobs.push(job);
  world.save();
  return { status: 201, result: shownJob(job) };
}

async function list({ account, query, world, tenant, lies }: Context): Promise<Answer> {
  await advanceJobs(world, tenant);
  const [status, action] = [query.get("status"), query.get("action_type")];
  const found = account.jobs.filter((job) => (status === null || job.status === status) && (action === null || job.action === action));
  return paged(lies ? [] : found.map(shownJob).reverse(), query, 20);
}

async function get(context: Context): Promise<Answer | Refusal> {
  await advanceJobs(context.world, context.tenant);
  const job = jobOf(context);
  return job ? { status: 200, result: shownJob(job) } : refusals.noJob();
}

async function messages(context: Context): Promise<Answer | Refusal> {
  const { world, tenant, query } = context;
  await advanceJobs(world, tenant);
  const job = jobOf(context);
  if (!job) return refusals.noJob();
  const status = query.get("status");
  const page = paged(
    job.rows.filter((row) => status === null || row.status === status),
    query,
    20,
  );
  const find = finder(tenant);
  const shown = ({ messageId, recipient, status: state, at, text }: JobRow) => {
    const entry = find(messageId);
    return {
      ...{ action_type: job.action, action_params: { ...paramsOf(job), client_recipient: recipient }, created_at: iso(job.createdAt) },
      ...{ message_id: messageId, postfix_id: entry?.postfix ?? "", email_message_id: entry?.messageId ?? null, retry_count: 0 },
      ...{ status: state, status_message: text, processed_at: iso(at), retry_after: null },
      ...(entry ? { alert_id: isDetection(tenant.cloudflare, entry) ? alertOf(entry) : null } : {}),
      ...(entry ? { message: shownMessage(tenant, entry, world.clock.now()) } : {}),
    };
  };
  return { ...page, result: page.result.map(shown) };
}

async function cancel(context: Context): Promise<Answer | Refusal> {
  const { world, tenant, lies } = context;
  await advanceJobs(world, tenant);
  const job = jobOf(context);
  if (!job) return refusals.noJob();
  if (isOver(job)) return refusals.wrongState(`The job is ${job.status}`);
  if (lies) return { status: 200, result: { ...shownJob(job), status: "CANCELLED" } };
  job.status = "CANCELLED";
  job.completedAt = world.clock.now();
  for (const row of job.rows) if (row.status === "PENDING") row.status = "CANCELLED";
  world.save();
  return { status: 200, result: shownJob(job) };
}

async function remove(context: Context): Promise<Answer | Refusal> {
  const { world, tenant, account, lies } = context;
  await advanceJobs(world, tenant);
  const job = jobOf(context);
  if (!job) return refusals.noJob();
  if (!isOver(job)) return refusals.wrongState(`The job is ${job.status}: cancel it first`);
  if (!lies) account.jobs = account.jobs.filter((one) => one !== job);
  world.save();
  return { status: 200, result: { id: job.id } };
}

export const bulkOperations: Operations = {
  "emailSecurity.investigate.bulk.create": create,
  "emailSecurity.investigate.bulk.list": list,
  "emailSecurity.investigate.bulk.get": get,
  "emailSecurity.investigate.bulk.messages.list": messages,
  "emailSecurity.investigate.bulk.cancel.create": cancel,
  "emailSecurity.investigate.bulk.delete": remove,
};
