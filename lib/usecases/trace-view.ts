/** The report on message trace as its page shows it: how far it is, the groups by reason with a remedy each, and what it cannot have seen. */
import { ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Group, Tally } from "@/lib/model/trace-groups";
import type { Premises } from "@/lib/model/trace-premises";
import { REASONS, type Reason } from "@/lib/model/trace-reasons";
import { remediesOf, unseenIn } from "@/lib/model/trace-remedies";
import { traceScript } from "@/lib/model/trace-script";
import type { ReasonSum } from "@/lib/store/trace-groups";
import type { TraceReportRow } from "@/lib/store/trace-reports";
import type { Deps } from "./deps";
import { loadSetup, type Setup, stepById } from "./setup";
import { headOf, hrefOf } from "./show";
import { windowOf } from "./trace-work";
import type { Visitor } from "./views";
import type { TraceGroupView, TraceReasonView, TraceReportView, TraceView } from "./views/trace";

export const LOCK_DOWN = "lock-down";
export const REVIEWED = "rejected-reviewed";
/** Rows of a reason on the page; all of them stand in the file. */
const SHOWN = 25;
const BY_HAND_DAYS = 10;

const names = ({ few, isMore }: Tally, nothing: string): string => {
  const told = Object.keys(few).map((name) => name || nothing);
  return isMore ? `${told.join(", ")} and others` : told.join(", ");
};

export const groupView = (group: Group): TraceGroupView => ({
  key: group.key,
  senderDomain: group.senderDomain === "*" ? "Many others" : group.senderDomain || "Bounces",
  senders: names(group.senders, "bounces"),
  range: group.range === "*" ? "Many" : group.range,
  addresses: names(group.addresses, "unknown"),
  recipients: names(group.recipients, "unknown"),
  // The domain of mail that has not moved is in its recipients already.
  because: group.reason === "old-way" ? "" : group.because,
  count: group.count,
  delivered: group.delivered,
  first: group.first,
  last: group.last,
});

function reasonView(reason: Reason, vendor: string, sum: ReasonSum, groups: readonly Group[]): TraceReasonView {
  const rows = groups.filter((group) => group.reason === reason).map(groupView);
  const more = { groups: sum.groups - rows.length, count: sum.count - rows.reduce((all, row) => all + row.count, 0) };
  return { reason, ...remediesOf(vendor)[reason], count: sum.count, rows, more };
}

/** Read backwards from now: the oldest row says how much of the time is done. */
function shareOf({ from, until }: { readonly from: number; readonly until: number }, row: TraceReportRow): number {
  if (row.state === "done") return 1;
  return row.reachedAt === null ? 0 : Math.min(1, Math.max(0, (until - row.reachedAt) / (until - from)));
}

/** From when on mail of all moved domains was looked at: a domain that moved yesterday was seen for a day, whatever the window. */
function seenFrom(from: number, { domains }: Premises): number {
  return Math.max(from, ...domains.map(({ since }) => since ?? 0));
}

async function reportView(deps: Deps, scope: TenantScope, vendor: string, row: TraceReportRow): Promise<TraceReportView> {
  const { sums, groups } = await deps.store.traceGroups.largest(scope, row.id, SHOWN);
  const window = windowOf(row);
  const { premises } = row;
  return {
    ...{ id: row.id, state: row.state, by: row.by.name, madeAt: row.madeAt, finishedAt: row.finishedAt },
    ...{ ...window, days: row.days, pages: row.pages, rows: row.rows, reachedAt: row.reachedAt, share: shareOf(window, row) },
    ...{ retryAt: row.retryAt, problem: row.problem, counts: row.counts, gaps: premises?.gaps ?? [] },
    notMoved: premises?.domains.filter(({ since }) => since === null).map(({ name }) => name) ?? [],
    unseen: premises ? unseenIn(seenFrom(window.from, premises), window.until) : [],
    seenFrom: premises ? seenFrom(window.from, premises) : window.from,
    reasons: REASONS.flatMap((reason) => {
      const sum = sums.find((one) => one.reason === reason);
      return sum ? [reasonView(reason, vendor, sum, groups)] : [];
    }),
  };
}

async function reviewOf(deps: Deps, scope: TenantScope): Promise<TraceView["reviewed"]> {
  const [last] = await deps.store.events.list(scope, { kinds: [REVIEWED], limit: 1 });
  return last ? { by: last.actor.name, at: last.at } : null;
}

const scriptOf = ({ profile }: Setup): string => traceScript({ vendor: profile.egress.value, days: BY_HAND_DAYS });

export const traceView =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<TraceView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const { vendor } = setup.value.profile;
    const [row, reviewed] = await Promise.all([deps.store.traceReports.latest(scope), reviewOf(deps, scope)]);
    const step = stepById(LOCK_DOWN);
    return ok({
      head: headOf(setup.value, visitor),
      vendor,
      report: row ? await reportView(deps, scope, vendor, row) : null,
      reviewed,
      lockDownHref: step ? hrefOf(scope, step) : null,
      script: scriptOf(setup.value),
    });
  };
