/** A web host for tests, with a certificate, that answers as told and remembers what it was asked. Not used by the product. */
import { createServer } from "node:https";
import type { Pair } from "../testing";

export type Page =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "hang"
  | "drop";
export type WebHost = { readonly asked: string[]; readonly port: number; readonly close: () => Promise<void> };

/** `asked` holds "host path" of each request, the host without its port. */
export async function webHost(
  address: string,
  port: number,
  certificate: Pair,
  page: (path: string, host: string) => Page,
): Promise<WebHost> {
  const asked: string[] = [];
  const server = createServer({ ...certificate }, (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const path = request.url ?? "";
    asked.push(`${host} ${path}`);
    const said = page(path, host);
    if (said === "drop") return void request.socket.destroy();
    if (said === "hang") return;
    response.writeHead(said.status ?? 200, { "content-type": "text/plain", ...said.headers });
    response.end(said.body ?? "");
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const bound = server.address();
  return {
    asked,
    port: typeof bound === "object" && bound !== null ? bound.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
