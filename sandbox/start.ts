/** Builds the world and opens its doors: HTTP for the services, UDP and TCP for DNS, SMTP and HTTPS for mail. Used by the process and by tests. */
import type { Server } from "node:http";
import { openAuthority } from "./ca/index";
import { cloudflare } from "./cloudflare/index";
import { startVendor } from "./cloudflare/work";
import { control } from "./control/index";
import { journalControl } from "./control/journal";
import { mailControl } from "./control/mail";
import { retractionControl } from "./control/retraction";
import { startDns } from "./dns/index";
import { entra } from "./entra/index";
import { verifyToken } from "./entra/tokens";
import { exchange } from "./exchange/index";
import { graph } from "./graph/index";
import type { Handler } from "./http";
import { startJournal } from "./journal/sender";
import { openWorld } from "./persist";
import { portal } from "./portal/index";
import { journalPortal } from "./portal/journal";
import { mailPortal } from "./portal/mail";
import { retractPortal } from "./portal/retract";
import { makeServer } from "./server";
import { startSmtp } from "./smtp/index";
import { lookupAt } from "./smtp/route";
import { makePost } from "./smtp/sender";
import { startWeb } from "./web/index";
import type { World } from "./world";

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number;
  dnsPort: number;
  smtpPort?: number;
  webPort?: number;
  /** Folder to keep the state in; memory without one. */
  data?: string;
};

export type Sandbox = {
  url: string;
  port: number;
  dnsPort: number;
  smtpPort: number;
  webPort: number;
  /** The certificate authority that its mail and web hosts are signed by, PEM; `ca.pem` in the data folder. */
  ca: string;
  world: World;
  close(): Promise<void>;
};

/** Browsers ask for one on every page, and would report a missing one as an error. */
const icon: Handler = async (request) => (request.url.pathname === "/favicon.ico" ? { status: 204, headers: {}, body: "" } : null);

export async function startSandbox({ port, dnsPort, smtpPort = 0, webPort = 0, data }: SandboxOptions): Promise<Sandbox> {
  const { world, flush } = openWorld(data);
  const authority = await openAuthority(data);
  const [dns, smtp, web] = await Promise.all([
    startDns(world, { port: dnsPort }),
    startSmtp(world, authority, { port: smtpPort }),
    startWeb(world, authority, { port: webPort }),
  ]);
  const journal = startJournal(world, { lookup: lookupAt(dns.port), smtpPort: smtp.port, ca: authority.pem });
  const vendor = startVendor(world);
  const post = makePost(world, authority, { dns: dns.port, smtp: smtp.port, web: web.port });
  // A world begun anew must not be hidden behind what the resolvers remember of the old one, nor behind a door that was shut in it.
  const forgetting: Handler = async (request, of) => {
    const response = await control(request, of);
    if (!response || request.url.pathname !== "/sandbox/reset") return response;
    dns.flush();
    await smtp.refresh();
    return response;
  };
  const tools = { post, journal, refresh: smtp.refresh, ca: authority.pem };
  const mail = [journalControl(journal), retractionControl, mailControl(tools), journalPortal(journal), mailPortal(post), retractPortal];
  const server = makeServer(world, [icon, ...mail, forgetting, portal, exchange(verifyToken), graph, cloudflare, entra]);
  const openPort = await listen(server, port);
  const close = async () => {
    await Promise.all([journal.close(), vendor.close()]);
    await Promise.all([dns.close(), smtp.close(), web.close()]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    flush();
  };
  const ports = { port: openPort, dnsPort: dns.port, smtpPort: smtp.port, webPort: web.port };
  return { url: `http://127.0.0.1:${openPort}`, ...ports, ca: authority.pem, world, close };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
