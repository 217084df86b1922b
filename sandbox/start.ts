/** Builds the world and opens its doors: HTTP for the services, UDP and TCP for DNS. Used by the process and by tests. */
import type { Server } from "node:http";
import { control } from "./control/index";
import { startDns } from "./dns/index";
import { entra } from "./entra/index";
import { verifyToken } from "./entra/tokens";
import { exchange } from "./exchange/index";
import { graph } from "./graph/index";
import type { Handler } from "./http";
import { openWorld } from "./persist";
import { portal } from "./portal/index";
import { makeServer } from "./server";
import type { World } from "./world";

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number;
  dnsPort: number;
  /** Folder to keep the state in; memory without one. */
  data?: string;
};

export type Sandbox = { url: string; port: number; dnsPort: number; world: World; close(): Promise<void> };

/** Browsers ask for one on every page, and would report a missing one as an error. */
const icon: Handler = async (request) => (request.url.pathname === "/favicon.ico" ? { status: 204, headers: {}, body: "" } : null);

export async function startSandbox({ port, dnsPort, data }: SandboxOptions): Promise<Sandbox> {
  const { world, flush } = openWorld(data);
  const dns = await startDns(world, { port: dnsPort });
  // A world begun anew must not be hidden behind what the resolvers remember of the old one.
  const forgetting: Handler = async (request, of) => {
    const response = await control(request, of);
    if (response && request.url.pathname === "/sandbox/reset") dns.flush();
    return response;
  };
  const server = makeServer(world, [icon, forgetting, portal, exchange(verifyToken), graph, entra]);
  const openPort = await listen(server, port);
  const close = async () => {
    await dns.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    flush();
  };
  return { url: `http://127.0.0.1:${openPort}`, port: openPort, dnsPort: dns.port, world, close };
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
