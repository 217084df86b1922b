/** What a person sees in a browser, timed inside of it: the first row of a list once it is painted, frames while somebody scrolls, numbers that change. */
import type { BrowserContext, Page } from "@playwright/test";
import { z } from "zod";
import { launch } from "./weigh";

export const DESKTOP = { width: 1280, height: 900 } as const;

export type Eyes = { readonly context: BrowserContext; readonly page: Page; readonly close: () => Promise<void> };

/** One window, signed in by this cookie. */
export async function openEyes(url: string, cookie: string): Promise<Eyes> {
  const browser = await launch();
  const context = await browser.newContext({ viewport: DESKTOP });
  const { origin } = new URL(url);
  const cookies = cookie
    .split("; ")
    .map((one) => ({ name: one.slice(0, one.indexOf("=")), value: one.slice(one.indexOf("=") + 1), url: origin }));
  await context.addCookies(cookies);
  await context.addInitScript("window.__name = (named) => named"); // tsx wraps functions in it, and pages do not know it
  return { context, page: await context.newPage(), close: () => browser.close() };
}

const ROW = '[role="grid"] [role="row"][data-index="0"]';

/** Notes when the first row was painted: of the list whose address holds `inAddress`, and which shows `inRow`. */
function waitForRow({ row, inAddress, inRow }: { readonly row: string; readonly inAddress: string; readonly inRow: string }) {
  Reflect.set(window, "paintedAt", 0);
  const look = () => {
    const first = location.href.includes(inAddress) ? document.querySelector<HTMLElement>(row) : null;
    const isThere = first !== null && first.getClientRects().length > 0 && first.textContent.includes(inRow);
    // What a frame finds is painted at its end.
    if (isThere) setTimeout(() => Reflect.set(window, "paintedAt", performance.now()), 0);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const paintedAt = async (page: Page): Promise<number> => {
  await page.waitForFunction(() => Number(Reflect.get(window, "paintedAt")) > 0, undefined, { polling: 50 });
  return page.evaluate(() => Number(Reflect.get(window, "paintedAt")));
};

/** From going there until the first row is painted; everything is loaded anew but what the cache holds. */
export async function openedMs(page: Page, href: string): Promise<number> {
  const wanted = { row: ROW, inAddress: "", inRow: "" };
  await page.goto(href, { waitUntil: "commit" });
  await page.evaluate(waitForRow, wanted);
  return paintedAt(page);
}

/** From the press of the button until the first row of mail from there is painted. */
export async function searchedMs(page: Page, sender: string): Promise<number> {
  await page.getByLabel("Sender", { exact: true }).fill(sender);
  await page.evaluate(waitForRow, { row: ROW, inAddress: `sender=${encodeURIComponent(sender)}`, inRow: sender });
  const began = await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('form[role="search"] button[type="submit"]');
    const now = performance.now();
    button?.click();
    return now;
  });
  return (await paintedAt(page)) - began;
}

/** `gaps`: between one frame and the next, in ms. `mostRows`: the most rows that were in the page at once, in any frame. */
const framesShape = z.object({ gaps: z.array(z.number()), mostRows: z.number() });
export type Frames = z.infer<typeof framesShape>;

function watchFrames() {
  const gaps: number[] = [];
  const seen = { gaps, mostRows: 0, isOver: false };
  Reflect.set(window, "seenFrames", seen);
  let before = 0;
  const frame = (at: number) => {
    if (seen.isOver) return;
    if (before > 0) gaps.push(at - before);
    before = at;
    seen.mostRows = Math.max(seen.mostRows, document.querySelectorAll('[role="row"]').length);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Frames while `act` goes on. */
export async function framesOf(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(watchFrames);
  await act();
  const seen: unknown = await page.evaluate(() => {
    const held: unknown = Reflect.get(window, "seenFrames");
    if (typeof held === "object" && held !== null) Reflect.set(held, "isOver", true);
    return held;
  });
  return framesShape.parse(seen);
}

function watchNumbers({ pattern }: { readonly pattern: string }) {
  const seen = new Set<string>();
  Reflect.set(window, "seenNumbers", seen);
  const look = () => {
    const found = new RegExp(pattern).exec(document.querySelector("main")?.textContent ?? "")?.[1];
    if (found !== undefined) seen.add(found);
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** From now on, whatever the page's text has in the first group of `pattern`. */
export const beginNumbers = (page: Page, pattern: string): Promise<void> => page.evaluate(watchNumbers, { pattern });

/** In the order in which they were seen. */
export async function numbersSeen(page: Page): Promise<readonly string[]> {
  const seen: unknown = await page.evaluate(() => {
    const held: unknown = Reflect.get(window, "seenNumbers");
    return held instanceof Set ? [...held].map(String) : [];
  });
  return z.array(z.string()).parse(seen);
}
