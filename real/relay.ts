/** A second address for a name server: BIND listens only at addresses that the machine's interfaces carry, and of loopback that is one. */
import { createSocket } from "node:dgram";
import { connect, createServer, type Socket } from "node:net";

export type Relay = { readonly stop: () => Promise<void> };
type Place = { readonly host: string; readonly port: number };

const PATIENCE_MS = 5_000;

/** One question, one answer, from a socket of its own. */
function passOn(question: Buffer, to: Place, answer: (message: Buffer) => void): void {
  const socket = createSocket("udp4");
  const end = () => {
    clearTimeout(late);
    socket.close();
  };
  const late = setTimeout(end, PATIENCE_MS);
  socket.once("error", end);
  socket.once("message", (message) => {
    answer(message);
    end();
  });
  socket.send(question, to.port, to.host);
}

/** Passes every UDP message and every TCP connection on, byte for byte. */
export async function startRelay(from: Place, to: Place): Promise<Relay> {
  const udp = createSocket("udp4");
  udp.on("message", (question, asker) => passOn(question, to, (message) => udp.send(message, asker.port, asker.address)));
  const open = new Set<Socket>();
  const tcp = createServer((near) => {
    const far = connect(to);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.once("close", () => open.delete(one));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => udp.bind(from.port, from.host, resolve));
  await new Promise<void>((resolve) => tcp.listen(from.port, from.host, resolve));
  return {
    stop: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}
