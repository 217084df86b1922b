/** Journaling: what the vendor's receiver took, what waits, what proved undeliverable; and many reports at once. */
import { z } from "zod";
import { type Handler, json, type SandboxResponse } from "../http";
import { burst } from "../journal/burst";
import type { JournalSender } from "../journal/sender";
import type { Message } from "../mail/message";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { noTenant, read } from "./read";

const burstShape = z.strictObject({ tenant: z.string(), count: z.int().min(1).max(20_000) });

const withoutRaw = <T extends { raw: string }>({ raw: _, ...rest }: T) => rest;

/** Gateway: what went there instead of to the vendor; `counted` as settings/domains shows it. */
const shown = ({ mail, cloudflare }: Tenant) => ({
  reports: mail.journal,
  queued: mail.journalQueue.map(withoutRaw),
  ndr: mail.journalNdr.map(withoutRaw<Message>),
  gateway: mail.gateway,
  counted: cloudflare.processedJournal,
});

async function burstOf(world: World, tenant: Tenant, sender: JournalSender, count: number): Promise<SandboxResponse> {
  const began = Date.now();
  const made = await burst(world, tenant, sender, count);
  return json(200, { made, queued: tenant.mail.journalQueue.length, tookMs: Date.now() - began });
}

export function journalControl(sender: JournalSender): Handler {
  return async (request, world) => {
    const { pathname, searchParams } = request.url;
    if (pathname === "/sandbox/journal" && request.method === "GET") {
      const tenant = findTenant(world, searchParams.get("tenant") ?? "");
      if (!tenant) return noTenant();
      await sender.sendDue();
      return json(200, shown(tenant));
    }
    if (pathname !== "/sandbox/journal/burst" || request.method !== "POST") return null;
    const asked = read(request, burstShape);
    if (!asked.ok) return asked.response;
    const tenant = findTenant(world, asked.value.tenant);
    return tenant ? burstOf(world, tenant, sender, asked.value.count) : noTenant();
  };
}
