/** A copy of a zone's records that a call changes, and that takes the zone's place only when everything went well. */
import { randomBytes } from "node:crypto";
import { type DnsRecord, dropCopy, ownCopy, type Zone } from "../tenant";
import type { World } from "../world";
import { dnsRefusal, Refusal, refusals } from "./errors";
import { type Body, clash, known, recordOf, shownRecord } from "./records";

export interface ZoneDraft {
  records: DnsRecord[];
  zone: Zone;
  now: number;
  speaksOld: boolean;
}

export function draftOf(zone: Zone, now: number, speaksOld: boolean): ZoneDraft {
  return { zone, now, speaksOld, records: known(zone, zone.records, now) };
}

const find = (draft: ZoneDraft, id: unknown) => draft.records.find((record) => record.cloudflare?.id === id);

export function look(draft: ZoneDraft, id: unknown): DnsRecord | Refusal {
  return find(draft, id) ?? refusals.noRecord();
}

export function remove(draft: ZoneDraft, id: unknown): DnsRecord | Refusal {
  const record = find(draft, id);
  if (!record) return refusals.noRecord();
  draft.records = draft.records.filter((one) => one !== record);
  return record;
}

function made(draft: ZoneDraft, body: Body, old: DnsRecord | undefined): DnsRecord | Refusal {
  const record = recordOf(body, draft.zone, draft.now, randomBytes(16).toString("hex"), old);
  if ("code" in record) return dnsRefusal(record, draft.speaksOld);
  const problem = clash(
    record,
    draft.records.filter((one) => one !== old),
  );
  if (problem) return dnsRefusal(problem, draft.speaksOld);
  draft.records = old ? draft.records.map((one) => (one === old ? record : one)) : [...draft.records, record];
  return record;
}

export const add = (draft: ZoneDraft, body: Body): DnsRecord | Refusal => made(draft, body, undefined);

/** PUT: what the body leaves out is gone. */
export function replace(draft: ZoneDraft, id: unknown, body: Body): DnsRecord | Refusal {
  const old = find(draft, id);
  return old ? made(draft, body, old) : refusals.noRecord();
}

/** PATCH: what the body leaves out stays. */
export function change(draft: ZoneDraft, id: unknown, body: Body): DnsRecord | Refusal {
  const old = find(draft, id);
  return old ? made(draft, { ...shownRecord(old), ...body }, old) : refusals.noRecord();
}

/** The zone's name servers follow: all at once, but the last of them after the edge's lag. */
export function commit(draft: ZoneDraft, edgeLagMs: number, world: World): void {
  const { zone, now } = draft;
  const last = zone.nameServers.at(-1);
  const shown = last ? (ownCopy(last, now) ?? zone.records) : [];
  for (const server of zone.nameServers) dropCopy(server);
  if (last && edgeLagMs > 0) {
    last.recordsOverride = shown;
    last.overrideUntil = now + edgeLagMs;
  }
  zone.records = draft.records;
  zone.serial += 1;
  world.save();
}

type Part = "deletes" | "patches" | "puts" | "posts";
/** The documented order of execution. */
const order: Part[] = ["deletes", "patches", "puts", "posts"];

function step(draft: ZoneDraft, part: Part, body: Body): DnsRecord | Refusal {
  if (part === "deletes") return remove(draft, body["id"]);
  if (part === "posts") return add(draft, body);
  return part === "puts" ? replace(draft, body["id"], body) : change(draft, body["id"], body);
}

/** All or nothing: the first refusal is the answer of the whole batch. */
export function runBatch(draft: ZoneDraft, parts: Partial<Record<Part, Body[]>>): Record<Part, Body[]> | Refusal {
  const done: Record<Part, Body[]> = { deletes: [], patches: [], puts: [], posts: [] };
  for (const part of order) {
    for (const body of parts[part] ?? []) {
      const record = step(draft, part, body);
      if (record instanceof Refusal) return record;
      done[part].push(shownRecord(record));
    }
  }
  return done;
}
