/** What is read about reports on their way: the rules, the vendor's count over time, and messages that came as reports. */
import { ok, type Problem, type Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";
import { ask, type Moment, past, per, type Reading, sinceWhen } from "@/lib/model/query";
import type { JournalRegion, Profile } from "@/lib/profiles/profile";
import { addressOf } from "./journal-connector-addresses";
import type { FlowSettings } from "./journal-flow-settings";
import { touchesVendor } from "./vendor-hosts";

/** One key each, so that a missing token or a slow cmdlet does not hide the rest. */
const VENDOR = ["account"];
const TENANT = ["tenant"];

export const flowQueries = ({ domains, sent }: FlowSettings) => ({
  rules: ask("JournalRule"),
  rulesBefore: past(ask("JournalRule")),
  processed: per(VENDOR, () => ask("processed")),
  processedBefore: per(VENDOR, () => past(ask("processed"))),
  newest: per(VENDOR, () => ask("journaled")),
  sent: per(sent?.messageIds ?? [], (id) => ask("journaled", id)),
  mx: per(domains, (domain) => ask("mx", domain)),
  transport: per(TENANT, () => ask("TransportConfig")),
  connectors: per(TENANT, () => ask("OutboundConnectorValidation")),
});
export type FlowReading = Reading<ReturnType<typeof flowQueries>>;

/** Regions in use, each with the address that its reports should go to. */
export const targetsOf = (
  { regions, addresses }: FlowSettings,
  profile: Profile,
): readonly { readonly region: JournalRegion; readonly address: string | null }[] =>
  profile.journaling.value.regions
    .filter(({ id }) => regions.includes(id))
    .map((region) => ({ region, address: addressOf(region.id, addresses) }));

type Rule = Row<"JournalRule">;
export const isOnFor = (rules: readonly Rule[], address: string): boolean =>
  rules.some((rule) => rule.Enabled && rule.JournalEmailAddress === address);

/** Since when every region's rule has been on; null while one is not. */
export function onSince({ rules, rulesBefore }: FlowReading, chosen: FlowSettings, profile: Profile, now: number): number | null {
  const targets = targetsOf(chosen, profile);
  const isOn = (rows: readonly Rule[]) => targets.length > 0 && targets.every(({ address }) => address !== null && isOnFor(rows, address));
  if (!isOn(rules)) return null;
  return sinceWhen(rulesBefore, ({ rows }) => isOn(rows)) ?? now;
}

export type Point = { readonly at: number; readonly total: number };
export type Vendor =
  | { readonly is: "read"; readonly points: readonly Point[] }
  /** No token: what somebody typed is all there is. */
  | { readonly is: "typed"; readonly points: readonly Point[] }
  | { readonly is: "unread"; readonly problem: Problem };

function totalOf(rows: readonly Row<"processed">[], domains: readonly string[]): number {
  const chosen = rows.filter(({ domain }) => domains.includes(domain));
  return (chosen.length > 0 ? chosen : rows).reduce((sum, row) => sum + row.total, 0);
}

/** When the number was first and last seen so. */
function pointsOf(moments: readonly Moment<"processed">[], domains: readonly string[]): readonly Point[] {
  return moments.flatMap(({ rows, first, last }) => {
    // It knows none of the domains: that is no count.
    if (rows.length === 0) return [];
    const total = totalOf(rows, domains);
    return first === last
      ? [{ at: first, total }]
      : [
          { at: first, total },
          { at: last, total },
        ];
  });
}

/** The count over time, oldest first: read from the vendor, or typed. */
export function vendorCount({ processed, processedBefore }: FlowReading, { domains, counts }: FlowSettings): Vendor {
  const now = processed["account"];
  const before = processedBefore["account"];
  if (now?.ok) return { is: "read", points: pointsOf(before?.ok ? before.value : [], domains) };
  if (!now || now.problem.code === "not-asked") return { is: "typed", points: counts };
  return { is: "unread", problem: now.problem };
}

/** Whether mail reaches the vendor by the mail records as well: then a number that grows proves nothing about reports. */
export function isInline({ processed, mx }: FlowReading, { domains }: FlowSettings): Result<boolean> {
  const rows = processed["account"];
  const isDirect = rows?.ok ? rows.value.some((row) => domains.includes(row.domain) && row.deliveryModes.includes("DIRECT")) : false;
  const answers = Object.values(mx);
  if (isDirect || answers.some((answer) => answer.ok && answer.value.some(touchesVendor))) return ok(true);
  return answers.find((answer) => !answer.ok) ?? ok(false);
}

/** Growth since the rule was on: from what to what, and when it was first seen. */
export function growthSince(
  points: readonly Point[],
  since: number,
): { readonly from: number; readonly to: number; readonly first: number; readonly last: number } | null {
  const base = points.findLast(({ at }) => at <= since) ?? points[0];
  if (!base) return null;
  const grown = points.filter(({ at, total }) => at > base.at && total > base.total);
  const [first] = grown;
  const to = points.at(-1);
  if (!first || !to || to.total <= base.total) return null;
  const last = grown.find(({ total }) => total === to.total) ?? first;
  return { from: base.total, to: to.total, first: first.at, last: last.at };
}

/** Clocks of two clouds do not agree to the second. */
const SLACK_MS = 2 * 60_000;

/** Messages that came as reports since the rule was on, oldest first. */
export function reportsSince({ newest }: FlowReading, since: number): readonly Row<"journaled">[] {
  const rows = newest["account"];
  return (rows?.ok ? rows.value : [])
    .filter(({ deliveryMode, scannedAt }) => deliveryMode === "JOURNAL" && scannedAt >= since - SLACK_MS)
    .toSorted((a, b) => a.scannedAt - b.scannedAt);
}

/** What the vendor has of the test message, whichever way it came, since the rule was on. */
export const sightings = ({ sent }: FlowReading, since: number): readonly Row<"journaled">[] =>
  Object.values(sent).flatMap((answer) => (answer.ok ? answer.value.filter(({ scannedAt }) => scannedAt >= since - SLACK_MS) : []));

/** Where reports that cannot be delivered go; null when it is not known. */
export function ndrOf({ transport }: FlowReading): string | null {
  const rows = transport["tenant"];
  return rows?.ok ? (rows.value[0]?.JournalingReportNdrTo ?? null) : null;
}
