import { createServer, get, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { brotliDecompressSync, createBrotliDecompress, gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { compress } from "./compress.mjs";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const page = `<p>${"The same words again. ".repeat(500)}</p>`;

async function served(handle: RequestListener): Promise<string> {
  const made = createServer((request, response) => {
    compress(request, response);
    handle(request, response);
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
}

const asked = (url: string, coding: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { headers: { "accept-encoding": coding } }, resolve).once("error", reject));

async function whole(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const html: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": String(Buffer.byteLength(page)) });
  response.end(page);
};

test("a page goes out in the best way that the browser can read", async () => {
  const url = await served(html);
  const br = await asked(url, "gzip, deflate, br");
  expect(br.headers).toMatchObject({ "content-encoding": "br", vary: "Accept-Encoding" });
  expect(br.headers["content-length"]).toBeUndefined();
  expect(brotliDecompressSync(await whole(br)).toString()).toBe(page);
  const gzip = await asked(url, "gzip, br;q=0");
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(await whole(gzip)).toString()).toBe(page);
  const plain = await asked(url, "identity");
  expect(plain.headers).toMatchObject({ "content-length": String(page.length), vary: "Accept-Encoding" });
  expect((await whole(plain)).toString()).toBe(page);
});

test("what a page writes first arrives before the rest is known", async () => {
  let finish = () => {};
  const url = await served((_, response) => {
    response.setHeader("content-type", "text/html");
    response.write("<h1>Seen at once</h1>");
    finish = () => response.end("<p>later</p>");
  });
  const answer = await asked(url, "br");
  const reader = answer.pipe(createBrotliDecompress());
  let seen = "";
  reader.on("data", (bytes: Buffer) => {
    seen += bytes.toString();
  });
  await expect.poll(() => seen).toBe("<h1>Seen at once</h1>");
  finish();
  await expect.poll(() => seen).toBe("<h1>Seen at once</h1><p>later</p>");
});

test("event streams, pictures, parts and what is compressed already pass untouched", async () => {
  const cases: readonly Readonly<Record<string, string>>[] = [
    { "content-type": "text/event-stream" },
    { "content-type": "font/woff2" },
    { "content-type": "text/html", "content-encoding": "gzip" },
    { "content-type": "text/html", "cache-control": "no-transform" },
  ];
  for (const headers of cases) {
    const url = await served((_, response) => response.writeHead(200, headers).end(page));
    const answer = await asked(url, "br");
    expect(answer.headers["content-encoding"], JSON.stringify(headers)).toBe(headers["content-encoding"]);
    expect((await whole(answer)).toString()).toBe(page);
    server?.close();
  }
  const part = await served((_, response) => response.writeHead(206, { "content-type": "text/html" }).end(page));
  expect((await asked(part, "br")).headers["content-encoding"]).toBeUndefined();
});

test("a reader that goes away takes the compressor along", async () => {
  let isClosed = false;
  const url = await served((_, response) => {
    response.setHeader("content-type", "text/html");
    response.once("close", () => {
      isClosed = true;
    });
    const more = () => {
      if (!response.destroyed) response.write(page, () => setImmediate(more));
    };
    more();
  });
  const answer = await asked(url, "br");
  answer.destroy();
  await expect.poll(() => isClosed).toBe(true);
});
