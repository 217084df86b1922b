/** The web server: Next's own handler, its answers compressed by us. Plain JavaScript, because nothing should stand between Next and its built files. */
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { compress } from "./start/compress.mjs";

const port = Number(process.env.PORT || 3000);
const dir = join(dirname(fileURLToPath(import.meta.url)), "..");
const app = next({ dev: false, dir, port, hostname: "localhost" });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => {
  compress(request, response);
  handle(request, response);
});
server.listen(port);

/** Answers under way get a moment; event streams would never end by themselves. */
const PATIENCE_MS = 1_000;

async function end(code) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  await app.close();
  process.exit(code);
}

process.once("SIGINT", () => void end(130));
process.once("SIGTERM", () => void end(143));
