/** Made-up mail of the past, for message trace: a pure function of tenant and time, so that a million rows need no room. */
import { createHash } from "node:crypto";
import { egress } from "../scenarios/egress";
import type { Tenant } from "../tenant";
import { span, textOf } from "./addresses";

export type TraceRow = {
  traceId: string;
  messageId: string;
  at: number;
  from: string;
  to: string;
  subject: string;
  status: string;
  fromIp: string;
  size: number;
};

const tenDays = 10 * 86_400_000;
/** Every sixteenth message goes to three people, at one moment: rows that share their time are what paging stumbles over. */
const rowsAMessage = 1 + 2 / 16;
/** Marks a MessageTraceId as made up; the message's number stands in its last part. */
const mark = "7ace";

/** What rows are made of, found out once. */
type Past = { seed: number; interval: number; own: string; domains: string[]; people: string[]; initial: string; isDirect: boolean };

function pastOf({ id, traits, domains, users, initialDomain }: Tenant): Past {
  const names = domains.filter((domain) => !domain.isInitial).map((domain) => domain.id);
  return {
    seed: createHash("sha256").update(id).digest().readUInt32BE(0),
    interval: (tenDays * rowsAMessage) / traits.traceRows,
    own: domains.find((domain) => domain.isDefault)?.id ?? initialDomain,
    domains: names.length > 0 ? names : [initialDomain],
    people: users.map((user) => user.upn.slice(0, user.upn.lastIndexOf("@"))).sort(),
    initial: initialDomain,
    isDirect: traits.traceMix === "direct",
  };
}

const gateway = egress.map((entry): [number, number] => span(entry) ?? [0, 0]);

/** A good spread from a number, cheap enough for millions (splitmix32's finaliser). */
export function mixed(seed: number, number: number): number {
  let h = (seed ^ Math.imul(number | 0, 0x9e3779b9) ^ Math.imul(Math.floor(number / 2 ** 32), 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Newest first, those of one moment by recipient. Both ends are inclusive. */
export function* historyRows(tenant: Tenant, from: number, until: number): Generator<TraceRow> {
  if (tenant.traits.traceRows <= 0) return;
  const past = pastOf(tenant);
  const oldest = Math.floor(from / past.interval) - 1;
  for (let number = Math.floor(until / past.interval) + 1; number >= oldest; number -= 1) {
    for (const row of message(past, number)) if (row.at >= from && row.at <= until) yield row;
  }
}

export function historyMessage(tenant: Tenant, traceId: string): TraceRow[] {
  if (tenant.traits.traceRows <= 0) return [];
  const past = pastOf(tenant);
  const number = Number.parseInt(traceId.slice(-12), 16);
  return traceIdOf(past, number) === traceId.toLowerCase() ? message(past, number) : [];
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, "0");
const traceIdOf = ({ seed }: Past, number: number) => `${hex(seed, 8)}-${mark}-4000-8000-${hex(number, 12)}`;

function message(past: Past, number: number): TraceRow[] {
  const chance = mixed(past.seed, number);
  const at = Math.floor((number + ((chance >>> 8) / 2 ** 24) * 0.8) * past.interval);
  const sender = senderOf(past, chance % 100, mixed(past.seed + 1, number));
  const { from, fromIp, subject } = sender;
  const status = sender.isHostile && chance % 3 === 0 ? "Quarantined" : "Delivered";
  const [traceId, messageId, size] = [traceIdOf(past, number), `<${hex(number, 12)}@history.example>`, 4_000 + (chance % 90_000)];
  const domain = sender.toInitial ? past.initial : past.domains[(chance >>> 4) % past.domains.length];
  return recipients(past, chance).map((name) => ({ traceId, messageId, at, from, to: `${name}@${domain}`, subject, status, fromIp, size }));
}

const recipients = ({ people }: Past, chance: number) => {
  const first = (chance >>> 12) % Math.max(1, people.length);
  return chance % 16 === 0 ? people : people.slice(first, first + 1);
};

type Sender = { from: string; fromIp: string; subject: string; isHostile: boolean; toInitial: boolean };

const sender = (from: string, fromIp: string, subject: string): Sender => ({ from, fromIp, subject, isHostile: false, toInitial: false });

function senderOf(past: Past, percent: number, chance: number): Sender {
  if (past.isDirect) return direct(past, percent, chance);
  return percent < 90 ? throughGateway(chance) : direct(past, (percent - 90) * 10 + (chance % 10), chance);
}

function throughGateway(chance: number): Sender {
  const [first, last] = gateway[chance % gateway.length] ?? [0, 0];
  const fromIp = textOf(first + ((chance >>> 8) % (last - first + 1)));
  return sender(`person${chance % 4_000}@partner${chance % 300}.example`, fromIp, `Order ${chance % 10_000}`);
}

/** Who sends straight at the tenant's own host: printers, an application, services with the tenant's name, people at onmicrosoft, attackers. */
function direct({ own }: Past, percent: number, chance: number): Sender {
  if (percent < 45) return sender(`scanner@${own}`, `198.51.100.${20 + (chance % 3)}`, "Scanned document");
  if (percent < 70) return sender(`erp@${own}`, "198.51.100.40", `Invoice ${chance % 100_000}`);
  if (percent < 80) return sender(`people@${own}`, `192.0.2.${45 + (chance % 2)}`, "Your leave request");
  if (percent < 85) return sender("training@phish-training.example", "192.0.2.77", "Your parcel is waiting");
  if (percent < 90) return { ...sender(`person${chance % 40}@partner7.example`, "203.0.113.80", "Minutes"), toInitial: true };
  const from = `sales${chance % 50_000}@offer${chance % 997}.example`;
  return { ...sender(from, `203.0.113.${chance % 256}`, "You have won"), isHostile: true };
}
