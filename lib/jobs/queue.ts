/** The queue: graphile-worker over the same PostgreSQL. Handlers are given to it; what they do is not its business. */
import { Logger, run, runMigrations, type TaskList } from "graphile-worker";
import type { Log } from "@/lib/base/log";

/** Throws to be tried again later, with growing pauses; resolves when there is nothing left to do. */
export type Handler = (
  payload: unknown,
  job: { readonly id: string; readonly attempt: number; readonly isLast: boolean; readonly signal: AbortSignal | undefined },
) => Promise<void>;
export type Worker = {
  /** Takes no new job, waits for those under way. */
  readonly stop: () => Promise<void>;
};
export type WorkerSpec = {
  readonly databaseUrl: string;
  readonly tasks: Readonly<Record<string, Handler>>;
  readonly log: Log;
  readonly concurrency?: number;
};

const pollIntervalMs = 2_000; // new jobs are announced at once; this finds those whose retry has come

const levels = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;
const loggerTo = (log: Log): Logger => new Logger(() => (level, message, meta) => log[levels[level]]({ queue: meta }, message));

const taskListOf = (tasks: WorkerSpec["tasks"], log: Log): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([task, handle]) => [
      task,
      async (payload, { job, abortSignal }) => {
        const isLast = job.attempts >= job.max_attempts;
        try {
          await handle(payload, { id: job.id, attempt: job.attempts, isLast, signal: abortSignal });
        } catch (error) {
          log.error({ err: error, task, job: job.id, attempt: job.attempts, isLast }, "A job failed");
          throw error;
        }
      },
    ]),
  );

/** The name is how /api/health counts workers. */
function named(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", "cutover-worker");
  return url.toString();
}

/** Signals are left to whoever starts it, so that a stop happens in their order. */
export async function startWorker({ databaseUrl, tasks, log, concurrency = 4 }: WorkerSpec): Promise<Worker> {
  const shared = { connectionString: named(databaseUrl), maxPoolSize: concurrency + 4, logger: loggerTo(log) };
  await runMigrations(shared);
  const runner = await run({
    ...shared,
    concurrency,
    pollInterval: pollIntervalMs,
    noHandleSignals: true,
    taskList: taskListOf(tasks, log),
  });
  runner.promise.catch((error: unknown) => log.error({ err: error }, "The worker stopped by itself"));
  return { stop: () => runner.stop() };
}
