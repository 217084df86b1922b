import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createHttp, failureOf, masked, retryAfterMs } from "./http";
import { quietLog } from "./log";
import { json, type Received, type Reply, type StandIn, standIn } from "./stand-in";

const NOW = 1_764_000_000_000;
const pauses: number[] = [];
const http = createHttp({ clock: { now: () => NOW }, log: quietLog, pause: async (ms) => void pauses.push(ms) });
const open: StandIn[] = [];

async function serve(answer: (received: Received, nth: number) => Reply) {
  const server = await standIn(answer);
  open.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  pauses.length = 0;
});

const get = { service: "The service", method: "GET", idempotent: true } as const;
const post = { service: "The service", method: "POST", idempotent: false, body: "{}" } as const;

describe("http", () => {
  it("waits as long as Retry-After says, in seconds", async () => {
    const server = await serve((_, nth) => (nth === 1 ? { status: 429, headers: { "retry-after": "3" } } : json({})));
    const answer = await http.request({ ...get, url: server.url });
    expect(answer).toMatchObject({ ok: true, value: { status: 200 } });
    expect(pauses).toEqual([3_000]);
  });

  it("reads a Retry-After that is a date by our clock", () => {
    expect(retryAfterMs({ "retry-after": new Date(NOW + 5_000).toUTCString() }, NOW)).toBe(5_000);
    expect(retryAfterMs({ "retry-after": "soon" }, NOW)).toBeNull();
  });

  it("stops at its budget and hands over the last answer", async () => {
    const server = await serve(() => ({ status: 429, headers: { "retry-after": "30" } }));
    const answer = await http.request({ ...get, url: server.url, budgetMs: 5_000 });
    expect(server.received).toHaveLength(1);
    expect(answer.ok && failureOf("The service", answer.value, NOW)).toMatchObject({ code: "throttled", retryAt: NOW + 30_000 });
  });

  it("sends a read again after a lost connection", async () => {
    const server = await serve((_, nth) => (nth === 1 ? "drop" : json({})));
    expect(await http.request({ ...get, url: server.url })).toMatchObject({ ok: true });
    expect(server.received).toHaveLength(2);
  });

  it("never sends a write again after a lost connection, and says it is unsure", async () => {
    const server = await serve(() => "drop");
    expect(await http.request({ ...post, url: server.url })).toMatchObject({ ok: false, problem: { code: "unsure" } });
    expect(server.received).toHaveLength(1);
  });

  it("never sends a write again after a 500, but does after a 429", async () => {
    const failing = await serve(() => json({}, 500));
    await http.request({ ...post, url: failing.url });
    expect(failing.received).toHaveLength(1);
    const busy = await serve((_, nth) => (nth === 1 ? json({}, 429) : json({})));
    expect(await http.request({ ...post, url: busy.url })).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("ends an attempt at its time limit", async () => {
    const server = await serve(() => "hang");
    expect(await http.request({ ...get, url: server.url, timeoutMs: 50, budgetMs: 0 })).toMatchObject({
      ok: false,
      problem: { code: "unreachable" },
    });
  });

  it("says unreachable, not unsure, when nothing was sent", async () => {
    const server = await serve(() => json({}));
    await server.close();
    expect(await http.request({ ...post, url: server.url, budgetMs: 0 })).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("reads no more than its limit, packed or not", async () => {
    const long = await serve(() => ({ body: "x".repeat(5_000) }));
    expect(await http.request({ ...get, url: long.url, maxBytes: 1_000 })).toMatchObject({ ok: false, problem: { code: "unreadable" } });
    const bomb = await serve(() => ({ headers: { "content-encoding": "gzip" }, body: gzipSync("x".repeat(100_000)) }));
    expect(await http.request({ ...get, url: bomb.url, maxBytes: 1_000 })).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("reads a body that claims to be gzip and is not", async () => {
    const server = await serve(() => ({ status: 403, headers: { "content-encoding": "gzip" }, body: Buffer.alloc(470) }));
    const answer = await http.request({ ...get, url: server.url });
    expect(answer).toMatchObject({ ok: true, value: { status: 403, body: Buffer.alloc(470) } });
  });

  it("follows no redirect", async () => {
    const server = await serve(() => ({ status: 302, headers: { location: "http://elsewhere.example/" } }));
    expect(await http.request({ ...get, url: server.url })).toMatchObject({ ok: true, value: { status: 302 } });
  });

  it("keeps the request id as evidence", async () => {
    const server = await serve(() => json({}, 400, { "request-id": "abc" }));
    const answer = await http.request({ ...get, url: server.url });
    expect(answer.ok && failureOf("The service", answer.value, NOW).evidence).toEqual({ status: "400", "request-id": "abc" });
  });

  it("shows no secret of a URL", () => {
    expect(masked("https://x.example/cb?code=abc&state=def&page=2")).toBe("https://x.example/cb?code=***&state=***&page=2");
    expect(masked("https://x.example/investigate?query=merger&subject=secret%20plan&sender=a%40b.example&per_page=1")).toBe(
      "https://x.example/investigate?query=***&subject=***&sender=***&per_page=1",
    );
  });
});
