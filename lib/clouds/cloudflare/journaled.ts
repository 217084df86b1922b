/** Messages that the vendor has looked at lately: one by its Message-ID, or the newest of the last day. Source: email-security/investigate, July 2026. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import type { Account } from "./account";
import { came } from "./call";

const READ = { permission: PERMISSIONS.emailRead.name, isWrite: false };
const DAY_MS = 24 * 60 * 60_000;
/** The newest are enough: this shows that messages come, and counts nothing. */
const PER_PAGE = 100;

/** `ts` until November 2026, `scanned_at` since. */
const when = z.preprocess((v) => v ?? null, z.string().nullable());
const shape = z.object({
  id: z.string(),
  message_id: z.string().nullish(),
  delivery_mode: z.string().nullish(),
  scanned_at: when,
  ts: when,
  final_disposition: z.string().nullish(),
});

/** Times of a search are text without fractions of a second. */
const written = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

const bare = (messageId: string): string => messageId.trim().replace(/^<|>$/g, "");
/** Whether the search wants angle brackets is not on record: with them, as mail has them, then without. */
const spellings = (of: string): readonly string[] => [`<${bare(of)}>`, bare(of)];

type Filter = { readonly start: string } | { readonly message_id: string };
type Found = z.infer<typeof shape>;

async function search({ client, accountId, ...caller }: Account, filter: Filter): Promise<Result<readonly Found[]>> {
  const answer = await came(caller, READ, () =>
    client.emailSecurity.investigate
      // Clean messages are left out unless they are asked for.
      .list({ account_id: accountId, detections_only: false, per_page: PER_PAGE, ...filter })
      .asResponse(),
  );
  if (!answer.ok) return answer;
  const read = z.array(shape).safeParse(answer.value.result);
  if (read.success) return ok(read.data);
  return no("unreadable", "Cloudflare sent messages in a form that we do not know.", { evidence: answer.value.evidence });
}

/** What comes back is compared: a filter that is not understood would be left out, and everything be found. */
async function searchFor(account: Account, of: string): Promise<Result<readonly Found[]>> {
  const isIt = ({ message_id }: Found) => bare(message_id ?? "").toLowerCase() === bare(of).toLowerCase();
  for (const message_id of spellings(of)) {
    const found = await search(account, { message_id });
    if (!found.ok) return found;
    const own = found.value.filter(isIt);
    if (own.length > 0) return ok(own);
  }
  return ok([]);
}

/** @param of a Message-ID, or "" for the newest ones. */
export async function readJournaled(account: Account, of: string): Promise<Result<readonly unknown[]>> {
  const found = of.trim() === "" ? await search(account, { start: written(account.clock.now() - DAY_MS) }) : await searchFor(account, of);
  if (!found.ok) return found;
  return ok(
    found.value.map(({ id, message_id, delivery_mode, scanned_at, ts, final_disposition }) => ({
      id,
      messageId: message_id ?? "",
      deliveryMode: delivery_mode ?? "",
      scannedAt: Date.parse(scanned_at ?? ts ?? "") || 0,
      disposition: final_disposition ?? "NONE",
    })),
  );
}
