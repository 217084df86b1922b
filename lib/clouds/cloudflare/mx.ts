/** MX records in a zone of the account: read again just before, then changed in one batch, which takes all of it or nothing. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { type Change, type Edit, isListEdit, listBefore } from "@/lib/model/change";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import { isSame } from "@/lib/model/props";
import { type Account, ALREADY, type Made } from "./account";
import { came, everyPage } from "./call";
import { batchOf, hostName, hostOf, type MxRecord, secondsOf, written } from "./mx-batch";
import { type Zone, zoneOf } from "./zones";

const WRITE = { permission: PERMISSIONS.dnsEdit.name, isWrite: true };
const PER_PAGE = 100;

const recordShape = z.object({
  id: z.string(),
  type: z.literal("MX"),
  name: z.string(),
  content: z.string(),
  priority: z.number(),
  ttl: z.number(),
  comment: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});
type Kept = z.infer<typeof recordShape>;

/** What the zone holds at exactly this name; the filter is asked for and not relied on. */
async function readRecords(account: Account, zone: Zone, domain: string): Promise<Result<readonly Kept[]>> {
  const listed = await everyPage(account, PERMISSIONS.dnsEdit.name, (page) =>
    account.client.dns.records.list({ zone_id: zone.id, type: "MX", name: { exact: domain }, page, per_page: PER_PAGE }),
  );
  if (!listed.ok) return listed;
  const named = z.array(z.looseObject({ type: z.string(), name: z.string() })).safeParse(listed.value);
  const own = named.success ? named.data.filter((r) => r.type === "MX" && hostName(r.name) === domain) : null;
  const read = z.array(recordShape).safeParse(own);
  return read.success ? ok(read.data) : no("unreadable", "Cloudflare sent a DNS record in a form that we do not know.");
}

type Wanted = { readonly before: readonly string[] | null; readonly hosts: readonly string[] | null };

const spelled = (entries: readonly string[]): readonly string[] =>
  entries.map((entry) => {
    const host = hostOf(entry);
    return host ? written(host) : entry;
  });

function hostsIn(e: Edit | undefined): Wanted {
  if (e === undefined) return { before: null, hosts: null };
  if (!isListEdit(e)) throw new Error("The hosts of an MX record set are a list.");
  return { before: spelled(listBefore(e)), hosts: spelled(e.whole) };
}

type Ttl = { readonly from: number | null; readonly to: number } | null;

function ttlIn(e: Edit | undefined): Ttl {
  if (e === undefined) return null;
  if (isListEdit(e) || typeof e.to !== "number") throw new Error("A TTL is a number of seconds.");
  return { from: typeof e.from === "number" ? e.from : null, to: e.to };
}

/** As name servers say it: the longest of the set. */
const ttlOf = (records: readonly Kept[]): number | null =>
  records.length === 0 ? null : Math.max(...records.map((record) => secondsOf(record.ttl)));

function isReached(records: readonly Kept[], { hosts }: Wanted, ttl: Ttl): boolean {
  const areHosts = hosts === null || isSame(records.map(written), hosts);
  return areHosts && (ttl === null || records.every((record) => secondsOf(record.ttl) === ttl.to));
}

/** Whether the zone is still what the plan was made from. Without a record there is no TTL to have moved. */
function isMoved(records: readonly Kept[], { before }: Wanted, ttl: Ttl): boolean {
  if (before !== null && !isSame(records.map(written), before)) return true;
  const now = ttlOf(records);
  return ttl !== null && now !== null && ttl.from !== null && now !== ttl.from;
}

const MOVED = "are no longer as they were when this plan was made. Nothing was changed.";

async function send(
  account: Account,
  zone: Zone,
  records: readonly Kept[],
  wanted: Wanted,
  ttl: Ttl,
  domain: string,
): Promise<Result<Made>> {
  const old = records.map(
    ({ id, type, name, content, priority, ttl: seconds }): MxRecord => ({ id, type, name, content, priority, ttl: seconds }),
  );
  const hosts = (wanted.hosts ?? old.map(written)).flatMap((text) => hostOf(text) ?? []);
  const { deletes, patches, posts } = batchOf(domain, old, hosts, ttl?.to);
  const answer = await came(account, WRITE, () =>
    account.client.dns.records.batch({ zone_id: zone.id, deletes: [...deletes], patches: [...patches], posts: [...posts] }).asResponse(),
  );
  if (!answer.ok) return answer;
  return ok({ key: domain, evidence: { ...answer.value.evidence, zone: zone.name, before: JSON.stringify(records) } });
}

export async function writeMx(account: Account, c: Change): Promise<Result<Made>> {
  if (c.do === "remove") throw new Error("MX records are changed to what they were, never removed as an object.");
  const domain = hostName(c.name);
  const wanted = hostsIn(c.edits["hosts"]);
  const ttl = ttlIn(c.edits["ttl"]);
  const wrong = wanted.hosts?.find((text) => hostOf(text) === null);
  if (wrong !== undefined)
    return no("rejected", `“${wrong}” is not a priority and a host.`, { fix: "Look again at the hosts of this step." });
  const zone = await zoneOf(account, domain);
  if (!zone.ok) return zone;
  const records = await readRecords(account, zone.value, domain);
  if (!records.ok) return records;
  if (isReached(records.value, wanted, ttl)) return ok({ key: domain, evidence: { ...ALREADY, zone: zone.value.name } });
  if (isMoved(records.value, wanted, ttl))
    return no("moved", `The MX records of ${domain} at Cloudflare ${MOVED}`, {
      fix: "Look again and agree to the new plan.",
      evidence: { zone: zone.value.name, now: JSON.stringify(records.value) },
    });
  return send(account, zone.value, records.value, wanted, ttl, domain);
}
