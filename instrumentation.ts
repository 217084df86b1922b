/** Called once when the server starts: the worker runs in the web process unless WORKER=off. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { isWorkerInline, startBackground } = await import("@/lib/wiring");
  if (isWorkerInline()) await startBackground();
}
