/** Which journal rules are for a message, and to which addresses its reports go. */
import { domainOf } from "../mail/headers";
import { isMember, personAt } from "../mail/recipients";
import type { ExchangeObject, ExchangeState, Tenant } from "../tenant";
import type { Addressee } from "./report";

export type Envelope = { sender: string; recipients: Addressee[] };

/** By the envelope alone: mail from outside that gives one of the tenant's own domains as its sender counts as internal. */
export function isOwn({ domains }: Pick<Tenant, "domains">, address: string): boolean {
  const domain = domainOf(address);
  return domains.some(({ id, isVerified }) => isVerified && id.toLowerCase() === domain);
}

function isInScope(tenant: Tenant, scope: unknown, { sender, recipients }: Envelope): boolean {
  const isInternal = isOwn(tenant, sender) && recipients.every(({ address }) => isOwn(tenant, address));
  return scope === "Global" || (scope === "Internal") === isInternal;
}

/** Sender or recipient: the person named, a member of the list named, or whoever wrote to the list itself. */
function isAbout(tenant: Tenant, recipient: unknown, { sender, recipients }: Envelope): boolean {
  if (typeof recipient !== "string" || recipient === "") return true;
  const involved = [sender, ...recipients.flatMap(({ address, list }) => (list === null ? [address] : [address, list]))];
  const named = personAt(tenant, recipient);
  return involved.map((address) => personAt(tenant, address)).some((person) => person === named || isMember(tenant, recipient, person));
}

/** The addresses that get a report, each once however many rules name it. Nothing sent to the address for undeliverable reports is journaled. */
export function targetsOf(tenant: Tenant, state: ExchangeState, { sender, recipients }: Envelope): string[] {
  const undeliverable = undeliverableTo(state)?.toLowerCase() ?? "";
  const left = recipients.filter(({ address, list }) => address.toLowerCase() !== undeliverable && list?.toLowerCase() !== undeliverable);
  if (left.length === 0) return [];
  const envelope = { sender, recipients: left };
  const fits = (rule: ExchangeObject) =>
    rule["Enabled"] === true && isInScope(tenant, rule["Scope"], envelope) && isAbout(tenant, rule["Recipient"], envelope);
  return [...new Set((state["JournalRule"] ?? []).filter(fits).map((rule) => String(rule["JournalEmailAddress"]).toLowerCase()))];
}

export function undeliverableTo(state: ExchangeState): string | null {
  const address = state["TransportConfig"]?.[0]?.["JournalingReportNdrTo"];
  return typeof address === "string" && address.includes("@") ? address : null;
}
