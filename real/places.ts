/** Where a test's servers live: a temporary folder that their own users may enter, and a port that is free on every address they need. */
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Folder = { readonly path: string; readonly remove: () => void };

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "cutover-real-"));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const isFreeForTcp = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

const isFreeForUdp = (address: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });

/** Below Linux's range for outgoing connections (32768 up), so that no socket of ours takes it between this look and the server's start. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

export async function freePort(addresses: readonly string[]): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    const free = await Promise.all(addresses.flatMap((address) => [isFreeForTcp(address, port), isFreeForUdp(address, port)]));
    if (free.every((one) => one)) return port;
  }
}
