/** The message itself: the picture that the vendor draws of it, and its bytes as they came. Neither is believed to be what it says it is. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import type { Account } from "./account";
import { type Came, came } from "./call";
import { about } from "./messages-details";
import { READ } from "./messages-search";

const MOST_PICTURE_BYTES = 10_000_000;
const MOST_ON_A_SIDE = 32_767;
/** A browser takes four bytes for each when it shows the picture. */
const MOST_PIXELS = 50_000_000;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Signature, then a first chunk of 13 bytes that is the header, with its checksum. */
const HEAD_BYTES = 33;

/** A picture by its first bytes, of a size that a browser can show. */
function isPicture(bytes: Buffer): boolean {
  if (bytes.length < HEAD_BYTES || bytes.length > MOST_PICTURE_BYTES || !bytes.subarray(0, 8).equals(SIGNATURE)) return false;
  if (bytes.readUInt32BE(8) !== 13 || bytes.toString("latin1", 12, 16) !== "IHDR") return false;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return width > 0 && height > 0 && Math.max(width, height) <= MOST_ON_A_SIDE && width * height <= MOST_PIXELS;
}

const previewShape = z.object({ screenshot: z.string() });

function pictureOf({ result, evidence }: Came): Result<Uint8Array> {
  const read = previewShape.safeParse(result);
  const bytes = read.success ? Buffer.from(read.data.screenshot.replace(/^data:image\/png;base64,/, ""), "base64") : Buffer.alloc(0);
  return isPicture(bytes) ? ok(bytes) : no("unreadable", "Cloudflare sent no picture that we can show.", { evidence });
}

/** Drawn from the copy in the mailbox, which takes the right to change things; nothing is changed, so it is asked as a read is. */
async function drawn({ client, accountId: account_id, ...caller }: Account, id: string): Promise<Result<Came>> {
  const asking = { permission: PERMISSIONS.emailEdit.name, isWrite: false };
  const answer = await came(caller, asking, () => client.emailSecurity.investigate.preview.create({ account_id, id }).asResponse());
  if (answer.ok || answer.problem.code !== "unsure") return answer;
  const fix = { fix: "Try again in a few minutes." };
  return {
    ok: false,
    problem: { ...answer.problem, ...fix, code: "unreachable", say: "Cloudflare did not answer while it drew the picture." },
  };
}

/** A message without a detection has no stored picture: the first question is refused then, and how is not on record. */
export async function readPicture(account: Account, id: string): Promise<Result<Uint8Array>> {
  const { client, accountId: account_id } = account;
  const stored = await about(account, { id }, () => client.emailSecurity.investigate.preview.get(id, { account_id }).asResponse());
  if (stored.ok) return pictureOf(stored.value);
  const { code, evidence } = stored.problem;
  // Without evidence nothing was sent.
  if (evidence === undefined || (code !== "gone" && code !== "rejected")) return stored;
  const answer = await drawn(account, id);
  if (answer.ok) return pictureOf(answer.value);
  if (answer.problem.code !== "gone" && answer.problem.code !== "rejected") return answer;
  const say =
    "Cloudflare cannot draw this message: it keeps the body of detections only, and of others draws what still lies in the inbox.";
  return { ok: false, problem: { ...answer.problem, code: "gone", say } };
}

const rawShape = z.object({ raw: z.string() });

export async function readRaw(account: Account, id: string): Promise<Result<Uint8Array>> {
  const { client, accountId: account_id } = account;
  const asking = { ...READ, isByteWise: true as const };
  const answer = await about(account, { id, asking }, () => client.emailSecurity.investigate.raw.get(id, { account_id }).asResponse());
  const gone = "Cloudflare has no copy of this message: it keeps the body of detections only.";
  if (!answer.ok)
    return answer.problem.code === "rejected" ? { ok: false, problem: { ...answer.problem, code: "gone", say: gone } } : answer;
  const { result, evidence } = answer.value;
  const read = rawShape.safeParse(result);
  if (!read.success) return no("unreadable", "Cloudflare sent a message in a form that we do not know.", { evidence });
  return read.data.raw === "" ? no("gone", gone, { evidence }) : ok(Buffer.from(read.data.raw, "latin1"));
}
