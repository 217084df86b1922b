/** One message in detail: what was found in it, the lines of its way, and what was done with it after delivery. */
import { z } from "zod";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { ActionEntry, Detections, FoundMessage, MessageTrace, TraceLines } from "@/lib/model/found-message";
import type { Account } from "./account";
import { type Came, came } from "./call";
import { anything, line, lines, momentOf, rows } from "./messages-reading";
import { messageOf, READ } from "./messages-search";

/** One of the vendor's; what came from an address (URL) may be anything. Source: `4Njp3P0STMz2c02Q-2024-01-05T10:00:00-12345678`; formerly the first part. */
const ID = /^[\w.:~=+@-]{1,300}$/;
const isId = (id: string): boolean => ID.test(id) && !/^\.+$/.test(id);

const unknown: Pick<Problem, "say" | "fix"> = {
  say: "Cloudflare does not know this message, or no longer: it keeps messages for three to twelve months.",
  fix: "Search again.",
};
const noSuch = (): Result<never> => no("gone", unknown.say, unknown.fix === undefined ? {} : { fix: unknown.fix });

type About = { readonly id: string; readonly asking?: typeof READ & { readonly isByteWise?: true } };

/** A read about one message. An id that is none is not sent: it would be another path. */
export async function about(account: Account, { id, asking = READ }: About, send: () => Promise<Response>): Promise<Result<Came>> {
  if (!isId(id)) return noSuch();
  const answer = await came(account, asking, send);
  return answer.ok || answer.problem.code !== "gone" ? answer : { ok: false, problem: { ...answer.problem, ...unknown } };
}

const odd = ({ evidence }: Came, what: string) => no("unreadable", `Cloudflare sent ${what} in a form that we do not know.`, { evidence });

export async function readOne(account: Account, id: string): Promise<Result<FoundMessage>> {
  const { client, accountId: account_id } = account;
  const answer = await about(account, { id }, () => client.emailSecurity.investigate.get(id, { account_id }).asResponse());
  return answer.ok ? messageOf(answer.value.result, answer.value.evidence) : answer;
}

const finding = z
  .object({ name: line(200), detail: line(2_000), reason: line(2_000), detection: line(40) })
  .transform(({ name, detail, reason, detection }) => ({ name, detail: detail || reason, verdict: detection }));
/** Formerly a text, since an object with a name. */
const threat = z.preprocess(
  (v) => (typeof v === "string" ? { name: v } : v),
  z.object({ name: line(200), description: line(200) }).transform(({ name, description }) => name || description),
);
const attachment = z
  .object({ filename: line(500), name: line(500), content_type: line(200), size: anything, detection: line(40), sha256: line(64) })
  .transform(({ filename, name, content_type, size, detection, sha256 }) => ({
    name: filename || name,
    type: content_type,
    bytes: typeof size === "number" && size >= 0 ? size : 0,
    verdict: detection,
    sha256,
  }));
const validation = z.object({ spf: line(20), dkim: line(20), dmarc: line(20) });
const sender = z.object({ ip: line(60), as_name: line(200), geo: line(200) });
const some = <T extends z.ZodObject>(shape: T) => z.preprocess((v) => v ?? {}, shape);

const detectionsShape = z.object({
  action: line(200),
  final_disposition: line(40),
  findings: rows(200, finding),
  threat_categories: rows(50, threat),
  links: rows(500, z.object({ href: line(4_000), text: line(500) })),
  attachments: rows(200, attachment),
  validation: some(validation),
  sender_info: some(sender),
});

export async function readDetections(account: Account, id: string): Promise<Result<Detections>> {
  const { client, accountId: account_id } = account;
  const answer = await about(account, { id }, () => client.emailSecurity.investigate.detections.get(id, { account_id }).asResponse());
  if (!answer.ok) return answer;
  const read = detectionsShape.safeParse(answer.value.result);
  if (!read.success) return odd(answer.value, "what it found");
  const { action, final_disposition, findings, threat_categories, links, attachments, validation, sender_info } = read.data;
  return ok({
    ...{ action, findings, links, attachments, validation },
    disposition: final_disposition.toUpperCase() || "NONE",
    threats: threat_categories.filter((name) => name !== ""),
    sender: { ip: sender_info.ip, network: sender_info.as_name, country: sender_info.geo },
  });
}

/** `ts` until November 2026, `logged_at` since. */
const traceLine = z.object({ lineno: anything, logged_at: anything, ts: anything, message: line(4_000) });
const half = some(z.object({ lines: rows(2_000, traceLine), pending: anything })).transform(({ lines: all, pending }): TraceLines => {
  const numberOf = ({ lineno }: (typeof all)[number]) => (typeof lineno === "number" ? lineno : 0);
  return {
    lines: all.toSorted((a, b) => numberOf(a) - numberOf(b)).map((one) => ({ at: momentOf(one.logged_at, one.ts), say: one.message })),
    isPending: pending === true,
  };
});
const traceShape = z.object({ inbound: half, outbound: half });

export async function readTrace(account: Account, id: string): Promise<Result<MessageTrace>> {
  const { client, accountId: account_id } = account;
  const answer = await about(account, { id }, () => client.emailSecurity.investigate.trace.get(id, { account_id }).asResponse());
  if (!answer.ok) return answer;
  const read = traceShape.safeParse(answer.value.result);
  return read.success ? ok(read.data) : odd(answer.value, "the way of a message");
}

/** What stands in `properties` is not on record but for the first two. */
const actionShape = z
  .object({
    operation: line(40),
    completed_at: anything,
    completed_timestamp: anything,
    started_at: anything,
    success: anything,
    status: line(300),
    recipient: line(320),
    properties: some(z.object({ folder: line(100), requested_by: line(320), recipient: line(320), recipients: lines(1, 320) })),
  })
  .transform(
    ({ properties, ...row }): ActionEntry => ({
      operation: row.operation.toUpperCase(),
      at: momentOf(row.completed_at, row.completed_timestamp, row.started_at),
      success: typeof row.success === "boolean" ? row.success : null,
      status: row.status,
      folder: properties.folder,
      requestedBy: properties.requested_by,
      recipient: properties.recipient || row.recipient || (properties.recipients[0] ?? ""),
    }),
  );

const PER_PAGE = 100;
const MOST_PAGES = 20;

/** By the page: this list has no cursor, and the client does not know it. */
export async function readActions(account: Account, id: string): Promise<Result<readonly ActionEntry[]>> {
  const path = `/accounts/${encodeURIComponent(account.accountId)}/email-security/investigate/${id}/action_log`;
  const all: ActionEntry[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = { page, per_page: PER_PAGE };
    const answer = await about(account, { id }, () => account.client.get(path, { query }).asResponse());
    if (!answer.ok) return answer;
    const read = z.array(actionShape).safeParse(answer.value.result);
    if (!read.success) return odd(answer.value, "what was done with a message");
    all.push(...read.data);
    // More than was asked for: it does not know pages, and would say the same again.
    if (read.data.length !== PER_PAGE) break;
  }
  return ok(all.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)));
}
