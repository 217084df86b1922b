/** For tests: an SMTP client that says a line and hears the reply, with STARTTLS. */
import { connect, type Socket } from "node:net";
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from "node:tls";
import { type MailServer, mailServers } from "./hosts";

export type Client = {
  /** The whole reply, lines joined by a newline; "" where the connection ended without one. */
  say(line: string): Promise<string>;
  greeting: string;
  starttls(options: ConnectionOptions): Promise<TLSSocket>;
  end(): void;
};

const isWhole = (text: string) => /^\d{3} .*\r\n$/m.test(text);

function reply(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const done = () => {
      socket.off("data", hear);
      socket.off("close", done);
      resolve(text.trim().replaceAll("\r\n", "\n"));
    };
    const hear = (part: Buffer) => {
      text += part.toString("latin1");
      if (isWhole(text)) done();
    };
    socket.on("data", hear);
    socket.once("close", done);
  });
}

export async function dial(address: string, port: number, from?: string): Promise<Client> {
  let socket: Socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
  socket.on("error", () => undefined);
  const greeting = await reply(socket);
  return {
    greeting,
    say: (line) => {
      const heard = reply(socket);
      socket.write(`${line}\r\n`);
      return heard;
    },
    starttls: async (options) => {
      const heard = reply(socket);
      socket.write("STARTTLS\r\n");
      await heard;
      const secure = tlsConnect({ ...options, socket });
      await new Promise<void>((resolve, reject) => {
        secure.once("secureConnect", resolve);
        secure.once("error", reject);
      });
      secure.on("error", () => undefined);
      socket = secure;
      return secure;
    },
    end: () => socket.destroy(),
  };
}

/** The server that a host name belongs to; every host below Microsoft's suffixes is one of a tenant. */
export function serverOf(host: string): MailServer | undefined {
  const name = host.toLowerCase();
  return mailServers.find(({ names }) => names.includes(name) || names.some((one) => one.startsWith("*.") && name.endsWith(one.slice(1))));
}
