/** Moves and releases: each one write, sent once, with the outcome of every message in every mailbox. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import type { Folder } from "@/lib/model/destinations";
import type { Outcome } from "@/lib/model/mail-order";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { Account } from "./account";
import { came } from "./call";
import { line, lines, rows } from "./messages-reading";
import { matcherOf, type Seen } from "./messages-seen";

export type Outcomes = Result<ReadonlyMap<string, readonly Outcome[]>>;

const WRITE = { permission: PERMISSIONS.emailEdit.name, isWrite: true };
/** Messages times recipients. */
const MOST_ENTRIES = 100_000;

const moveEntry = z.object({ success: z.boolean(), message_id: line(1_000), recipient: line(320), status: line(300) });
const someone = lines(MOST_AT_ONCE, 320);
const releaseEntry = z.object({ id: line(1_000), postfix_id: line(1_000), delivered: someone, failed: someone, undelivered: someone });

/** One outcome a mailbox: where it is spoken of twice, the failure counts. */
function gathered(told: readonly (readonly [id: string, outcome: Outcome])[]): ReadonlyMap<string, readonly Outcome[]> {
  const all = new Map<string, Map<string, Outcome>>();
  for (const [id, outcome] of told) {
    const own = all.get(id) ?? new Map<string, Outcome>();
    all.set(id, own);
    const mailbox = outcome.recipient.toLowerCase();
    if (own.get(mailbox)?.success !== false) own.set(mailbox, outcome);
  }
  return new Map([...all].map(([id, own]) => [id, [...own.values()]]));
}

/** @throws for more than the service takes. */
async function write(account: Account, ids: readonly string[], send: () => Promise<Response>): Promise<Result<readonly unknown[]>> {
  if (ids.length > MOST_AT_ONCE) throw new Error(`At most ${MOST_AT_ONCE} messages at once.`);
  const answer = await came(account, WRITE, send);
  if (answer.ok) {
    const { result, evidence } = answer.value;
    const fix = "Look again: what is there now decides.";
    return Array.isArray(result) ? ok(result) : no("unsure", "Cloudflare answered with something that we cannot read.", { fix, evidence });
  }
  // 409 is "there already" where something is made, and here only what the service says.
  const { problem } = answer;
  if (problem.code !== "exists") return answer;
  return { ok: false, problem: { ...problem, code: "rejected", say: `Cloudflare refused: ${problem.evidence?.["text"] ?? "409"}` } };
}

export async function moveMessages(account: Account, seen: Seen, ids: readonly string[], destination: Folder): Promise<Outcomes> {
  if (ids.length === 0) return ok(new Map());
  const { client, accountId: account_id } = account;
  const body = { account_id, destination, ids: [...ids] };
  const answer = await write(account, ids, () => client.emailSecurity.investigate.move.bulk(body).asResponse());
  if (!answer.ok) return answer;
  const match = matcherOf(seen, account.accountId, ids);
  const entries = rows(MOST_ENTRIES, moveEntry).parse(answer.value);
  return ok(
    gathered(
      entries.flatMap(({ message_id, recipient, success, status }) =>
        match(message_id, recipient).map((id) => [id, { recipient, success, status }] as const),
      ),
    ),
  );
}

export async function releaseMessages(account: Account, seen: Seen, ids: readonly string[]): Promise<Outcomes> {
  if (ids.length === 0) return ok(new Map());
  const { client, accountId: account_id } = account;
  const answer = await write(account, ids, () => client.emailSecurity.investigate.release.bulk({ account_id, ids: [...ids] }).asResponse());
  if (!answer.ok) return answer;
  const match = matcherOf(seen, account.accountId, ids);
  const told = rows(MOST_AT_ONCE, releaseEntry)
    .parse(answer.value)
    .flatMap((entry) => {
      const of = (recipients: readonly string[], success: boolean, status: string) =>
        recipients.map((recipient) => ({ recipient, success, status }));
      const outcomes = [
        ...of(entry.delivered, true, "delivered"),
        ...of(entry.undelivered, false, "undelivered"),
        ...of(entry.failed, false, "failed"),
      ];
      return match(entry.id || entry.postfix_id, "").flatMap((id) => outcomes.map((outcome) => [id, outcome] as const));
    });
  return ok(gathered(told));
}
