/** The operations of dns_records: list with filters, one by one, and the batch. */

import { isRecord } from "../openapi";
import type { Zone } from "../tenant";
import type { Context, Operations } from "./context";
import { type Answer, Refusal } from "./errors";
import { ordered, paged } from "./paging";
import { type Body, shownRecord } from "./records";
import { add, change, commit, draftOf, look, remove, replace, runBatch, type ZoneDraft } from "./zone-draft";

type Test = (record: Body) => boolean;

const comparisons: Record<string, (value: string, wanted: string) => boolean> = {
  exact: (value, wanted) => value === wanted,
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
};

const textsOf = (value: unknown): string[] => [value ?? []].flat().map((one) => String(one).toLowerCase());

/** `name`, `name.exact`, `comment.present`: names compare without regard to case. */
function testOf(key: string, wanted: string): Test | null {
  const [field = "", how = "exact"] = key.split(".");
  if (key === "type") return (record) => record["type"] === wanted;
  if (key === "proxied") return (record) => String(record["proxied"]) === wanted;
  if (key === "search") return (record) => JSON.stringify(Object.values(record)).toLowerCase().includes(wanted.toLowerCase());
  if (!["name", "content", "comment", "tag"].includes(field)) return null;
  const texts = (record: Body) => textsOf(record[field === "tag" ? "tags" : field]);
  if (how === "present") return (record) => texts(record).length > 0;
  if (how === "absent") return (record) => texts(record).length === 0;
  const compare = comparisons[how];
  return compare ? (record) => texts(record).some((text) => compare(text, wanted.toLowerCase())) : null;
}

function filtered(records: Body[], query: URLSearchParams): Body[] {
  const tests = [...query].flatMap(([key, wanted]) => testOf(key, wanted) ?? []);
  const isAny = query.get("match") === "any" && tests.length > 0;
  return records.filter((record) => (isAny ? tests.some((test) => test(record)) : tests.every((test) => test(record))));
}

const opened = ({ world, account }: Context, zone: Zone) => draftOf(zone, world.clock.now(), account.traits.speaksOld);

/** What a read names must be there for the write that follows, so ids given now are kept. */
function read(context: Context, zone: Zone): ZoneDraft {
  const draft = opened(context, zone);
  if (draft.records.some((record, at) => record !== zone.records[at])) {
    zone.records = draft.records;
    context.world.save();
  }
  return draft;
}

function list(context: Context, zone: Zone): Answer {
  const shown = context.lies ? [] : read(context, zone).records.map(shownRecord);
  const { query } = context;
  return paged(ordered(filtered(shown, query), query.get("order"), query.get("direction")), query, 100);
}

/** Runs a change on a draft and commits it, or says why not. */
function write(context: Context, zone: Zone, edit: (draft: ZoneDraft) => unknown): Answer | Refusal {
  const draft = opened(context, zone);
  const result = edit(draft);
  if (result instanceof Refusal) return result;
  commit(draft, context.account.traits.edgeLagMs, context.world);
  return { status: 200, result };
}

const shown = (record: Parameters<typeof shownRecord>[0] | Refusal) => (record instanceof Refusal ? record : shownRecord(record));
const bodies = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The zone is there: the caller has found it and may see it. */
const inZone =
  (act: (context: Context, zone: Zone) => Answer | Refusal) =>
  (context: Context): Answer | Refusal =>
    context.zone ? act(context, context.zone) : { status: 200, result: null };

export const dnsRecordOperations: Operations = {
  "dns.records.list": inZone(list),
  "dns.records.get": inZone((context, zone) => {
    const record = shown(look(read(context, zone), context.params["dns_record_id"]));
    return record instanceof Refusal ? record : { status: 200, result: record };
  }),
  "dns.records.create": inZone((context, zone) => write(context, zone, (draft) => shown(add(draft, context.body)))),
  "dns.records.update": inZone((context, zone) =>
    write(context, zone, (draft) => shown(replace(draft, context.params["dns_record_id"], context.body))),
  ),
  "dns.records.edit": inZone((context, zone) =>
    write(context, zone, (draft) => shown(change(draft, context.params["dns_record_id"], context.body))),
  ),
  "dns.records.delete": inZone((context, zone) =>
    write(context, zone, (draft) => {
      const record = remove(draft, context.params["dns_record_id"]);
      return record instanceof Refusal ? record : { id: context.params["dns_record_id"] };
    }),
  ),
  "dns.records.batch": inZone((context, zone) =>
    write(context, zone, (draft) => {
      const part = (name: string) => bodies(context.body[name]);
      return runBatch(draft, { deletes: part("deletes"), patches: part("patches"), puts: part("puts"), posts: part("posts") });
    }),
  ),
};
