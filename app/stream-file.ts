/** Files that are sent piece by piece: one that is written while it is sent never stands in memory whole. */

/** Texts in order, each fetched when the one before has been taken. */
export function streamFile(fileName: string, type: string, texts: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "-")}"`,
      "Cache-Control": "no-store",
    },
  });
}

const CHUNK = 64 * 1024;

/** Bytes in pieces, as fast as they are taken: forty megabytes do not stand in the way of other answers. */
export function streamBytes(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + CHUNK));
      at += CHUNK;
    },
  });
  return new Response(body, { headers: { ...headers, "Content-Length": String(bytes.length) } });
}
