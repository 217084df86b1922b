/** A small HTTP server for tests: answers as told, remembers what it received. Not used by the product. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer }
  | "drop"
  | "hang";
export type StandIn = { readonly url: string; readonly received: Received[]; readonly close: () => Promise<void> };

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse) {
  if (reply === "hang") return;
  if (reply === "drop") return void request.socket.destroy();
  response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
  response.end(reply.body ?? "");
}

/** Starts on a free port of loopback. */
export async function standIn(answer: (received: Received, nth: number) => Reply): Promise<StandIn> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: await read(request) };
    received.push(one);
    send(answer(one, received.length), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(value),
});
