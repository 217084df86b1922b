/**
 * Compresses answers on their way out. Next's own compressor knows gzip only and flushes after each small piece it is handed, which made a step
 * page a third heavier; Brotli also remembers far enough back that what a page says twice (as it was, as it is) costs nothing the second time.
 */
import { constants, createBrotliCompress, createGzip } from "node:zlib";

const TEXT = /^(text\/(?!event-stream)|application\/(javascript|json|manifest|xml)|image\/svg)/;
const SMALLEST_BYTES = 1_024;
/** Without a body, or with a part of one that was asked for by its bytes. */
const UNTOUCHED = new Set([204, 206, 304]);
/** Of Brotli: a file pays for being read twice, a page that is being written should not wait. */
const QUALITY = { file: 5, page: 4 };
/** 256 KB to look back in, more than any page of ours. */
const WINDOW_BITS = 18;

/** @param {string | undefined} accepted @returns {"br" | "gzip" | undefined} */
function codingOf(accepted = "") {
  const offered = accepted.split(",").flatMap((one) => (/;\s*q=0(\.0*)?\s*$/.test(one) ? [] : [one.split(";")[0]?.trim()]));
  return offered.includes("br") ? "br" : offered.includes("gzip") ? "gzip" : undefined;
}

/** @param {"br" | "gzip"} coding @param {"file" | "page"} what */
function encoder(coding, what) {
  if (coding === "gzip") return createGzip();
  return createBrotliCompress({
    params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY[what], [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS },
  });
}

/** @param {import("node:http").ServerResponse} response */
function isWorthIt(response) {
  const length = response.getHeader("content-length");
  return (
    !UNTOUCHED.has(response.statusCode) &&
    TEXT.test(String(response.getHeader("content-type") ?? "")) &&
    response.getHeader("content-encoding") === undefined &&
    !/no-transform/.test(String(response.getHeader("cache-control") ?? "")) &&
    (length === undefined || Number(length) >= SMALLEST_BYTES)
  );
}

/**
 * The compressor between an answer and its socket, with backpressure both ways.
 * @param {import("node:http").ServerResponse} response
 * @param {{ write: (bytes: Buffer) => boolean, end: () => void }} socket what the answer itself would write to
 * @param {"br" | "gzip"} coding
 */
function inBetween(response, socket, coding) {
  const stream = encoder(coding, response.hasHeader("content-length") ? "file" : "page");
  response.setHeader("content-encoding", coding);
  response.removeHeader("content-length");
  stream.on("data", (bytes) => {
    if (!socket.write(bytes)) stream.pause();
  });
  response.on("drain", () => stream.resume());
  stream.on("drain", () => response.emit("drain"));
  stream.on("end", () => socket.end());
  response.once("close", () => stream.destroy());
  let isFlushDue = false;
  /** What was written within one turn goes out together. */
  const flushSoon = () => {
    if (isFlushDue) return;
    isFlushDue = true;
    setImmediate(() => {
      isFlushDue = false;
      if (!stream.destroyed && !stream.writableEnded) stream.flush();
    });
  };
  return { stream, flushSoon };
}

/**
 * Decides, once the headers are known, whether there is a compressor.
 * @param {import("node:http").ServerResponse} response
 * @param {{ write: (bytes: Buffer) => boolean, end: () => void }} socket
 * @param {"br" | "gzip" | undefined} coding
 */
function compressorFor(response, socket, coding) {
  if (response.headersSent || !isWorthIt(response)) return null;
  if (!/accept-encoding/i.test(String(response.getHeader("vary") ?? ""))) response.appendHeader("vary", "Accept-Encoding");
  return coding === undefined ? null : inBetween(response, socket, coding);
}

/**
 * Before the answer is handled by anybody else. Event streams pass untouched.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function compress(request, response) {
  if (request.method === "HEAD") return;
  const coding = codingOf(request.headers["accept-encoding"]?.toString());
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  /** @type {ReturnType<typeof compressorFor> | undefined} */
  let between;
  const decided = () => {
    if (between === undefined) between = compressorFor(response, { write, end }, coding);
    return between;
  };

  response.writeHead = (status, ...more) => {
    response.statusCode = status;
    const headers = more.find((one) => typeof one === "object" && one !== null && !Array.isArray(one));
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value);
    decided();
    return writeHead(status, ...more.filter((one) => one !== headers));
  };
  response.write = (...given) => {
    const way = decided();
    if (!way) return write(...given);
    way.flushSoon();
    return way.stream.write(...given);
  };
  response.end = (...given) => {
    const way = decided();
    if (!way) return end(...given);
    const done = given.find((one) => typeof one === "function");
    if (done) response.once("finish", done);
    way.stream.end(...given.filter((one) => one !== done));
    return response;
  };
}
