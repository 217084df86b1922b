/** The sandbox's front door: turns Node's requests into plain ones, asks each stand-in in turn, sends what the first of them answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Handler, type SandboxRequest, type SandboxResponse, text } from "./http";
import type { World } from "./world";

/** More than any call needs and less than hurts: a stand-in must not be filled up by a test of hostile bodies. */
const mostBytes = 4_000_000;

export function makeServer(world: World, handlers: Handler[]): Server {
  return createServer((incoming, outgoing) => {
    answer(world, handlers, incoming)
      .catch((bug: unknown) => text(500, `The sandbox failed: ${bug instanceof Error ? bug.stack : String(bug)}`))
      .then((response) => send(outgoing, response));
  });
}

async function answer(world: World, handlers: Handler[], incoming: IncomingMessage): Promise<SandboxResponse> {
  const request = await plain(incoming);
  if (!request) return text(413, "Request body is too large.");
  for (const handler of handlers) {
    const response = await handler(request, world);
    if (response) return response;
  }
  return text(404, "The sandbox has nothing at this address.");
}

async function plain(incoming: IncomingMessage): Promise<SandboxRequest | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > mostBytes) return null;
    chunks.push(piece);
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]));
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "127.0.0.1"}`),
    headers,
    body: Buffer.concat(chunks),
  };
}

function send(outgoing: ServerResponse, response: SandboxResponse): void {
  if (response.drop) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, response.headers);
  outgoing.end(response.body);
}
