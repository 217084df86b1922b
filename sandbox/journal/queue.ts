/** Reports that wait to be sent: made when a message was delivered, tried again by the sandbox's clock, at last undeliverable. */
import { randomUUID } from "node:crypto";
import { outside } from "../mail/going-out";
import type { Message } from "../mail/message";
import { groupAt, isMember, personAt } from "../mail/recipients";
import type { ExchangeState, Tenant } from "../tenant";
import { type World, workingExchange } from "../world";
import { type Addressee, type Original, reportOf } from "./report";
import { targetsOf, undeliverableTo } from "./rules";
import type { QueuedReport } from "./state";
import { undeliverable } from "./undeliverable";

/** How often Exchange Online tries a report again is not on record. */
export const RETRY_MS = 15 * 60_000;
const mostNdr = 500;
const dayMs = 86_400_000;

const wakers = new WeakMap<World, () => void>();

/** Who sends them; called whenever there is something new to send. */
export const whenQueued = (world: World, wake: () => void) => void wakers.set(world, wake);

/** One report for each address that the rules in effect name. How many. */
export function journal(world: World, tenant: Tenant, original: Original): number {
  const targets = targetsOf(tenant, workingExchange(world, tenant), original);
  const at = world.clock.now();
  for (const address of targets) {
    const id = randomUUID();
    const raw = reportOf(original, { tenantId: tenant.id, initialDomain: tenant.initialDomain, address, id, at });
    tenant.mail.journalQueue.push({ id, at, nextAt: at, tries: 0, address, messageId: original.messageId, raw, problem: null });
  }
  if (targets.length > 0) wakers.get(world)?.();
  return targets.length;
}

/** Of what really arrived somewhere, once for all recipients; `rcpts` are those that the sender named. */
export function journalDelivered(world: World, tenant: Tenant, traceId: string, rcpts: string[]): void {
  const copies = tenant.mail.messages.filter((copy) => copy.traceId === traceId && hasArrived(copy));
  const [first] = copies;
  if (!first) return;
  const recipients = addressees(tenant, copies, rcpts);
  journal(world, tenant, { sender: first.mailFrom, recipients, subject: first.subject, messageId: first.messageId, raw: first.raw });
}

const hasArrived = ({ place }: Message) => place.kind === "folder" || (place.kind === "gone" && place.why.startsWith(outside));

/** Who got it, and through which list. */
function addressees(tenant: Tenant, copies: Message[], rcpts: string[]): Addressee[] {
  const person = (address: string) => personAt(tenant, address);
  const named = new Set(rcpts.filter((rcpt) => !groupAt(tenant, rcpt)).map(person));
  return copies.map(({ to, mailbox }) => {
    const address = groupAt(tenant, to) ? (mailbox ?? to) : to;
    const isNamed = named.has(person(address));
    return { address, list: isNamed ? null : (rcpts.find((rcpt) => isMember(tenant, rcpt, person(address))) ?? null) };
  });
}

export const dueReports = ({ mail }: Tenant, now: number) => mail.journalQueue.filter(({ nextAt }) => nextAt <= now);

export function sent({ mail }: Tenant, report: QueuedReport): void {
  mail.journalQueue = mail.journalQueue.filter((one) => one !== report);
}

/** Two days, or what the tenant has set (Set-TransportConfig: one to seven). */
const lifeMs = (state: ExchangeState) => (Number(state["TransportConfig"]?.[0]?.["JournalMessageExpirationDays"]) || 2) * dayMs;

/** Again later, or to the address for undeliverable reports; without one it is lost. */
export function notSent(world: World, tenant: Tenant, report: QueuedReport, problem: string): void {
  const now = world.clock.now();
  const state = workingExchange(world, tenant);
  report.tries += 1;
  report.problem = problem;
  report.nextAt = now + RETRY_MS;
  if (now < report.at + lifeMs(state)) return;
  sent(tenant, report);
  const to = undeliverableTo(state);
  if (to === null) return;
  tenant.mail.journalNdr.push(undeliverable(tenant, report, to, now));
  tenant.mail.journalNdr.splice(0, tenant.mail.journalNdr.length - mostNdr);
}
