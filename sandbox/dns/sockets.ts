/** One DNS address: UDP and TCP on the same port, bytes in and bytes (or silence) out. */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";

export type Over = "udp" | "tcp";
/** Null = no answer at all, as from a server that is down. */
export type Answerer = (bytes: Buffer, over: Over) => Buffer | null | Promise<Buffer | null>;

export interface Bound {
  port: number;
  close(): Promise<void>;
}

const IDLE_MS = 10_000;
/** Room for a thousand questions that arrive together; the kernel's default loses some of them. */
const BUFFER_BYTES = 4 * 1024 * 1024;

function bindUdp(address: string, port: number, answer: Answerer): Promise<UdpSocket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: "udp4", recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES });
    socket.once("error", reject);
    socket.on("message", (bytes, from) => {
      const send = (reply: Buffer | null) => {
        if (reply) socket.send(reply, from.port, from.address);
      };
      const reply = answer(bytes, "udp");
      if (reply instanceof Promise) void reply.then(send);
      else send(reply);
    });
    socket.bind(port, address, () => {
      socket.off("error", reject);
      // an asker that went away (ICMP unreachable) is no fault of ours
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

/** RFC 1035 4.2.2: each message is preceded by its length; several may come on one connection (RFC 7766). */
function serveTcp(socket: Socket, answer: Answerer): void {
  let waiting = Buffer.alloc(0);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (piece) => {
    waiting = Buffer.concat([waiting, typeof piece === "string" ? Buffer.from(piece) : piece]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const end = 2 + waiting.readUInt16BE(0);
      const message = waiting.subarray(2, end);
      waiting = waiting.subarray(end);
      void Promise.resolve(answer(message, "tcp")).then((reply) => {
        if (!reply || socket.destroyed) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      });
    }
  });
}

function bindTcp(address: string, port: number, answer: Answerer, open: Set<Socket>): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      serveTcp(socket, answer);
    });
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

/** Port 0 takes any that is free for both; the caller binds the other addresses to the same one. */
export async function bind(address: string, port: number, answer: Answerer): Promise<Bound> {
  const udp = await bindUdp(address, port, answer);
  const taken = udp.address().port;
  const open = new Set<Socket>();
  try {
    const tcp = await bindTcp(address, taken, answer, open);
    return {
      port: taken,
      close: async () => {
        for (const socket of open) socket.destroy();
        await Promise.all([new Promise<void>((done) => udp.close(done)), new Promise<void>((done) => tcp.close(() => done()))]);
      },
    };
  } catch (problem) {
    udp.close();
    throw problem;
  }
}
