/** A mail server for tests that answers as told and remembers what it heard. Not used by the product. */
import { createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Pair } from "../testing";

/** Text is sent as it stands; "hang up" closes, "silent" says nothing ever, a list is sent piece by piece. */
export type Act = string | "hang up" | "silent" | readonly string[];
export type Script = {
  /** What the nth connection is greeted with, the last for all that follow. */
  readonly greetings?: readonly Act[];
  /** By the first word of a command; after STARTTLS by "tls " and that word, where it differs. */
  readonly answers?: Readonly<Record<string, Act>>;
  /** With a certificate STARTTLS is offered. */
  readonly certificate?: Pair;
  /** After its "220" to STARTTLS it says this in clear. */
  readonly injected?: string;
  readonly pauseMs?: number;
};
export type MailServer = {
  readonly heard: string[];
  readonly port: number;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
};

const BANNER = "220 mx.test ESMTP ready\r\n";

function defaults(verb: string, script: Script, isEncrypted: boolean): Act {
  if (verb === "EHLO")
    return script.certificate === undefined || isEncrypted
      ? "250-mx.test greets you\r\n250 SIZE 1000\r\n"
      : "250-mx.test greets you\r\n250-STARTTLS\r\n250 SIZE 1000\r\n";
  if (verb === "STARTTLS") return "220 2.0.0 Ready to start TLS\r\n";
  if (verb === "DATA") return "354 Go on\r\n";
  if (verb === ".") return "250 2.0.0 Ok: queued\r\n";
  if (verb === "QUIT") return "221 2.0.0 Bye\r\n";
  return "250 2.1.0 Ok\r\n";
}

async function perform(socket: Socket, act: Act, pauseMs: number): Promise<void> {
  if (act === "silent") return;
  if (act === "hang up") return void socket.destroy();
  for (const piece of [act].flat()) {
    if (socket.destroyed) return;
    socket.write(piece);
    if (typeof act !== "string") await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Hears line by line until STARTTLS, then begins anew on the encrypted connection. */
function converse(socket: Socket, script: Script, heard: string[], isEncrypted = false) {
  let line = "";
  /** After "354" everything is the message, up to a line with a dot alone. */
  let isMessage = false;
  const hear = (command: string) => {
    const verb = command.split(/[ :]/)[0] ?? "";
    heard.push(isEncrypted ? `tls ${command}` : command);
    if (isMessage && command !== ".") return;
    isMessage = false;
    const act =
      (isEncrypted ? script.answers?.[`tls ${verb}`] : undefined) ?? script.answers?.[verb] ?? defaults(verb, script, isEncrypted);
    isMessage = typeof act === "string" && act.startsWith("354");
    const isUpgrade = verb === "STARTTLS" && act === defaults(verb, script, false) && script.certificate !== undefined;
    if (!isUpgrade) return void perform(socket, act, script.pauseMs ?? 0);
    socket.removeAllListeners("data");
    socket.write(`${act}${script.injected ?? ""}`);
    const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ ...script.certificate }) });
    converse(secured, script, heard, true);
  };
  socket.on("error", () => {});
  socket.on("data", (part) => {
    line += part.toString();
    for (let end = line.indexOf("\r\n"); end !== -1; end = line.indexOf("\r\n")) {
      const command = line.slice(0, end);
      line = line.slice(end + 2);
      hear(command);
    }
  });
}

export async function mailServer(address: string, port: number, script: Script): Promise<MailServer> {
  const heard: string[] = [];
  const open = new Set<Socket>();
  let calls = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const greetings = script.greetings ?? [BANNER];
    const act = greetings[Math.min(calls, greetings.length - 1)] ?? BANNER;
    calls++;
    converse(socket, script, heard);
    void perform(socket, act, script.pauseMs ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const bound = server.address();
  return {
    heard,
    port: typeof bound === "object" && bound !== null ? bound.port : 0,
    calls: () => calls,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
