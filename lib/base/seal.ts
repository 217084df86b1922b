/** Secrets at rest: AES-256-GCM with a key id, so that a new key can seal while an old one still opens, and a context, so that a sealed value opens only where it belongs. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { no, ok, type Result } from "./result";

export type Seal = {
  /** `context` names where it is kept ("tokens:<tenant>"); the same words are needed to open it. */
  readonly seal: (text: string, context: string) => string;
  readonly open: (sealed: string, context: string) => Result<string>;
};

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const idOf = (key: Buffer): string => createHash("sha256").update("key id").update(key).digest("hex").slice(0, 8);

/** Keys of 32 bytes; the first seals, all of them open. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const [first] = keys;
  if (first === undefined || keys.some((key) => key.length !== 32)) throw new Error("A seal needs keys of 32 bytes.");
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return {
    seal: (text, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", first, iv).setAAD(Buffer.from(context));
      const closed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, idOf(first), closed.toString("base64url")].join(".");
    },
    open: (sealed, context) => {
      const [version, id, data] = sealed.split(".");
      const key = byId.get(id ?? "");
      if (version !== VERSION || data === undefined) return no("unreadable", "A stored secret has a form we do not know.");
      if (key === undefined)
        return no("unreadable", "A stored secret was sealed with a key this server does not have.", {
          fix: "Put the former SECRET_KEY behind the new one, after a comma.",
        });
      return opened(Buffer.from(data, "base64url"), key, context);
    },
  };
}

function opened(closed: Buffer, key: Buffer, context: string): Result<string> {
  if (closed.length < IV_BYTES + TAG_BYTES) return no("unreadable", "A stored secret is cut short.");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, closed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(closed.subarray(-TAG_BYTES));
    return ok(Buffer.concat([decipher.update(closed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8"));
  } catch {
    return no("unreadable", "A stored secret was changed, or belongs somewhere else.");
  }
}
