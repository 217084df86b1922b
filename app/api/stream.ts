/** Views as server-sent events, or as one JSON answer where events don't get through. */

import { problemJson } from "@/app/answers";
import type { Signal } from "@/components/live-words";
import { no } from "@/lib/base/result";

/** Proxies cut a connection that is silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 10_000;

type Views<T> = (signal: AbortSignal) => AsyncIterable<T>;

async function once<T>(views: Views<T>, toSignal: (view: T) => Signal): Promise<Response> {
  const stop = new AbortController();
  for await (const view of views(stop.signal)) {
    stop.abort();
    return Response.json(toSignal(view), { headers: { "Cache-Control": "no-store" } });
  }
  return problemJson(no("gone", "There is nothing here for you.").problem);
}

export async function liveAnswer<T>(request: Request, views: Views<T>, toSignal: (view: T) => Signal): Promise<Response> {
  if (new URL(request.url).searchParams.has("once")) return once(views, toSignal);
  const left = new AbortController();
  request.signal.addEventListener("abort", () => left.abort());
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  async function send(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const say = (text: string) => {
      if (!left.signal.aborted) controller.enqueue(encoder.encode(text));
    };
    say(`retry: ${RETRY_MS}\n\n`);
    heartbeat = setInterval(() => say(": still here\n\n"), HEARTBEAT_MS);
    for await (const view of views(left.signal)) say(`data: ${JSON.stringify(toSignal(view))}\n\n`);
    clearInterval(heartbeat);
    if (!left.signal.aborted) controller.close();
  }

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send(controller).catch((error: unknown) => {
        clearInterval(heartbeat);
        controller.error(error);
      });
    },
    cancel() {
      clearInterval(heartbeat);
      left.abort();
    },
  });
  return new Response(body, {
    headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no" },
  });
}
