import { expect, it } from "vitest";
import type { TraceReportView } from "@/lib/usecases/views/trace";
import { signalOfTrace } from "./trace-signal";

const report: TraceReportView = {
  ...{ id: "r", state: "running", by: "Admin", madeAt: 0, finishedAt: null, from: 0, until: 10, days: 10, seenFrom: 0, pages: 3, rows: 9 },
  ...{ reachedAt: 5, share: 0.52, retryAt: null, problem: null, gaps: [], notMoved: [], unseen: [], reasons: [] },
  counts: { vendor: 0, internal: 0, outbound: 0, before: 0, refused: 0, grouped: 9 },
};
const of = (more: Partial<TraceReportView>) => signalOfTrace({ report: { ...report, ...more }, reviewed: null });

it("every page draws anew, and only every tenth is said", () => {
  expect(of({ pages: 4, share: 0.53 }).key).not.toBe(of({}).key);
  expect(of({ pages: 4, share: 0.53 }).say).toEqual(of({}).say);
  expect(of({ share: 0.61 }).say).toEqual(["60 percent read."]);
});

it("a report that waits goes on being listened to; one that is over does not", () => {
  expect(of({ state: "waiting", retryAt: 9 }).isSettled).toBe(false);
  for (const state of ["done", "cancelled", "stopped"] as const) expect(of({ state }).isSettled).toBe(true);
  expect(signalOfTrace({ report: null, reviewed: null }).isSettled).toBe(true);
});
