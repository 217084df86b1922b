/** Whether the new mail records have reached everybody: all name servers, and the public resolvers that were asked. */
import { type Check, fail, pass, unknown, wait, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { isSameOrder, regionOf, targetOf } from "./mx-hosts";
import type { MxReading } from "./mx-records-reading";
import type { MxSettings } from "./mx-records-settings";
import { movingNow } from "./mx-records-settings";
import { hostIn } from "./mx-rows";
import { listed, moment } from "./spans";
import { recordsSince, ttlBefore } from "./vendor-hosts";

/** Looked at again soon, for a person is waiting. */
const AGAIN_MS = 60_000;

function laggards(row: Row<"mx">, resolvers: Row<"resolvers"> | undefined, target: readonly string[]): readonly string[] {
  const servers = row.servers.filter((s) => s.problem === null && !isSameOrder(s.hosts, target)).map((s) => s.name);
  const public_ = (resolvers?.seen ?? []).filter((s) => s.problem === null && !isSameOrder(s.hosts, target)).map((s) => s.resolver);
  return [...servers, ...public_];
}

/** The DNS host has the new records and tells its other servers by itself: nothing is left to be written, however long that takes. */
export const isSpreading = (row: Row<"mx"> | null, target: readonly string[]): boolean =>
  row !== null && !row.agreed && target.length > 0 && row.servers.some((s) => s.problem === null && isSameOrder(s.hosts, target));

/** Whether the records are as they should be, wherever they have spread to. Else our own switch of one domain would bar the next. */
export const isDone = (row: Row<"mx"> | null, target: readonly string[]): boolean =>
  row !== null && (isSameOrder(row.hosts, target) || isSpreading(row, target));

/** Expected within an hour or the TTL of before, whichever is longer: only then does disagreement warn. */
function spreading(domain: string, row: Row<"mx">, target: readonly string[], reading: MxReading, profile: Profile, now: number): Check {
  const about = domain;
  const seen = reading.resolvers[domain];
  if (!seen?.ok)
    return unknown(domain, seen?.problem ?? { code: "not-asked", say: "Public resolvers have not been asked yet." }, { about });
  const late = laggards(row, seen.value[0], target);
  if (late.length === 0 && row.agreed)
    return pass(domain, `Mail goes to ${listed(target.map(hostIn))}, and everybody we asked says so.`, { about });
  const held = reading.before[domain];
  const moments = held?.ok ? held.value : [];
  const since = recordsSince(moments, (r) => isDone(r, target)) ?? now;
  const until = since + Math.max(profile.dnsSpreadMs.value, ttlBefore(moments, since) * 1000);
  const saw =
    late.length > 0
      ? `${listed(late)} still ${late.length === 1 ? "gives" : "give"} the old answer.`
      : "Its name servers do not agree yet.";
  if (now < until)
    return wait(
      domain,
      `The new records are there, and are spreading. ${saw} Expected by ${moment(until)}.`,
      Math.min(until, now + AGAIN_MS),
      {
        about,
        fix: "Wait. Mail arrives either way meanwhile.",
      },
    );
  return warn(
    domain,
    `The new records have been there since ${moment(since)}. ${saw}`,
    "Ask your DNS host if it is one of its own servers. A public resolver forgets by itself, or can be told to on its operator's page.",
    { about },
  );
}

/** What must be chosen first; null when it is known which hosts the domain should have. */
function missingChoice(domain: string, chosen: MxSettings, profile: Profile): Check | null {
  if (targetOf(domain, chosen, profile) !== null) return null;
  const about = domain;
  const region = regionOf(chosen, profile);
  if (region === null)
    return fail(domain, "It is not chosen where its mail should be processed.", "Choose a region below, and save.", { about });
  return fail(
    domain,
    `The hosts for “${region.title}” are shown for each domain in the dashboard, and are not entered here yet.`,
    `Open the domain in ${profile.vendor}'s dashboard, copy its mail hosts into the field below, and save.`,
    { about },
  );
}

/** The one sentence about a domain: what is missing, what will change, or how far the change has come. */
export function domainCheck(domain: string, reading: MxReading, chosen: MxSettings, profile: Profile, now: number): Check {
  const about = domain;
  const seen = reading.mx[domain];
  if (!seen?.ok) return unknown(domain, seen?.problem ?? { code: "not-asked", say: "Its mail records have not been read yet." }, { about });
  const missing = missingChoice(domain, chosen, profile);
  if (missing) return missing;
  const [row] = seen.value;
  const target = targetOf(domain, chosen, profile) ?? [];
  if (row && isDone(row, target)) return spreading(domain, row, target, reading, profile, now);
  const today = row && row.hosts.length > 0 ? `Mail goes to ${listed(row.hosts.map(hostIn))} today.` : "It has no mail records today.";
  if (!movingNow(chosen).includes(domain))
    return fail(domain, `${today} It is left for later.`, "Tick it below when its turn comes.", { about });
  return fail(domain, `${today} It should go to ${listed(target.map(hostIn))}.`, "Look at the plan and agree to it.", { about });
}
