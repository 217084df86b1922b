/** Free ports on loopback. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

/** The port if it is free, any free one for 0; null when it is taken. */
export const freePort = (port: number, host = "127.0.0.1"): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : null));
    });
  });

/** The port of last time while it is free, so that whoever wrote it down can go on using it. */
export async function keptPort(file: string): Promise<number> {
  const kept = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const port = (kept > 0 ? await freePort(kept) : null) ?? (await freePort(0));
  if (port === null) throw new Error("No free port on 127.0.0.1.");
  writeFileSync(file, `${port}\n`);
  return port;
}
