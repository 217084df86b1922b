/** What the page about rejected mail is told: groups of senders, reasons with remedies, and how far the report is. */
import type { Problem } from "@/lib/base/result";
import type { Counts } from "@/lib/model/trace-groups";
import type { Reason } from "@/lib/model/trace-reasons";
import type { Remedy } from "@/lib/model/trace-remedies";
import type { TenantHead } from "../views";

/** Mail that would be refused, of one kind, sender's domain and address range. */
export type TraceGroupView = {
  readonly key: string;
  readonly senderDomain: string;
  readonly senders: string;
  readonly range: string;
  readonly addresses: string;
  readonly recipients: string;
  /** The connector or SPF record that says whose it is; "" when none does. */
  readonly because: string;
  readonly count: number;
  readonly delivered: number;
  readonly first: number;
  readonly last: number;
};
export type TraceReasonView = Remedy & {
  readonly reason: Reason;
  readonly count: number;
  readonly rows: readonly TraceGroupView[];
  /** What stands in the file alone. */
  readonly more: { readonly groups: number; readonly count: number };
};
export type TraceReportView = {
  readonly id: string;
  readonly state: "queued" | "running" | "waiting" | "stopped" | "done" | "cancelled";
  readonly by: string;
  readonly madeAt: number;
  readonly finishedAt: number | null;
  /** The window. */
  readonly from: number;
  readonly until: number;
  readonly days: number;
  /** From when on all domains that have moved were looked at. */
  readonly seenFrom: number;
  readonly pages: number;
  readonly rows: number;
  /** The oldest row so far: it is read backwards. */
  readonly reachedAt: number | null;
  /** 0 to 1. */
  readonly share: number;
  readonly retryAt: number | null;
  readonly problem: Problem | null;
  readonly counts: Counts;
  readonly gaps: readonly string[];
  readonly notMoved: readonly string[];
  readonly unseen: readonly string[];
  readonly reasons: readonly TraceReasonView[];
};
/** What would be refused once the door is locked. */
export type TraceView = {
  readonly head: TenantHead;
  readonly vendor: string;
  readonly report: TraceReportView | null;
  readonly reviewed: { readonly by: string; readonly at: number } | null;
  readonly lockDownHref: string | null;
  /** The same look as PowerShell, for those who give no access. */
  readonly script: string;
};
