/** The sandbox's HTTPS host: MTA-STS policies of the tenants' domains, and the Domain Connect settings of their DNS hosts. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Authority } from "../ca/index";
import { behaviourOf, leafOf } from "../smtp/behaviour";
import { domainConnectHost, webAddress } from "../smtp/hosts";
import { allZones, type World } from "../world";

export type Web = { port: number; close(): Promise<void> };

type Page = { status: number; headers?: Record<string, string>; body: string };

const nothing: Page = { status: 404, headers: { "content-type": "text/plain" }, body: "Not found\n" };
/** RFC 8461 3.3 lets a reader stop at 64 KiB. */
const oversizeBytes = 1024 * 1024;

function policyOf(world: World, domain: string): Page {
  const tenant = [...world.tenants.values()].find((one) => one.web?.[domain]);
  const text = tenant?.web?.[domain]?.mtaSts;
  return text === undefined ? nothing : { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

function settingsOf(world: World, domain: string): Page {
  const settings = allZones(world).find((zone) => zone.name === domain)?.domainConnect;
  if (!settings) return nothing;
  const { provider, urlControlPanel } = settings;
  const said = { providerId: "sandbox-host.example", providerName: provider, urlAPI: `https://${domainConnectHost}`, urlControlPanel };
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(said) };
}

/** Null = no answer at all. */
function pageOf(world: World, host: string, path: string): Page | null {
  const behaviour = behaviourOf(world.hosts, host);
  if (behaviour === "silent") return null;
  if (behaviour === "busy") return { status: 503, headers: { "retry-after": "60" }, body: "Busy\n" };
  if (behaviour === "redirect") return { status: 302, headers: { location: `https://elsewhere.sandbox-host.example${path}` }, body: "" };
  if (behaviour === "oversize") return { status: 200, headers: { "content-type": "text/plain" }, body: "x".repeat(oversizeBytes) };
  if (host.startsWith("mta-sts.") && path === "/.well-known/mta-sts.txt") return policyOf(world, host.slice("mta-sts.".length));
  const [, domain] = /^\/v2\/([^/]+)\/settings$/.exec(path) ?? [];
  return host === domainConnectHost && domain !== undefined ? settingsOf(world, domain.toLowerCase()) : nothing;
}

function answer(world: World, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const host = (incoming.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
  const path = (incoming.url ?? "/").split("?")[0] ?? "/";
  const page = incoming.method === "GET" ? pageOf(world, host, path) : { ...nothing, status: 405 };
  world.log.add({
    at: world.clock.now(),
    service: "web",
    tenant: null,
    method: incoming.method ?? "GET",
    path: `https://${host}${path}`,
    status: page?.status ?? 0,
  });
  if (!page) return;
  outgoing.writeHead(page.status, page.headers);
  outgoing.end(page.body);
}

/** A host that refuses shuts the door in the handshake: its address serves others too. */
function contextOf(world: World, authority: Authority, host: string): Promise<SecureContext> {
  const behaviour = behaviourOf(world.hosts, host);
  if (behaviour === "refused") return Promise.reject(new Error(`${host} refuses.`));
  return authority.context([host], leafOf(behaviour));
}

export async function startWeb(world: World, authority: Authority, { port }: { port: number }): Promise<Web> {
  const server = createServer(
    {
      ...(await authority.certificate([domainConnectHost])),
      SNICallback: (host, done) => {
        contextOf(world, authority, host.toLowerCase()).then(
          (context) => done(null, context),
          (problem: Error) => done(problem),
        );
      },
    },
    (incoming, outgoing) => answer(world, incoming, outgoing),
  );
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const bound = await listen(server, port);
  return {
    port: bound,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, webAddress, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
