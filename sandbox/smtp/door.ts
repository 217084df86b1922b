/** One mail server at one address: the protocol is smtp-server's, what it says is the rules', how it ails is the world's. */
import type { Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import type { Authority } from "../ca/index";
import type { Reply, Session } from "../mail/index";
import { findTenant, type World } from "../world";
import { behaviourAt, behaviourOf, leafOf } from "./behaviour";
import { type MailServer, senderAddress, strangerAddress } from "./hosts";
import { type Rules, rulesOf } from "./rules";

export type Door = {
  address: string;
  port: number;
  /** Open or shut, and with the certificate, that the world's table asks for. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};

const mostBytes = 25 * 1024 * 1024;
const mostRecipients = 100;
const idleMs = 30_000;

const busy: Reply = { code: 451, text: "4.7.500 Server busy. Please try again later" };
const closing: Reply = { code: 421, text: "4.3.2 Service not available, closing transmission channel" };
const refused = ({ code, text }: Reply) => Object.assign(new Error(text), { responseCode: code });

function seen(server: MailServer, session: SMTPServerSession): Session {
  const [first = ""] = server.names;
  const asked = session.servername || first;
  return {
    serverHost: server.role === "microsoft" || server.names.includes(asked) ? asked : first,
    clientIp: session.remoteAddress.startsWith("127.") ? strangerAddress : session.remoteAddress,
    isTls: session.secure,
    helo: session.hostNameAppearsAs || "",
    mailFrom: session.envelope.mailFrom ? session.envelope.mailFrom.address : "",
  };
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}

function handlers(world: World, server: MailServer, rules: Rules): SMTPServerOptions {
  const note = (session: SMTPServerSession, method: string, rcpts: string[], { code, text }: Reply) =>
    world.log.add({
      at: world.clock.now(),
      service: "smtp",
      tenant: findTenant(world, rcpts[0]?.split("@").at(-1) ?? "")?.id ?? null,
      method,
      path: `${rcpts.join(" ")} @${seen(server, session).serverHost}`,
      status: code,
      note: text,
    });
  return {
    onConnect: (session, done) => {
      const behaviour = behaviourAt(world.hosts, server.names);
      // never told to go on, it says nothing; the idle limit ends it
      if (behaviour === "silent") return;
      if (behaviour === "no-starttls" || server.role === "outgoing") session.disabledCommands = ["STARTTLS", "AUTH"];
      done(behaviour === "busy" ? refused(closing) : null);
    },
    onRcptTo: ({ address }, session, done) => {
      const who = seen(server, session);
      // a tenant's own host shares its address with all others', so it can only be busy from here on
      const refusal = behaviourOf(world.hosts, who.serverHost) === "busy" ? busy : rules.rcpt(world, who, address);
      note(session, "RCPT", [address], refusal ?? { code: 250, text: "Accepted" });
      done(refusal ? refused(refusal) : null);
    },
    onData: (stream, session, done) => {
      const rcpts = session.envelope.rcptTo.map((rcpt) => rcpt.address);
      bytesOf(stream)
        .then((raw) => (raw ? rules.data(world, seen(server, session), rcpts, raw) : { code: 552, text: "5.3.4 Message too big" }))
        .then((reply) => {
          note(session, "DATA", rcpts, reply);
          if (reply.code < 300) done(null, reply.text);
          else done(refused(reply));
        })
        .catch((bug: unknown) => done(refused({ code: 451, text: `The sandbox failed: ${String(bug)}` })));
    },
  };
}

async function options(world: World, authority: Authority, server: MailServer): Promise<SMTPServerOptions> {
  const rules = rulesOf[server.role];
  return {
    ...handlers(world, server, rules),
    ...(await authority.certificate(server.names, leafOf(behaviourAt(world.hosts, server.names)))),
    name: server.names[0],
    banner: rules.banner,
    heloResponse: "%s Hello %s",
    size: mostBytes,
    rejectOversized: true,
    maxRecipients: mostRecipients,
    socketTimeout: idleMs,
    disableReverseLookup: true,
    disabledCommands: ["AUTH"],
    useXClient: [senderAddress],
    SNICallback: (name, done) => {
      authority.context([name], leafOf(behaviourOf(world.hosts, name))).then(
        (context) => done(null, context),
        (problem: Error) => done(problem),
      );
    },
  };
}

function listen(smtp: SMTPServer, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    smtp.server.once("error", reject);
    smtp.listen(port, address, () => {
      smtp.server.off("error", reject);
      const bound = smtp.server.address();
      resolve(typeof bound === "object" && bound ? bound.port : port);
    });
  });
}

export async function openDoor(world: World, authority: Authority, server: MailServer, wanted: number): Promise<Door> {
  const smtp = new SMTPServer(await options(world, authority, server));
  const open = new Set<Socket>();
  smtp.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  // a client that breaks off in the middle, or a handshake it ends, is no fault of ours
  smtp.on("error", () => undefined);
  const port = await listen(smtp, server.address, wanted);
  const shut = () =>
    new Promise<void>((resolve) => {
      for (const socket of open) socket.destroy();
      if (smtp.server.listening) smtp.server.close(() => resolve());
      else resolve();
    });
  return {
    address: server.address,
    port,
    refresh: async () => {
      const behaviour = behaviourAt(world.hosts, server.names);
      smtp.updateSecureContext(await authority.certificate(server.names, leafOf(behaviour)));
      if (behaviour === "refused") await shut();
      else if (!smtp.server.listening) await listen(smtp, server.address, port);
    },
    close: shut,
  };
}
