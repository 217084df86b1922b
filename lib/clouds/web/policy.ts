/** MTA-STS as text: the record that announces a policy, and the policy itself (RFC 8461 3.1 and 3.2). A policy with a fault counts as none, as it does for senders. */
import { storable } from "@/lib/base/storable";

export type Policy = { readonly mode: "enforce" | "testing" | "none"; readonly mx: readonly string[]; readonly maxAge: number };
type Read = { readonly policy: Policy; readonly problem: null } | { readonly policy: null; readonly problem: string };

/** A longer life than a year is refused. */
const LONGEST_SECONDS = 31_557_600;
const MX = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z0-9-]{2,63}$/;

const isMode = (text: string | undefined): text is Policy["mode"] => text === "enforce" || text === "testing" || text === "none";
const fault = (problem: string): Read => ({ policy: null, problem });
const quoted = (text: string): string => `“${storable(text, 80)}”`;

/** Records that claim to announce a policy; others at the name are no business of MTA-STS. */
export const isAnnouncement = (text: string): boolean => /^v=STSv1[ \t]*;/.test(text);

/** Null when the record is as it must be. */
export const announcementFault = (record: string): string | null =>
  /;[ \t]*id=[a-z0-9]{1,32}[ \t]*(?:;|$)/i.test(record)
    ? null
    : "The MTA-STS record has no id of up to 32 letters and digits, so senders ignore it.";

/** Key and value of each line; what has no colon is no line of a policy and is passed over, as are keys nobody knows. */
const pairs = (text: string): readonly (readonly [string, string])[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const at = line.indexOf(":");
    return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
  });

export function readPolicy(text: string): Read {
  const all = pairs(text);
  // Of a key that comes twice the first counts; only mx is a list.
  const first = (key: string): string | undefined => all.find(([name]) => name === key)?.[1];
  if (first("version") !== "STSv1") return fault("The MTA-STS policy does not say “version: STSv1”.");
  const mode = first("mode");
  if (!isMode(mode)) return fault(`The MTA-STS policy has the mode ${quoted(mode ?? "")}, which is none of enforce, testing and none.`);
  const age = first("max_age") ?? "";
  if (!/^\d{1,10}$/.test(age) || Number(age) > LONGEST_SECONDS) return fault(`The MTA-STS policy has ${quoted(age)} for max_age.`);
  const mx = all.flatMap(([name, value]) => (name === "mx" ? [value.toLowerCase().replace(/\.$/, "")] : []));
  const odd = mx.find((one) => !MX.test(one));
  if (odd !== undefined) return fault(`The MTA-STS policy names ${quoted(odd)}, which is no mail server.`);
  if (mx.length === 0 && mode !== "none") return fault("The MTA-STS policy names no mail server.");
  return { policy: { mode, mx: [...new Set(mx)], maxAge: Number(age) }, problem: null };
}
