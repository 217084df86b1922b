/** The job that reads message trace for a report, page by page: begun by a person, again after the service's quota, and again after a crash. */
import { z } from "zod";

export const TRACE_REPORT = "trace-report";
const payload = z.object({ tenant: z.string(), report: z.string() });
export type TraceReportOrder = z.infer<typeof payload>;

export const traceReportJob = (tenant: string, report: string) => ({
  task: TRACE_REPORT,
  payload: { tenant, report },
  jobKey: `${TRACE_REPORT}:${report}`,
  maxAttempts: 5,
});

export const traceReportHandler = (work: (order: TraceReportOrder) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
