/** Many reports at once, for the bench: of made-up mail from outside to the tenant's people, as the rules in effect have it. */
import { randomUUID } from "node:crypto";
import { mailOf, peopleOf } from "../people";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { journal } from "./queue";
import type { Original } from "./report";
import type { JournalSender } from "./sender";

/** Every so many is a detection. */
const detectionEvery = 50;
/** They wait in the state while they are sent; so many need little room. */
const atOnce = 500;

function original(number: number, to: string): Original {
  const sender = `person${number % 4_000}@partner${number % 300}.example`;
  const subject = `Order ${number}`;
  const messageId = `<${randomUUID()}@burst.example>`;
  const verdict = number % detectionEvery === 0 ? ["X-Sandbox-Verdict: MALICIOUS"] : [];
  const head = [`From: ${sender}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: ${messageId}`, ...verdict];
  return { sender, recipients: [{ address: to, list: null }], subject, messageId, raw: [...head, "", "A line.", ""].join("\r\n") };
}

/** How many reports were made; they have been sent, or wait. */
export async function burst(world: World, tenant: Tenant, sender: JournalSender, count: number): Promise<number> {
  const addresses = peopleOf(tenant).map(mailOf);
  let made = 0;
  for (let number = 0; number < count; number += 1) {
    made += journal(world, tenant, original(number, addresses[number % addresses.length] ?? ""));
    if (number % atOnce === atOnce - 1) await sender.sendDue();
  }
  await sender.sendDue();
  return made;
}
