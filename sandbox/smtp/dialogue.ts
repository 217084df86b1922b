/** One SMTP conversation as a stranger's mail server holds it, with what was said kept for people to read. */
import type { Socket } from "node:net";
import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { type Dial, introduced, said, waitMs } from "./opening";

/** Several recipients go in one transaction. */
export type Mail = { from: string; to: string[]; raw: Buffer };

export type Call = Dial & Mail;

export type Said = { code: number | null; text: string; isTls: boolean; lines: string[] };

/** The mail library's log entries that are talk. */
const speakers = new Map<unknown, string>([
  ["client", "C"],
  ["server", "S"],
]);
/** The reply that a message was accepted with, or what stood in the way. */
export async function converse(call: Call): Promise<Said> {
  const line = await openLine(call);
  const ended = await line.send(call);
  line.close();
  return ended;
}

export type Line = {
  /** Where there is no connection (any more), every message fails the way the last one did. */
  send(mail: Mail): Promise<Said>;
  close(): void;
};

/** A connection, greeted and secured where the host can, for one message after the other. */
export async function openLine(call: Dial): Promise<Line> {
  const lines: string[] = [];
  let connection: SMTPConnection | null = null;
  let broken: Said | null = null;
  const ended = (code: number | null, text: string): Said => ({ code, text, isTls: connection?.secure ?? false, lines });
  const failed = (problem: unknown) => ended(codeOf(problem), problem instanceof Error ? textOf(problem) : String(problem));
  try {
    connection = connectionOver(await introduced(call, lines), call, lines);
    await greeted(connection);
  } catch (problem) {
    const failure = failed(problem);
    broken =
      call.requiresTls && failure.code !== null
        ? ended(null, `TLS is required, and STARTTLS was answered ${failure.code} ${failure.text}`)
        : failure;
  }
  return {
    send: async (mail) => {
      if (broken || !connection) return broken ?? ended(null, "No connection.");
      try {
        const reply = await deliver(connection, mail);
        return ended(Number(reply.slice(0, 3)), reply.slice(4));
      } catch (problem) {
        const refused = failed(problem);
        if (refused.code === null || !(await isReset(connection))) broken = refused;
        return refused;
      }
    },
    close: () => connection?.quit(),
  };
}

function connectionOver(socket: Socket, call: Dial, lines: string[]): SMTPConnection {
  const record = (entry: unknown, text: unknown) => {
    const who = speakers.get(typeof entry === "object" && entry !== null ? Reflect.get(entry, "tnx") : "");
    if (who) lines.push(...said(who, String(text)));
  };
  return new SMTPConnection({
    host: call.host,
    name: call.helo,
    connection: socket,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    transactionLog: true,
    requireTLS: call.requiresTls === true,
    logger: { level: () => undefined, trace: record, debug: record, info: record, warn: record, error: record, fatal: record },
    tls: { rejectUnauthorized: call.ca !== undefined, ca: call.ca, ...identityCheck(call.identity) },
  });
}

function identityCheck(identity: string | undefined): ConnectionOptions {
  if (identity === undefined) return {};
  return { checkServerIdentity: (_, certificate) => (identity === "any" ? undefined : checkServerIdentity(identity, certificate)) };
}

const codeOf = (problem: unknown): number | null => {
  const code: unknown = typeof problem === "object" && problem !== null ? Reflect.get(problem, "responseCode") : null;
  return typeof code === "number" ? code : null;
};

function textOf(problem: Error): string {
  const response: unknown = Reflect.get(problem, "response");
  return typeof response === "string" ? response.replace(/^\d{3}[ -]/, "") : problem.message;
}

function greeted(connection: SMTPConnection): Promise<void> {
  return waiting(connection, (resolve, reject) => connection.connect((problem) => (problem ? reject(problem) : resolve())));
}

function deliver(connection: SMTPConnection, { from, to, raw }: Mail): Promise<string> {
  return waiting(connection, (resolve, reject) => {
    connection.send({ from, to, size: raw.length }, raw, (problem, info) => (problem ? reject(problem) : resolve(info.response)));
  });
}

/** After a refusal the transaction has to be given up before the next one. */
const isReset = (connection: SMTPConnection): Promise<boolean> =>
  waiting<boolean>(connection, (resolve) => connection.reset((problem) => resolve(!problem))).catch(() => false);

/** Fails, too, when the connection ends meanwhile. */
function waiting<T>(connection: SMTPConnection, act: (resolve: (value: T) => void, reject: (problem: Error) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const done = (finish: () => void) => {
      connection.off("error", fail);
      connection.off("end", gone);
      connection.on("error", ignore);
      finish();
    };
    const fail = (problem: Error) => done(() => reject(problem));
    const gone = () => fail(new Error("The connection was closed."));
    connection.off("error", ignore);
    connection.once("error", fail);
    connection.once("end", gone);
    act((value) => done(() => resolve(value)), fail);
  });
}

/** What fails between two messages is met by the next one. */
const ignore = () => undefined;
