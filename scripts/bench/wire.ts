/** Between a worker and the stand-ins: counts what the vendor is asked, and shows pages twice or another time of day to whoever should bear that. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

const KINDS = ["pages", "moves", "logs", "others"] as const;
/** Pages of a search, bulk moves, action logs of single messages, and whatever else the vendor's API was asked. */
export type Calls = Readonly<Record<(typeof KINDS)[number], number>>;
/** `isDoubled`: every page of a search comes twice. `skewMs`: what the clock behind it is ahead of the vendor's. */
export type Behaviour = { readonly isDoubled: boolean; readonly skewMs: number };
export type Wire = {
  /** For a worker or the use cases: all that goes through here. */
  readonly settings: Readonly<Record<string, string>>;
  readonly calls: () => Calls;
  /** Resolves while the nth bulk move is under way. */
  readonly moving: (nth: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const API = "/client/v4";
const CLOCK = "/sandbox/clock";
const INVESTIGATE = /\/email-security\/investigate$/;
/** Of a page that comes for the second time. */
const AGAIN = "again.";

export const NO_CALLS: Calls = { pages: 0, moves: 0, logs: 0, others: 0 };
const each = (of: (kind: (typeof KINDS)[number]) => number): Calls => ({
  ...{ pages: of("pages"), moves: of("moves"), logs: of("logs"), others: of("others") },
});
export const sum = (...all: readonly Calls[]): Calls => each((kind) => all.reduce((sofar, one) => sofar + one[kind], 0));
export const since = (before: Calls, now: Calls): Calls => each((kind) => now[kind] - before[kind]);
export const total = (calls: Calls): number => KINDS.reduce((all, kind) => all + calls[kind], 0);

function kindOf(method: string, path: string): (typeof KINDS)[number] {
  if (method === "GET" && INVESTIGATE.test(path)) return "pages";
  if (method === "POST" && path.endsWith("/investigate/move")) return "moves";
  return path.endsWith("/action_log") ? "logs" : "others";
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Where the page that was asked for really is, and whether it was shown before. */
function unmarked(url: URL): boolean {
  const cursor = url.searchParams.get("cursor");
  if (!cursor?.startsWith(AGAIN)) return false;
  if (cursor === AGAIN) url.searchParams.delete("cursor");
  else url.searchParams.set("cursor", cursor.slice(AGAIN.length));
  return true;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The first time that a page comes, it names itself as the next one. */
function doubled(text: string, cursor: string): string {
  const answer: unknown = JSON.parse(text);
  if (!isRecord(answer) || !isRecord(answer["result_info"])) return text;
  return JSON.stringify({ ...answer, result_info: { ...answer["result_info"], next: `${AGAIN}${cursor}` } });
}

function skewed(text: string, skewMs: number): string {
  const answer: unknown = JSON.parse(text);
  return isRecord(answer) ? JSON.stringify({ ...answer, now: Number(answer["now"]) + skewMs }) : text;
}

const CARRIED = ["authorization", "content-type", "accept"] as const;

/** @param sandboxUrl where everything goes on to. */
export async function startWire(sandboxUrl: string, { isDoubled, skewMs }: Behaviour): Promise<Wire> {
  const counts = { pages: 0, moves: 0, logs: 0, others: 0 };
  const waiting: { readonly nth: number; readonly tell: () => void }[] = [];

  /** Goes on when who asked is gone: what has reached the vendor is carried out. */
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", sandboxUrl);
    const kind = url.pathname.startsWith(API) ? kindOf(method, url.pathname) : null;
    if (kind) counts[kind] += 1;
    const wasShown = unmarked(url);
    const body = await bodyOf(request);
    const headers = CARRIED.flatMap((name): [string, string][] => (request.headers[name] ? [[name, String(request.headers[name])]] : []));
    const asked = fetch(url, { method, headers, ...(body.length > 0 ? { body: new Uint8Array(body) } : {}), redirect: "manual" });
    if (kind === "moves") for (const { nth, tell } of waiting) if (nth <= counts.moves) tell();
    const answer = await asked;
    const text = await answer.text();
    const shown =
      kind === "pages" && isDoubled && !wasShown && answer.status === 200 ? doubled(text, url.searchParams.get("cursor") ?? "") : text;
    for (const name of ["content-type", "retry-after", "location", "cf-ray"]) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.statusCode = answer.status;
    response.end(url.pathname === CLOCK ? skewed(shown, skewMs) : shown);
  };

  const server = createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const here = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    settings: { CLOUDFLARE_URL: `${here}${API}`, CLOCK_URL: `${here}${CLOCK}` },
    calls: () => ({ ...counts }),
    moving: (nth) => new Promise((tell) => waiting.push({ nth, tell })),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
