/** When the door may be locked: every domain that receives mail has been with the vendor long enough that nobody remembers the old way. */
import type { Problem } from "@/lib/base/result";
import { type Check, fail, pass, unknown, wait } from "@/lib/model/check";
import type { Props } from "@/lib/model/props";
import { ask, each, eachPast, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { hostIn } from "./mx-rows";
import type { Evidence } from "./shape";
import { listed, moment, span } from "./spans";
import { isAtVendor, receivesNoMail, recordsSince, ttlBefore } from "./vendor-hosts";

/** Microsoft's own address of the tenant: its MX stays Microsoft's, so the lock shuts out mail that is sent to it from outside. */
export const isInitialDomain = (name: string): boolean => name.endsWith(".onmicrosoft.com");

export const ownDomain = (row: Props): string | null => {
  const name = String(row["Name"] ?? "");
  return name === "" || isInitialDomain(name) ? null : name;
};

export const gateQueries = () => {
  const accepted = per(["tenant"], () => ask("AcceptedDomain"));
  return { accepted, gateMx: each(accepted, "mx", ownDomain), gateBefore: eachPast(accepted, "mx", ownDomain) };
};
export type GateReading = Reading<ReturnType<typeof gateQueries>>;

const AGAIN_MS = 15 * 60_000;
const notRead: Problem = { code: "not-asked", say: "Its mail records have not been read yet." };

type Place =
  | { readonly domain: string; readonly is: "ready" | "no-mail" | "split" }
  | { readonly domain: string; readonly is: "elsewhere"; readonly hosts: readonly string[] }
  | { readonly domain: string; readonly is: "fresh"; readonly at: number }
  | { readonly domain: string; readonly is: "not-read"; readonly problem: Problem };

function placeOf(domain: string, { gateMx, gateBefore }: GateReading, profile: Profile, now: number): Place {
  const seen = gateMx[domain];
  if (!seen?.ok) return { domain, is: "not-read", problem: seen?.problem ?? notRead };
  const [row] = seen.value;
  if (!row || receivesNoMail(row)) return { domain, is: "no-mail" };
  if (!isAtVendor(row)) return { domain, is: "elsewhere", hosts: row.hosts.map(hostIn) };
  if (!row.agreed) return { domain, is: "split" };
  const held = gateBefore[domain];
  const moments = held?.ok ? held.value : [];
  const since = recordsSince(moments, (r) => isAtVendor(r) && r.agreed) ?? now;
  const at = since + Math.max(profile.lockDownWaitMs.value, ttlBefore(moments, since) * 1000);
  return now < at ? { domain, is: "fresh", at } : { domain, is: "ready" };
}

/** Where every domain of the tenant that is not Microsoft's own stands. */
function placesOf(reading: GateReading, profile: Profile, now: number): readonly Place[] {
  const all = reading.accepted["tenant"];
  const names = all?.ok ? all.value.map((row) => row.Name).filter((name) => !isInitialDomain(name)) : [];
  return names.map((domain) => placeOf(domain, reading, profile, now));
}

function judged(id: string, places: readonly Place[], { vendor, lockDownWaitMs }: Profile, now: number): Check {
  const about = "Every domain is moved";
  const elsewhere = places.flatMap((p) => (p.is === "elsewhere" ? [`${p.domain} (${listed(p.hosts)})`] : []));
  if (elsewhere.length > 0)
    return fail(
      id,
      `Mail of these does not come through ${vendor} yet, and would be refused: ${elsewhere.join("; ")}.`,
      "Move their mail records first, or remove the domains from your tenant if nobody uses them.",
      { about, step: "mx-records" },
    );
  const blind = places.find((p) => p.is === "not-read");
  if (blind?.is === "not-read") return unknown(id, blind.problem, { about: blind.domain });
  const split = places.filter((p) => p.is === "split").map((p) => p.domain);
  if (split.length > 0)
    return wait(id, `The name servers of ${listed(split)} do not agree yet.`, now + AGAIN_MS, { about, fix: "Wait until they do." });
  const fresh = places.flatMap((p) => (p.is === "fresh" ? [p] : []));
  const at = Math.max(0, ...fresh.map((p) => p.at));
  if (fresh.length > 0)
    return wait(
      id,
      `${listed(fresh.map((p) => p.domain))} came to ${vendor} less than ${span(lockDownWaitMs.value / 1000)} ago, as far as we saw. Senders may still have the old way in memory until ${moment(at)}.`,
      at,
      { about, fix: "Wait. Mail that still comes the old way would be refused." },
    );
  const ready = places.filter((p) => p.is === "ready").map((p) => p.domain);
  if (ready.length === 0)
    return fail(id, "No domain of your own receives mail here.", "Move the mail records of your domains first.", {
      about,
      step: "mx-records",
    });
  return pass(id, `Mail of ${listed(ready)} has come through ${vendor} alone for long enough.`, { about });
}

/** The gate as one check under a fixed id. */
export function gateCheck(id: string, reading: GateReading, profile: Profile, now: number): Check {
  const all = reading.accepted["tenant"];
  if (!all?.ok)
    return unknown(id, all?.problem ?? { ...notRead, say: "Your accepted domains have not been read yet." }, { about: "Accepted domains" });
  return judged(id, placesOf(reading, profile, now), profile, now);
}

const said = (p: Place): string => {
  switch (p.is) {
    case "ready":
      return "Ready";
    case "no-mail":
      return "Receives no mail";
    case "split":
      return "Its name servers do not agree yet";
    case "elsewhere":
      return `Mail goes to ${listed(p.hosts)}`;
    case "fresh":
      return `From ${moment(p.at)}`;
    case "not-read":
      return "Not read";
  }
};

/** Judged without the time of now: the table says from when. */
export function gateTable(reading: GateReading, profile: Profile): readonly Evidence[] {
  const places = placesOf(reading, profile, 0);
  if (places.length === 0) return [];
  return [{ title: "Your accepted domains", columns: ["Domain", "May be locked"], rows: places.map((p) => [p.domain, said(p)]) }];
}
