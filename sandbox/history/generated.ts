/** The made-up mail of a tenant: how much, each message by its number or its Message-ID, and what changes with it. */
import { createHash } from "node:crypto";
import { type Disposition, dispositions } from "../mail/disposition";
import { mailOf, peopleOf } from "../people";
import type { Tenant } from "../tenant";
import { hostileMessage } from "./hostile";
import type { Cast, GeneratedMessage } from "./message";
import type { Burst, GeneratedMail } from "./state";
import { variedMessage } from "./varied";

export type { GeneratedMessage } from "./message";

/** So far back does the mail go that was there from the start. */
const spanMs = 60 * 86_400_000;

type KeptCast = Cast & { users: Tenant["users"]; made: number; groups: Tenant["groups"] };
const casts = new WeakMap<Tenant, KeptCast>();

function castOf(tenant: Tenant): Cast {
  const made = tenant.generatedPeople ?? 0;
  const known = casts.get(tenant);
  if (known && known.users === tenant.users && known.made === made && known.groups === tenant.groups) return known;
  const cast = {
    seed: createHash("sha256").update(tenant.id).digest().readUInt32BE(4),
    own: tenant.domains.find((domain) => domain.isDefault)?.id ?? tenant.initialDomain,
    people: peopleOf(tenant).map(mailOf),
    lists: tenant.groups.map((group) => group.address),
    ...{ users: tenant.users, made, groups: tenant.groups },
  };
  casts.set(tenant, cast);
  return cast;
}

export const generatedCount = ({ generatedMail }: Tenant): number => generatedMail?.count ?? 0;

const sizeOf = (bursts: readonly Burst[]): number => bursts.reduce((sum, burst) => sum + burst.count, 0);

/** Whose message a number is; undefined for mail that was there from the start. */
function burstOf({ count, bursts }: GeneratedMail, number: number): Burst | undefined {
  let first = count - sizeOf(bursts);
  for (const burst of bursts) {
    if (number >= first && number < first + burst.count) return burst;
    first += burst.count;
  }
  return undefined;
}

/** Number 0 is the newest of those that were there from the start. */
function timeOf({ count, until, bursts }: GeneratedMail, number: number): number {
  return until - Math.floor((number + 0.5) * (spanMs / (count - sizeOf(bursts))));
}

/** When a message came in, found out without making it. */
export function generatedTime({ generatedMail }: Tenant, number: number): number {
  return generatedMail ? (burstOf(generatedMail, number)?.at ?? timeOf(generatedMail, number)) : 0;
}

/** Stretches of numbers, newest mail first: of bursts the last number comes first, of older mail the first. */
export function newestStretches({ generatedMail }: Tenant): { first: number; last: number; step: 1 | -1 }[] {
  if (!generatedMail) return [];
  const { count, bursts } = generatedMail;
  const old = count - sizeOf(bursts);
  const ends = bursts.map((burst, index) => ({ at: burst.at, first: old + sizeOf(bursts.slice(0, index)), count: burst.count }));
  const fromBursts = ends.sort((a, b) => b.at - a.at || b.first - a.first);
  return [
    ...fromBursts.map((one) => ({ first: one.first + one.count - 1, last: one.first, step: -1 as const })),
    ...(old > 0 ? [{ first: 0, last: old - 1, step: 1 as const }] : []),
  ];
}

const dispositionNamed = (name: string): Disposition => dispositions.find((one) => one === name) ?? "NONE";

/** As the vendor first had it: before a release. */
export function generatedAtFirst(tenant: Tenant, number: number): GeneratedMessage | undefined {
  const mail = tenant.generatedMail;
  if (!mail || !Number.isInteger(number) || number < 0 || number >= mail.count) return undefined;
  const burst = burstOf(mail, number);
  const cast = castOf(tenant);
  const made = burst
    ? variedMessage(cast, number, dispositionNamed(burst.disposition))
    : mail.kind === "hostile"
      ? hostileMessage(cast, number)
      : variedMessage(cast, number);
  return { ...made, number, at: burst?.at ?? timeOf(mail, number) };
}

const sets = new WeakMap<number[], Set<number>>();

export function isReleased({ generatedMail }: Tenant, number: number): boolean {
  if (!generatedMail || generatedMail.released.length === 0) return false;
  const known = sets.get(generatedMail.released) ?? new Set(generatedMail.released);
  sets.set(generatedMail.released, known);
  return known.has(number);
}

/** Undefined for a number that there is no message of. */
export function generatedMessage(tenant: Tenant, number: number): GeneratedMessage | undefined {
  const message = generatedAtFirst(tenant, number);
  return message?.isHeld && isReleased(tenant, number) ? { ...message, isHeld: false } : message;
}

/** All of them, by number. */
export function* generatedMessages(tenant: Tenant): Generator<GeneratedMessage> {
  for (let number = 0; number < generatedCount(tenant); number += 1) {
    const message = generatedMessage(tenant, number);
    if (message) yield message;
  }
}

/** By its Message-ID, with or without the angle brackets. */
export function generatedByMessageId(tenant: Tenant, messageId: string): GeneratedMessage | undefined {
  const wanted = messageId.replace(/^<|>$/g, "");
  const [, number] = /^gen-(\d+)@/.exec(wanted) ?? [];
  const message = number === undefined ? undefined : generatedMessage(tenant, Number(number));
  return message?.messageId === `<${wanted}>` ? message : undefined;
}

/** New detections, journaled now. */
export function addBurst(tenant: Tenant, burst: { count: number; disposition: Disposition; at: number }): void {
  const mail = tenant.generatedMail ?? { count: 0, until: burst.at, kind: "varied", bursts: [], released: [] };
  tenant.generatedMail = { ...mail, count: mail.count + burst.count, bursts: [...mail.bursts, burst] };
}

/** Out of the vendor's quarantine, into the mailboxes. */
export function releaseGenerated(tenant: Tenant, number: number): void {
  const mail = tenant.generatedMail;
  if (mail && !mail.released.includes(number)) tenant.generatedMail = { ...mail, released: [...mail.released, number] };
}
