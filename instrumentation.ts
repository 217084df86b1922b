/** Called once when the server starts: the worker runs in the web process unless WORKER=off. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { startInlineWorker } = await import("@/lib/wiring");
  await startInlineWorker();
}
