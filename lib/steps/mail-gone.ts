/** What lets the vendor's mail in may go only when no mail comes through the vendor any more: the undo guard of the steps before the switch. */
import { isListEdit, listBefore } from "@/lib/model/change";
import type { Check } from "@/lib/model/check";
import { fail, pass, unknown, wait } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Entry } from "@/lib/model/plan";
import { ask, type Moment, past, per } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { undoGuard } from "./shape";
import { listed, moment } from "./spans";
import { isVendorRecord, recordsSince, touchesVendor } from "./vendor-hosts";

const ID = "mail-gone";
const about = "Mail on its way";

/** Domains whose mail we ever moved to the vendor. One that was there before us is none of ours to bring back. */
export function movedDomains(receipts: readonly Entry[]): readonly string[] {
  const firsts = new Map<string, boolean>();
  for (const { change } of receipts) {
    const hosts = change.kind === "mx" ? change.edits["hosts"] : undefined;
    if (!hosts || !isListEdit(hosts) || firsts.has(change.key)) continue;
    firsts.set(change.key, hosts.whole.some(isVendorRecord) && !listBefore(hosts).some(isVendorRecord));
  }
  return [...firsts].flatMap(([domain, isMoved]) => (isMoved ? [domain] : []));
}

/** When the last copy of the records that named the vendor runs out; 0 when we never saw any. In ms since 1970. */
export function goneAt(moments: readonly Moment<"mx">[], { dnsSpreadMs }: Pick<Profile, "dnsSpreadMs">): number {
  const since = recordsSince(moments, (row) => !touchesVendor(row));
  const last = moments.findLast((m) => m.rows.some(touchesVendor));
  if (since === null || !last) return 0;
  return since + Math.max(dnsSpreadMs.value, ...last.rows.map((row) => row.ttl * 1000));
}

type Seen = { readonly domain: string; readonly row: Row<"mx"> | undefined; readonly moments: readonly Moment<"mx">[] };

const AGAIN_MS = 60_000;
/** Taken back already at one of its servers; the others follow. */
const isLeaving = (row: Row<"mx">): boolean =>
  !row.agreed && row.servers.some((s) => s.problem === null && s.hosts.length > 0 && !touchesVendor(s));

function judge(seen: readonly Seen[], profile: Profile, now: number): Check {
  const touching = seen.filter(({ row }) => row !== undefined && touchesVendor(row));
  const leaving = touching.filter(({ row }) => row !== undefined && isLeaving(row)).map((s) => s.domain);
  const there = touching.map((s) => s.domain).filter((domain) => !leaving.includes(domain));
  if (there.length > 0)
    return fail(
      ID,
      `Mail of ${listed(there)} still comes through ${profile.vendor}. Without this step Microsoft would treat it wrongly, or refuse it.`,
      "Take the switch of the mail records back first.",
      { about, step: "mx-records" },
    );
  if (leaving.length > 0)
    return wait(ID, `The name servers of ${listed(leaving)} do not agree yet: some still name ${profile.vendor}.`, now + AGAIN_MS, {
      about,
      fix: "Wait. They follow by themselves.",
    });
  const until = Math.max(0, ...seen.map(({ moments }) => goneAt(moments, profile)));
  if (now < until)
    return wait(ID, `Servers may remember until ${moment(until)} that mail goes through ${profile.vendor}.`, until, {
      about,
      fix: "Wait. Mail that is on its way arrives until then.",
    });
  return pass(ID, `No mail comes through ${profile.vendor} any more.`, { about });
}

export const mailGone = undoGuard({
  ids: [ID],
  queries(of) {
    const domains = movedDomains(of.done("mx-records"));
    return { mx: per(domains, (d) => ask("mx", d)), before: per(domains, (d) => past(ask("mx", d))) };
  },
  checks({ mx, before }, { profile }, now) {
    const answers = Object.entries(mx);
    for (const [, answer] of answers) if (!answer.ok) return [unknown(ID, answer.problem, { about })];
    const seen = answers.map(([domain, answer]): Seen => {
      const held = before[domain];
      return { domain, row: answer.ok ? answer.value[0] : undefined, moments: held?.ok ? held.value : [] };
    });
    return [judge(seen, profile, now)];
  },
});
