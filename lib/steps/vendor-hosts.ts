/** Mail hosts of the vendor, under today's names and under those of before: whoever still has the old ones is with the vendor, too. */
import { isUnder } from "@/lib/model/host-name";
import type { Row } from "@/lib/model/nouns";
import { type Moment, sinceWhen } from "@/lib/model/query";
import { profiles } from "@/lib/profiles/all";
import { hostIn } from "./mx-rows";

const SUFFIXES = Object.values(profiles).flatMap((profile) => profile.mxSuffixes.value);

/** "mxa.global.inbound.cf-emailsecurity.net" and "mailstream-eu1.mxrecord.io" alike; on a label boundary. */
export const isVendorHost = (host: string): boolean => isUnder(host, SUFFIXES);

/** "10 mxa.global.inbound.cf-emailsecurity.net" */
export const isVendorRecord = (written: string): boolean => isVendorHost(hostIn(written));

/** All mail of the domain comes through the vendor. */
export const isAtVendor = (row: Pick<Row<"mx">, "hosts">): boolean => row.hosts.length > 0 && row.hosts.every(isVendorRecord);
/** Some mail of the domain may come through the vendor: one record is enough. */
export const touchesVendor = (row: Pick<Row<"mx">, "hosts">): boolean => row.hosts.some(isVendorRecord);

/** A null MX (RFC 7505) says in public that the domain takes no mail. */
const isNullMx = (written: string): boolean =>
  hostIn(written) === "." || hostIn(written).trim() === "" || /^\d+\s*\.?$/.test(written.trim());
export const receivesNoMail = (row: Pick<Row<"mx">, "hosts">): boolean => row.hosts.length === 0 || row.hosts.every(isNullMx);

/** Since when the domain's records were so. */
export const recordsSince = (moments: readonly Moment<"mx">[], is: (row: Row<"mx">) => boolean): number | null =>
  sinceWhen(moments, ({ rows }) => rows.length > 0 && rows.every(is));

/** The longest TTL that anybody may have got an answer of before with, up to the moment. In seconds; 0 when nothing was seen before. */
export const ttlBefore = (moments: readonly Moment<"mx">[], at: number): number => {
  const last = moments.findLast((m) => m.first < at);
  return Math.max(0, ...(last?.rows ?? []).map((row) => row.ttl));
};
