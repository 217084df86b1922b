/** What a browser with an empty cache transfers for a page, and what moves in it: first visits and later ones, on a desk and on a phone. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { root } from "../start/children";

export type Weighed = { readonly name: string; readonly where: string; readonly bytes: number; readonly shift: number };

export const screens = [
  { name: "desktop", width: 1280, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;
export type Screen = (typeof screens)[number];
/** Long enough for the fresh look to be drawn and for what it loads to begin loading. */
const QUIET_MS = 1_000;

const found = join(root, "data/browser");

export function launch(): Promise<Browser> {
  const path = process.env["CHROMIUM_PATH"] || (existsSync(found) ? readFileSync(found, "utf8").trim() : "");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  return chromium.launch({ ...(path ? { executablePath: path } : {}), args });
}

/** Counted by the browser's own network layer: bodies as compressed, with their headers. */
async function countBytes(page: Page): Promise<{ readonly bytes: () => number; readonly quiet: () => Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  let heardAt = performance.now();
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    heardAt = performance.now();
  });
  session.on("Network.requestWillBeSent", () => {
    heardAt = performance.now();
  });
  const quiet = async () => {
    while (performance.now() - heardAt < QUIET_MS) await page.waitForTimeout(100);
  };
  return { bytes: () => bytes, quiet };
}

const watchShift = () => {
  Reflect.set(window, "shifted", 0);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const value: unknown = Reflect.get(entry, "value");
      if (typeof value === "number") Reflect.set(window, "shifted", Number(Reflect.get(window, "shifted")) + value);
    }
  }).observe({ type: "layout-shift", buffered: true });
};

async function visit(browser: Browser, href: string, cookie: string, { width, height }: Screen) {
  const context = await browser.newContext({ viewport: { width, height } });
  const url = new URL(href).origin;
  await context.addCookies(
    cookie.split("; ").map((one) => ({ name: one.slice(0, one.indexOf("=")), value: one.slice(one.indexOf("=") + 1), url })),
  );
  const page = await context.newPage();
  const count = await countBytes(page);
  await page.addInitScript(watchShift);
  await page.goto(href);
  await page.getByText("Last looked").waitFor();
  await count.quiet();
  const shift = await page.evaluate(() => Number(Reflect.get(window, "shifted")));
  await context.close();
  return { bytes: count.bytes(), shift };
}

/** Each page twice, with empty caches: as somebody sees it who is the first to look, and as it is drawn from what was seen before. */
export async function weighPages(
  pages: readonly { readonly name: string; readonly href: string }[],
  cookie: string,
  screen: Screen,
): Promise<readonly Weighed[]> {
  const browser = await launch();
  const all: Weighed[] = [];
  for (const { name, href } of pages)
    for (const time of ["first visit", "again"])
      all.push({ name, where: `${screen.name}, ${time}`, ...(await visit(browser, href, cookie, screen)) });
  await browser.close();
  return all;
}
