/** The vendor's receiver of journal reports: takes them for service addresses it knows, scans what came in from outside, counts. */
import { randomUUID } from "node:crypto";
import { dispositionOf } from "../mail/disposition";
import { domainOf } from "../mail/headers";
import type { Reply, Session } from "../mail/message";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { type ReadReport, readReport } from "./report";
import { isOwn } from "./rules";
import { customerOf } from "./service-addresses";

/** The newest; a bench of thousands fits. */
const kept = 5_000;

/** At RCPT TO: null = go on, else the refusal. */
export const journalRcpt = (world: World, rcpt: string): Reply | null =>
  customerOf(world, rcpt) ? null : { code: 550, text: `5.1.1 <${rcpt}>: Recipient address rejected: User unknown` };

/** Mail to the address that is no report (a connector's test message) is taken and comes to nothing. */
export function journalData(world: World, { serverHost }: Session, rcpt: string, raw: Buffer): void {
  const tenant = customerOf(world, rcpt);
  const report = readReport(raw.toString("latin1"));
  if (!tenant || !report) return;
  const { sender, recipients, subject, messageId, original } = report;
  const domains = scannedFor(tenant, report);
  const { processedJournal } = tenant.cloudflare;
  for (const domain of domains) processedJournal[domain] = (processedJournal[domain] ?? 0) + 1;
  tenant.mail.journal.push({
    ...{ id: randomUUID(), at: world.clock.now(), address: rcpt.toLowerCase(), host: serverHost },
    ...{ messageId, sender, recipients, subject, domains },
    disposition: domains.length === 0 ? null : dispositionOf(original),
  });
  tenant.mail.journal.splice(0, tenant.mail.journal.length - kept);
  world.save();
}

/** Only what comes in is scanned (journaling page, Cloudflare's documentation): reports of mail that goes out or stays inside count for nothing. */
function scannedFor(tenant: Tenant, { sender, recipients }: ReadReport): string[] {
  if (isOwn(tenant, sender)) return [];
  return [...new Set(recipients.filter((address) => isOwn(tenant, address)).map(domainOf))];
}
