/** One UDP socket and the questions that wait on it. */
import { randomInt } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import type { Address } from "@/lib/base/env";
import { encoded, type Question, type Reply, replyTo } from "./packet";

/** A socket is replaced after this many questions, so that its port, half of what an off-path forger must guess, does not stay the same. */
const QUESTIONS_PER_SOCKET = 2_000;
const HEADER_BYTES = 12;

const keyOf = (address: string, port: number, id: number): string => `${address}|${port}|${id}`;

export class Line {
  readonly #waiting = new Map<string, (message: Buffer) => void>();
  readonly #socket: Socket;
  #asked = 0;
  #isClosed = false;

  constructor(family: "udp4" | "udp6") {
    this.#socket = createSocket({ type: family, recvBufferSize: 1 << 20 });
    this.#socket.on("message", (message, from: RemoteInfo) => {
      if (message.length >= HEADER_BYTES) this.#waiting.get(keyOf(from.address, from.port, message.readUInt16BE(0)))?.(message);
    });
    // A refused port shows up here or not at all; either way the question's own time limit ends it.
    this.#socket.on("error", () => {});
    this.#socket.unref();
  }

  get isUsable(): boolean {
    return !this.#isClosed && this.#asked < QUESTIONS_PER_SOCKET;
  }

  /** A reply from that very server to that very question, or null when none came in time. */
  ask(server: Address, question: Question, limitMs: number): Promise<Reply | null> {
    this.#asked++;
    let id = randomInt(0x10000);
    while (this.#waiting.has(keyOf(server.host, server.port, id))) id = randomInt(0x10000);
    const key = keyOf(server.host, server.port, id);
    return new Promise((resolve) => {
      const end = (reply: Reply | null) => {
        clearTimeout(timer);
        this.#waiting.delete(key);
        if (!this.isUsable && this.#waiting.size === 0) this.close();
        resolve(reply);
      };
      const timer = setTimeout(() => end(null), limitMs);
      this.#waiting.set(key, (message) => {
        const reply = replyTo(id, question, message);
        if (reply !== null) end(reply);
      });
      this.#socket.send(encoded(id, question), server.port, server.host, (error) => {
        if (error !== null) end(null);
      });
    });
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }
}
