/** What SPF records let send in a domain's name, as networks; and which further records they include. RFC 7208, as far as addresses are named. */

/** RFC 7208 4.6.4: no more lookups than this belong to one record. */
export const MOST_LOOKUPS = 10;
/** Microsoft's own, and never a third party's. */
const NOT_FOLLOWED = ["spf.protection.outlook.com"];

type Read = { readonly networks: readonly string[]; readonly includes: readonly string[] };

const bare = (term: string, name: RegExp): string | null => {
  const found = term.replace(/^\+/, "").match(name)?.[1]?.toLowerCase();
  return found === undefined || found === "" || found.includes("%") ? null : found;
};

export function readSpf(records: readonly string[]): Read {
  const terms = records.flatMap((record) => record.trim().split(/\s+/));
  const networks = terms.flatMap((term) => bare(term, /^ip4:([\d./]+)$/i) ?? []);
  const includes = terms.flatMap((term) => bare(term, /^(?:include:|redirect=)(.+)$/i)?.replace(/\.$/, "") ?? []);
  return { networks, includes: includes.filter((name) => !NOT_FOLLOWED.includes(name)) };
}
