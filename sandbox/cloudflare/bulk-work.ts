/** Bulk jobs go on by the sandbox's clock: a moment to begin, a moment to discover, then so many messages a second. None of it is on record. */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { entryWith } from "./entries";
import { type Asked, matching } from "./filters";
import { inTurn } from "./in-turn";
import { move } from "./moves";
import { release } from "./release";
import { monthMs } from "./search";
import { heldFrom } from "./standing";
import type { BulkJob, JobRow } from "./state";

const discoversAfterMs = 1_000;
export const WORKS_AFTER_MS = 2_000;
export const MESSAGE_MS = 10;

export const isOver = ({ status }: BulkJob): boolean => status === "COMPLETED" || status === "FAILED" || status === "CANCELLED";

const asked = (search: Record<string, unknown>): Asked =>
  new Map(
    Object.entries(search).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)] as const])),
  );

const moment = (value: unknown, otherwise: number): number => {
  const at = Date.parse(String(value ?? ""));
  return Number.isNaN(at) ? otherwise : at;
};

/** Only what is held can be released. */
function discovered(tenant: Tenant, { action, search, createdAt }: BulkJob): JobRow[] {
  if (search["submissions"] === true) return [];
  const [start, end] = [moment(search["start"], createdAt - monthMs), moment(search["end"], createdAt)];
  return matching({ tenant, now: createdAt }, asked(search), { start, end, most: Number.POSITIVE_INFINITY }).flatMap((entry) => {
    const held = heldFrom(tenant, entry);
    return entry.recipients.map((recipient): JobRow => {
      const isSkipped = action === "RELEASE" && !held.includes(recipient);
      const text = isSkipped ? "The message is not in quarantine" : null;
      return { messageId: entry.id, recipient, status: isSkipped ? "SKIPPED" : "PENDING", at: null, text };
    });
  });
}

async function carriedOut(world: World, tenant: Tenant, job: BulkJob, row: JobRow): Promise<{ success: boolean; status: string }> {
  const entry = entryWith(tenant, row.messageId);
  if (!entry) return { success: false, status: "not_found" };
  const { recipient } = row;
  if (job.destination !== null)
    return move(world, tenant, { entry, recipient, destination: job.destination }, { by: "api", requestedBy: job.requestedBy });
  // all recipients of a message are released at once, with the first of them
  const done = heldFrom(tenant, entry).length > 0 ? release(world, tenant, entry, job.requestedBy) : null;
  const success = done === null || done.delivered.includes(recipient);
  return { success, status: success ? "delivered" : "failed" };
}

async function advance(world: World, tenant: Tenant, job: BulkJob): Promise<void> {
  const now = world.clock.now();
  if (job.status === "PENDING" && now >= job.createdAt + discoversAfterMs) {
    job.status = "DISCOVERING";
    job.startedAt = job.createdAt + discoversAfterMs;
  }
  if (job.status === "DISCOVERING" && now >= job.createdAt + WORKS_AFTER_MS) {
    job.rows = discovered(tenant, job);
    job.status = "PROCESSING";
  }
  if (job.status !== "PROCESSING") return;
  const due = Math.floor((now - job.createdAt - WORKS_AFTER_MS) / MESSAGE_MS);
  for (const row of job.rows.slice(0, due)) {
    if (row.status !== "PENDING" || isOver(job)) continue;
    const { success, status } = await carriedOut(world, tenant, job, row);
    Object.assign(row, { status: success ? "COMPLETED" : "FAILED", at: world.clock.now(), text: status });
  }
  if (isOver(job) || job.rows.some(({ status }) => status === "PENDING")) return;
  job.status = "COMPLETED";
  job.completedAt = now;
}

const turn = inTurn<Tenant>();

/** What is due of a tenant's jobs. */
export function advanceJobs(world: World, tenant: Tenant): Promise<void> {
  const open = () => tenant.cloudflare.jobs.filter((job) => !isOver(job));
  if (open().length === 0) return Promise.resolve();
  return turn(tenant, async () => {
    for (const job of open()) await advance(world, tenant, job);
    world.save();
  });
}
