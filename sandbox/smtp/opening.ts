/** How a mail server's conversation begins: a socket from the sandbox's own sender, which may say that it is somebody else. */
import { connect, type Socket } from "node:net";
import { senderAddress } from "./hosts";

export type Dial = {
  host: string;
  address: string;
  port: number;
  /** What the caller calls itself. */
  helo: string;
  /** Says to come from here (XCLIENT) instead of a stranger's address. */
  clientIp?: string | undefined;
  /** Certificates to check the host by; without them any certificate is good enough, as opportunistic TLS has it. */
  ca?: string | undefined;
  /** Nothing is said in the clear. */
  requiresTls?: boolean | undefined;
  /** Whose certificate it has to be, where that is not the host; `any` = whoever's. */
  identity?: string | undefined;
};

/** Real senders wait for minutes; nobody who looks on does. */
export const waitMs = 5_000;

/** Lines of a conversation as they are kept. */
export const said = (who: string, text: string) =>
  text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => `${who}: ${line}`);

/** An open socket whose next word is the server's greeting; the caller may have said who it is by then. */
export async function introduced(call: Dial, lines: string[]): Promise<Socket> {
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
