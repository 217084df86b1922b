/**
 * Compresses answers on their way out. Next's own compressor knows gzip only and flushes after each small piece it is handed, which made a step
 * page a third heavier; Brotli also remembers far enough back that what a page says twice (as it was, as it is) costs nothing the second time.
 */
import { constants, createBrotliCompress, createGzip } from "node:zlib";

const TEXT = /^(text\/(?!event-stream)|application\/(javascript|json|manifest|xml)|image\/svg)/;
const SMALLEST_BYTES = 1_024;
/** Without a body, or with a part of one that was asked for by its bytes. */
const UNTOUCHED = new Set([204, 206, 304]);
/** Brotli beyond this takes three times as long for a hundredth less. */
const QUALITY = 5;

/** @param {string | undefined} accepted @returns {"br" | "gzip" | undefined} */
function codingOf(accepted = "") {
  const offered = accepted.split(",").flatMap((one) => (/;\s*q=0(\.0*)?\s*$/.test(one) ? [] : [one.split(";")[0]?.trim()]));
  return offered.includes("br") ? "br" : offered.includes("gzip") ? "gzip" : undefined;
}

const encoder = (/** @type {"br" | "gzip"} */ coding) =>
  coding === "br" ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }) : createGzip();

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
 * Before the answer is handled by anybody else. Event streams pass untouched.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function compress(request, response) {
  const coding = codingOf(request.headers["accept-encoding"]?.toString());
  if (request.method === "HEAD") return;
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  /** @type {ReturnType<typeof encoder> | null | undefined} undefined: not decided yet */
  let stream;
  let isFlushDue = false;

  const decide = () => {
    if (stream !== undefined || response.headersSent) return;
    stream = null;
    if (!isWorthIt(response)) return;
    if (!/accept-encoding/i.test(String(response.getHeader("vary") ?? ""))) response.appendHeader("vary", "Accept-Encoding");
    if (coding === undefined) return;
    response.setHeader("content-encoding", coding);
    response.removeHeader("content-length");
    const to = encoder(coding);
    stream = to;
    to.on("data", (bytes) => {
      if (!write(bytes)) to.pause();
    });
    to.on("end", () => end());
    to.on("drain", () => response.emit("drain"));
    response.on("drain", () => to.resume());
    response.once("close", () => to.destroy());
  };

  /** What was written within one turn goes out together. */
  const flushSoon = () => {
    if (isFlushDue) return;
    isFlushDue = true;
    setImmediate(() => {
      isFlushDue = false;
      if (stream && !stream.destroyed && !stream.writableEnded) stream.flush();
    });
  };

  response.writeHead = (status, ...more) => {
    response.statusCode = status;
    const headers = more.find((one) => typeof one === "object" && one !== null);
    for (const [name, value] of Array.isArray(headers) ? [] : Object.entries(headers ?? {})) {
      if (value !== undefined) response.setHeader(name, value);
    }
    decide();
    return Array.isArray(headers) ? writeHead(status, ...more) : writeHead(status, ...more.filter((one) => typeof one === "string"));
  };
  response.write = (...given) => {
    decide();
    if (!stream) return write(...given);
    const isTaken = stream.write(...given);
    flushSoon();
    return isTaken;
  };
  response.end = (...given) => {
    decide();
    if (!stream) return end(...given);
    const [first, ...rest] = given;
    if (typeof first === "function" || first === undefined || first === null) stream.end();
    else stream.end(first, ...rest.filter((one) => typeof one === "string"));
    const done = given.find((one) => typeof one === "function");
    if (done) response.once("finish", done);
    return response;
  };
}
