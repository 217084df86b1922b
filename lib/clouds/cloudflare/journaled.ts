/** Messages that the vendor has looked at lately: one by its Message-ID, or the newest of the last day. Source: email-security/investigate, July 2026. */
import { ok, type Result } from "@/lib/base/result";
import type { Account } from "./account";
import { written } from "./messages-reading";
import { type Filter, foundBy, foundById } from "./messages-search";

const DAY_MS = 24 * 60 * 60_000;
/** The newest are enough: this shows that messages come, and counts nothing. Clean messages are left out unless they are asked for. */
const NEWEST: Filter = { detections_only: false, per_page: 100 };

/** @param of a Message-ID, or "" for the newest ones. */
export async function readJournaled(account: Account, of: string): Promise<Result<readonly unknown[]>> {
  const since = written(account.clock.now() - DAY_MS);
  const found = of.trim() === "" ? await foundBy(account, { ...NEWEST, start: since }) : await foundById(account, of, NEWEST);
  if (!found.ok) return found;
  return ok(
    found.value.rows.map(({ id, messageId, deliveryMode, at, disposition }) => ({
      id,
      messageId,
      deliveryMode,
      scannedAt: at,
      disposition,
    })),
  );
}
