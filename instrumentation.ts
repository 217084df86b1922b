/** Called once when the server starts: the worker runs in the web process unless WORKER=off, and ends its work before the process does. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { isWorkerInline, startBackground } = await import("@/lib/wiring");
  if (!isWorkerInline()) return;
  const background = await startBackground();
  process.once("SIGTERM", () => void background.stop());
}
