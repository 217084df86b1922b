/** `npm run worker`: a worker of its own, beside a web process started with WORKER=off. */
import { join } from "node:path";
import { startBackground } from "../lib/wiring";
import { migrate } from "../prisma/migrate";
import { readSecrets } from "./postgres/secrets";
import { startPostgres } from "./postgres/server";
import { root } from "./start/children";
import { isPractice, practiceSettings } from "./start/sandbox";

const data = process.env["DATA_DIR"] || join(root, "data");

async function start(): Promise<void> {
  const missing = { SECRET_KEY: readSecrets(data).secretKey, ...(isPractice(process.env) ? practiceSettings(process.env) : {}) };
  for (const [name, value] of Object.entries(missing)) process.env[name] ||= value;
  // The embedded database belongs to `npm start`: used if it is running, started if not, and left running.
  process.env["DATABASE_URL"] ||= (await startPostgres(data)).url;
  await migrate(process.env["DATABASE_URL"]);
  const worker = await startBackground();
  console.log("The worker is ready.");
  const stop = () => worker.stop().then(() => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
