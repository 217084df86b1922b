/** How much the vendor has processed for each domain: a number that grows with every message, whichever way it came. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { Listed } from "./domains";

/** A domain that has seen nothing yet may come without the counter, and counters were text at times. */
const count = z.preprocess((v) => v ?? 0, z.coerce.number());
const shape = z.object({
  domain: z.string(),
  emails_processed: z.object({ total_emails_processed: count }).nullish(),
  allowed_delivery_modes: z.unknown().default(null),
});

export function readProcessed(listed: Listed): Result<readonly unknown[]> {
  if (!listed.ok) return listed;
  const read = z.array(shape).safeParse(listed.value);
  if (!read.success) return no("unreadable", "Cloudflare sent a domain in a form that we do not know.");
  return ok(
    read.data.map(({ domain, emails_processed, allowed_delivery_modes }) => ({
      domain,
      total: emails_processed?.total_emails_processed ?? 0,
      deliveryModes: allowed_delivery_modes,
    })),
  );
}
