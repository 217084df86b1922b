/** The secrets of a first start: made once, kept in data/secrets.json, readable by its owner alone. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const shape = z.object({
  /** 32 bytes in base64: seals the token cache and signs what a browser keeps for us. */
  secretKey: z.string().min(1),
  postgresPassword: z.string().min(1),
});
export type Secrets = z.infer<typeof shape>;

export function readSecrets(dataFolder: string): Secrets {
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  const file = join(dataFolder, "secrets.json");
  const fresh: Secrets = { secretKey: randomBytes(32).toString("base64"), postgresPassword: randomBytes(24).toString("base64url") };
  try {
    // "wx": of two first starts at once, one makes the secrets and the other reads them.
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    return fresh;
  } catch {
    const kept = shape.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (!kept.success)
      throw new Error(
        `${file} is not what Cutover wrote there. Put the old file back; without it the database under data/ cannot be opened.`,
      );
    return kept.data;
  }
}
