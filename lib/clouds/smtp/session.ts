/** One conversation with a mail server: each answer has a time limit and a size limit, and the whole of it ends at a set moment. */
import { connect, type Socket } from "node:net";
import { connect as encrypt, type SecureContext, type TLSSocket } from "node:tls";
import { no, ok, type Result } from "@/lib/base/result";
import { MOST_BYTES, type Reply, readReply } from "./reply";

export type Limits = { readonly connectMs: number; readonly stageMs: number; readonly inAllMs: number };
/** A server may let a stranger wait some seconds before it greets (postscreen: 6); one that takes longer than this is of no use for mail. */
export const LIMITS: Limits = { connectMs: 8_000, stageMs: 15_000, inAllMs: 45_000 };

const GOODBYE_MS = 1_000;
const codeOf = (error: Error): string => ("code" in error && typeof error.code === "string" ? error.code : error.message);

/** A connection, or why there is none. */
export function open(address: string, port: number, limitMs: number, stageMs: number, until: number): Promise<Result<Session>> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const fail = (why: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(no("unreachable", `It cannot be connected to on port 25 (${why}).`));
    };
    const timer = setTimeout(() => fail(`no answer within ${Math.ceil(limitMs / 1_000)} seconds`), limitMs);
    // Kept for good: a socket that is destroyed may still have an error to tell.
    socket.on("error", (error) => fail(codeOf(error)));
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(ok(new Session(socket, stageMs, until)));
    });
  });
}

export class Session {
  #socket: Socket;
  #seen: Buffer = Buffer.alloc(0);
  #isOver = false;
  #wake = () => {};
  readonly #stageMs: number;
  /** By `performance.now()`. */
  readonly #until: number;

  constructor(socket: Socket, stageMs: number, until: number) {
    this.#socket = socket;
    this.#stageMs = stageMs;
    this.#until = until;
    this.#listen(socket);
  }

  #listen(socket: Socket) {
    socket.on("data", (part: Buffer) => {
      // Past the limit nothing is kept: what is there already reads as a flood.
      if (this.#seen.length <= MOST_BYTES) this.#seen = Buffer.concat([this.#seen, part.subarray(0, MOST_BYTES + 1)]);
      else socket.destroy();
      this.#wake();
    });
    socket.on("close", () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** The next answer. `what` names it in a problem: "its greeting". */
  hear(what: string): Promise<Result<Reply>> {
    const waitMs = Math.max(0, Math.min(this.#stageMs, this.#until - performance.now()));
    return new Promise((resolve) => {
      const end = (heard: Result<Reply>) => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve(heard);
      };
      const look = () => {
        const read = readReply(this.#seen);
        if (read === "flood") end(no("unreadable", `What it sent as ${what} is longer than a mail server's answer may be.`));
        else if (read === "garbled") end(no("unreadable", `What it sent as ${what} is not what a mail server says.`));
        else if (read !== "more") {
          this.#seen = this.#seen.subarray(read.used);
          end(ok(read.reply));
        } else if (this.#isOver) end(no("unreachable", `It hung up before ${what}.`));
      };
      const timer = setTimeout(() => end(no("unreachable", `It was silent: ${what} did not come in time.`)), waitMs);
      this.#wake = look;
      look();
    });
  }

  /** Says one line and hears the answer. `what` is what was said, for a problem. */
  say(line: string, what = line.split(/[ :]/)[0] ?? ""): Promise<Result<Reply>> {
    if (this.#socket.writable) this.#socket.write(`${line}\r\n`);
    return this.hear(`its answer to ${what}`);
  }

  /** Encrypts the connection. Whom it proves to be is for the caller to judge: here every certificate will do. */
  encrypt(host: string, secureContext: SecureContext): Promise<Result<TLSSocket>> {
    // What came before encryption must not be taken for something said under it (CVE-2011-0411).
    if (this.#seen.length > 0) return Promise.resolve(no("unreadable", "It went on speaking in clear after it had agreed to encrypt."));
    const plain = this.#socket;
    plain.removeAllListeners("data").removeAllListeners("close");
    return new Promise((resolve) => {
      const options = { socket: plain, servername: host, secureContext, rejectUnauthorized: false, checkServerIdentity: () => undefined };
      const secured = encrypt(options);
      const fail = (why: string) => {
        clearTimeout(timer);
        this.#isOver = true;
        secured.destroy();
        resolve(no("unreadable", `It offers encryption, but none could be agreed on (${why}).`));
      };
      const timer = setTimeout(() => fail("no answer in time"), Math.max(0, Math.min(this.#stageMs, this.#until - performance.now())));
      secured.on("error", (error) => fail(codeOf(error)));
      secured.once("close", () => fail("it hung up"));
      secured.once("secureConnect", () => {
        clearTimeout(timer);
        secured.removeAllListeners("close");
        this.#socket = secured;
        this.#listen(secured);
        resolve(ok(secured));
      });
    });
  }

  /** Says goodbye and does not wait for more than a moment. */
  close() {
    const socket = this.#socket;
    if (this.#isOver || !socket.writable) return void socket.destroy();
    socket.end("QUIT\r\n");
    const timer = setTimeout(() => socket.destroy(), GOODBYE_MS);
    timer.unref();
    socket.once("close", () => clearTimeout(timer));
  }
}
