/** One SMTP conversation as a stranger's mail server holds it, with what was said kept for people to read. */
import { connect, type Socket } from "node:net";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { senderAddress } from "./hosts";

export type Call = {
  host: string;
  address: string;
  port: number;
  /** What the caller calls itself. */
  helo: string;
  from: string;
  to: string;
  raw: Buffer;
  /** Says to come from here (XCLIENT) instead of a stranger's address. */
  clientIp?: string | undefined;
  /** Certificates to check the host by; without them any certificate is good enough, as opportunistic TLS has it. */
  ca?: string | undefined;
};

export type Said = { code: number | null; text: string; isTls: boolean; lines: string[] };

/** Real senders wait for minutes; nobody who looks on does. */
const waitMs = 5_000;

/** The mail library's log entries that are talk. */
const speakers = new Map<unknown, string>([
  ["client", "C"],
  ["server", "S"],
]);
const said = (who: string, text: string) =>
  text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => `${who}: ${line}`);

/** The reply that a message was accepted with, or what stood in the way. */
export async function converse(call: Call): Promise<Said> {
  const lines: string[] = [];
  const record = (entry: unknown, text: unknown) => {
    const who = speakers.get(typeof entry === "object" && entry !== null ? Reflect.get(entry, "tnx") : "");
    if (who) lines.push(...said(who, String(text)));
  };
  const logger = { level: () => undefined, trace: record, debug: record, info: record, warn: record, error: record, fatal: record };
  let connection: SMTPConnection | undefined;
  const ended = (code: number | null, text: string): Said => ({ code, text, isTls: connection?.secure ?? false, lines });
  try {
    const socket = await introduced(call, lines);
    connection = new SMTPConnection({
      host: call.host,
      name: call.helo,
      connection: socket,
      greetingTimeout: waitMs,
      socketTimeout: waitMs,
      transactionLog: true,
      logger,
      tls: { rejectUnauthorized: call.ca !== undefined, ca: call.ca },
    });
    const reply = await deliver(connection, call);
    return ended(Number(reply.slice(0, 3)), reply.slice(4));
  } catch (problem) {
    return ended(codeOf(problem), problem instanceof Error ? textOf(problem) : String(problem));
  } finally {
    connection?.quit();
  }
}

const codeOf = (problem: unknown): number | null => {
  const code: unknown = typeof problem === "object" && problem !== null ? Reflect.get(problem, "responseCode") : null;
  return typeof code === "number" ? code : null;
};

function textOf(problem: Error): string {
  const response: unknown = Reflect.get(problem, "response");
  return typeof response === "string" ? response.replace(/^\d{3}[ -]/, "") : problem.message;
}

function deliver(connection: SMTPConnection, { from, to, raw }: Call): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.on("error", reject);
    connection.once("end", () => reject(new Error("The connection was closed.")));
    connection.connect((problem) => {
      if (problem) return reject(problem);
      connection.send({ from, to: [to], size: raw.length }, raw, (failed, info) => (failed ? reject(failed) : resolve(info.response)));
    });
  });
}

/** An open socket whose next word is the server's greeting; the caller may have said who it is by then. */
async function introduced(call: Call, lines: string[]): Promise<Socket> {
  const socket = connect({ host: call.address, port: call.port, localAddress: senderAddress });
  socket.setTimeout(waitMs, () => socket.destroy(new Error("No answer.")));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    if (call.clientIp !== undefined) await sayWho(socket, call.helo, call.clientIp, lines);
    socket.removeAllListeners("timeout");
    return socket;
  } catch (problem) {
    socket.destroy();
    throw problem;
  }
}

/** After XCLIENT the server greets anew, as if the other address had called. */
async function sayWho(socket: Socket, helo: string, clientIp: string, lines: string[]): Promise<void> {
  const say = async (line: string) => {
    lines.push(...said("S", await heard(socket)), `C: ${line}`);
    socket.write(`${line}\r\n`);
  };
  await say(`EHLO ${helo}`);
  await say(`XCLIENT ADDR=${clientIp.includes(":") ? `IPV6:${clientIp}` : clientIp}`);
}

/** One whole reply; a refusal ends the conversation. */
function heard(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const done = (act: () => void) => {
      socket.off("data", hear);
      socket.off("error", fail);
      socket.off("end", gone);
      socket.pause();
      act();
    };
    const fail = (problem: Error) => done(() => reject(problem));
    const gone = () => fail(new Error("The connection was closed."));
    const hear = (part: Buffer) => {
      text += part.toString("latin1");
      const [, code] = /^(\d{3}) .*\r\n$/m.exec(text) ?? [];
      if (code === undefined) return;
      if (code.startsWith("2")) return done(() => resolve(text));
      fail(Object.assign(new Error(text.trim()), { responseCode: Number(code), response: text.trim() }));
    };
    socket.on("data", hear);
    socket.once("error", fail);
    socket.once("end", gone);
    socket.resume();
  });
}
