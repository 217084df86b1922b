/** One question over TCP, for answers that do not fit into a UDP packet. */
import { randomInt } from "node:crypto";
import { connect } from "node:net";
import type { Address } from "@/lib/base/env";
import { encoded, type Question, type Reply, replyTo } from "./packet";

const LIMIT_MS = 4_000;
const LENGTH_BYTES = 2;

/** A reply, or null when none came in time. The two bytes before a message are its length, so no answer is longer than 65,535 bytes. */
export function overTcp(server: Address, question: Question): Promise<Reply | null> {
  return new Promise((resolve) => {
    const id = randomInt(0x10000);
    const message = encoded(id, question);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt16BE(message.length);
    let seen = Buffer.alloc(0);
    const socket = connect({ host: server.host, port: server.port });
    const end = (reply: Reply | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const timer = setTimeout(() => end(null), LIMIT_MS);
    socket.on("connect", () => socket.write(Buffer.concat([length, message])));
    socket.on("data", (part) => {
      seen = Buffer.concat([seen, part]);
      const whole = seen.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + seen.readUInt16BE(0);
      if (seen.length >= whole) end(replyTo(id, question, seen.subarray(LENGTH_BYTES, whole)));
    });
    socket.on("error", () => end(null));
    socket.on("close", () => end(null));
  });
}
