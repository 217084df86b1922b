/** One HTTP exchange over Node's own client: a time limit, a size limit, no redirects, no retries. Nothing else in the product opens an HTTP connection. */
import * as http from "node:http";
import * as https from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { gunzipSync } from "node:zlib";

export type Letter = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly agents?: Agents;
  /** A connection of its own: a kept one that dies under a write would leave open whether the write arrived. */
  readonly isFresh?: boolean;
  /** Connect to this address, already judged, instead of asking DNS once more; the certificate must name the URL's host all the same. Needs `isFresh`. */
  readonly address?: string;
};

export type Outcome =
  | { readonly kind: "answered"; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }
  /** No connection was made, so nothing was sent. */
  | { readonly kind: "not-sent"; readonly why: string }
  /** Something may have been sent, no complete answer came back. */
  | { readonly kind: "cut"; readonly why: string }
  | { readonly kind: "too-long" };

export type Agents = {
  readonly http: http.Agent;
  readonly https: https.Agent;
  /** For connections that are not kept. */
  readonly trust: { readonly secureContext?: SecureContext };
  readonly close: () => void;
};

/** Kept connections, trusting Node's own authorities and `extraCa` (PEM) on top. */
export function createAgents(extraCa?: string): Agents {
  // Made once: reading all authorities takes 40 ms, and Node would do it for each connection.
  const trust = extraCa === undefined ? {} : { secureContext: createSecureContext({ ca: [...rootCertificates, extraCa] }) };
  const kept = { keepAlive: true, maxSockets: 64 };
  const plain = new http.Agent(kept);
  const secure = new https.Agent({ ...kept, ...trust });
  return {
    http: plain,
    https: secure,
    trust,
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Some back ends announce gzip and send none (facts/exchange-api.md 6), so the first bytes decide. */
function unpacked(body: Buffer, maxBytes: number): Buffer | null {
  if (!body.subarray(0, 2).equals(GZIP)) return body;
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
}

const flat = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join("\n") : value]],
    ),
  );

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : error instanceof Error
      ? error.message
      : String(error);

function collect(response: http.IncomingMessage, maxBytes: number, end: (outcome: Outcome) => void) {
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on("data", (part: Buffer) => {
    bytes += part.length;
    parts.push(part);
    if (bytes > maxBytes) end({ kind: "too-long" });
  });
  response.on("error", (error) => end({ kind: "cut", why: reasonOf(error) }));
  response.on("aborted", () => end({ kind: "cut", why: "the connection closed in the middle of the answer" }));
  response.on("end", () => {
    const body = unpacked(Buffer.concat(parts), maxBytes);
    end(
      body === null ? { kind: "too-long" } : { kind: "answered", status: response.statusCode ?? 0, headers: flat(response.headers), body },
    );
  });
}

/** Node asks for one address or for all, depending on its version and settings. */
const always =
  (address: string): LookupFunction =>
  (_host, options, tell) => {
    const family = isIPv6(address) ? 6 : 4;
    if (options.all === true) tell(null, [{ address, family }]);
    else tell(null, address, family);
  };

function open(letter: Letter): http.ClientRequest {
  const { agents, isFresh = false, address } = letter;
  const secure = letter.url.startsWith("https:");
  const agent = agents === undefined || isFresh ? false : secure ? agents.https : agents.http;
  const length = letter.body === undefined ? {} : { "content-length": String(Buffer.byteLength(letter.body)) };
  const lookup = address === undefined ? {} : { lookup: always(address) };
  const options = { method: letter.method, headers: { ...letter.headers, ...length }, agent, ...lookup };
  return secure ? https.request(letter.url, { ...options, ...agents?.trust }) : http.request(letter.url, options);
}

/** Sends one request and waits for the whole answer. Never throws for what the other side does. */
export function exchangeOnce(letter: Letter): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = open(letter);
    let isConnected = false;
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
      if (outcome.kind !== "answered") request.destroy();
    };
    const timer = setTimeout(
      () => end({ kind: isConnected ? "cut" : "not-sent", why: `no answer within ${letter.timeoutMs} ms` }),
      letter.timeoutMs,
    );
    request.on("socket", (socket) => {
      const ready = letter.url.startsWith("https:") ? "secureConnect" : "connect";
      if (!socket.connecting) isConnected = true;
      else socket.once(ready, () => (isConnected = true));
    });
    request.on("error", (error) => end({ kind: isConnected ? "cut" : "not-sent", why: reasonOf(error) }));
    request.on("response", (response) => collect(response, letter.maxBytes, end));
    request.end(letter.body);
  });
}
