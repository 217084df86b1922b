import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { type Customer, expect, test } from "./fixtures";
import { onMail, release } from "./retraction";
import { signIn } from "./verbs";

test.setTimeout(240_000);

let nodPublishers: Customer;
const listed = z.object({ rows: z.array(z.object({ id: z.string() })) });

/** Overrides, isolates and marks: signs that turn text around, and hide. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What a message must never bring about; it is written down as it happens. */
function watch(page: Page): readonly string[] {
  const harm: string[] = [];
  page.on("dialog", (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => harm.push(`a window: ${popup.url()}`));
  page.context().on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost" && hostname !== "127.0.0.1") harm.push(`a request to ${hostname}`);
  });
  return harm;
}

/** Text, title and names of everything on the page as they are, and whether it stays within a small phone. */
const look = (page: Page) =>
  page.evaluate(() => ({
    title: document.title,
    // What the page's scripts carry is data, and nobody reads it.
    text: [...document.querySelectorAll("body *:not(script):not(style)")]
      .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
      .map((node) => node.textContent)
      .join(" "),
    names: [...document.querySelectorAll("*")].flatMap((one) =>
      ["title", "aria-label", "alt", "placeholder", "download"].flatMap((name) => one.getAttribute(name) ?? []),
    ),
    inMain: [...document.querySelectorAll("main script, main iframe, main object, main embed, main svg[onload], main [onerror]")].length,
    isTooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));

async function isHarmless(page: Page): Promise<void> {
  const { title, text, names, inMain, isTooWide } = await look(page);
  const path = new URL(page.url()).pathname;
  expect([path, TURNING.test(title), TURNING.test(text), names.filter((name) => TURNING.test(name))]).toEqual([path, false, false, []]);
  expect([path, inMain, isTooWide]).toEqual([path, 0, false]);
}

/** The list as it is shown, whole. @returns the address of every message in it: what is out of sight is not drawn. */
async function addresses(page: Page, path: string, count: number): Promise<readonly string[]> {
  await page.goto(path);
  await expect(page.getByText(`That is all: ${count} messages.`)).toBeVisible();
  const place = path.includes("/quarantine") ? "&place=quarantine" : "";
  const answer = await page.request.get(`/api${path.replace("/quarantine?", "/mail?")}${place}`);
  const { rows } = listed.parse(await answer.json());
  expect(rows).toHaveLength(count);
  return rows.map(({ id }) => `${nodPublishers.home}/mail/${encodeURIComponent(id)}`);
}

const idIn = (path: string): string => decodeURIComponent(path.split("/").at(-1) ?? "");

test.beforeEach(async ({ page, customer, sandbox }) => {
  nodPublishers = await customer("hostile-mail");
  await signIn(page, nodPublishers.admin);
  await onMail(page, nodPublishers, sandbox);
});

/** Twelve kinds, each held once and delivered once, over two months. */
const KINDS = 12;
const DAY_MS = 86_400_000;
const SINCE = `from=${new Date(Date.now() - 80 * DAY_MS).toISOString().slice(0, 10)}`;

test("hostile mail is listed and looked at without harm, on a small phone too", async ({ page }) => {
  const harm = watch(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const all = await addresses(page, `${nodPublishers.home}/mail?${SINCE}`, 2 * KINDS);
  await isHarmless(page);
  for (const path of all) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Its way" })).toBeVisible();
    await expect(page.getByRole("img", { name: "The message as the vendor drew it" })).toBeVisible();
    const drawn = page.getByRole("img", { name: "The message as the vendor drew it" });
    await expect.poll(() => drawn.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBeGreaterThan(0);
    await isHarmless(page);
  }
  await test.step("what cannot be seen is shown by its number, and a subject without end is cut", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${nodPublishers.home}/mail?${SINCE}`);
    await expect(page.getByText("U+202E").first()).toBeVisible();
    await expect(page.getByText('<script>alert("subject")</script>').first()).toBeVisible();
    await isHarmless(page);
    const rows = await page.getByRole("row").allTextContents();
    expect(Math.max(...rows.map((text) => text.length))).toBeLessThan(2_000);
  });
  expect(harm).toEqual([]);
});

test("hostile mail is downloaded as it came, as a file and never as a page", async ({ page, sandbox }) => {
  const harm = watch(page);
  const all = await addresses(page, `${nodPublishers.home}/mail?${SINCE}`, 2 * KINDS);
  for (const path of all.filter((_, i) => i % 2 === 0)) {
    const answer = await page.request.get(`/api${path}/raw`);
    const {
      "content-disposition": disposition,
      "x-content-type-options": sniff,
      "content-type": type,
      "content-security-policy": policy,
    } = answer.headers();
    expect([path, disposition]).toEqual([path, expect.stringMatching(/^attachment; filename="message-[\w-]+\.eml"$/)]);
    expect([path, sniff, type]).toEqual([path, "nosniff", "application/octet-stream"]);
    expect([path, policy]).toEqual([path, expect.stringContaining("sandbox")]);
    const [came, sent] = [await answer.body(), await sandbox.bytesOf(nodPublishers.id, idIn(path))];
    expect([path, came.length, came.equals(sent)]).toEqual([path, sent.length, true]);
  }

  await test.step("by the link on the page, with forty megabytes in it", async () => {
    await page.goto(`${nodPublishers.home}/mail?${SINCE}&q=Forty+megabytes`);
    await page.getByRole("link", { name: "Forty megabytes" }).first().click();
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as .eml" }).click();
    const file = await begun;
    expect(file.suggestedFilename()).toMatch(/^message-[\w-]+\.eml$/);
    expect((await readFile(await file.path())).length).toBeGreaterThan(50_000_000);
    await expect(page.getByRole("heading", { level: 1, name: "Message" })).toBeVisible();
  });

  await test.step("the whole list as a file: nothing that a spreadsheet would do", async () => {
    await page.goto(`${nodPublishers.home}/mail?${SINCE}`);
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).click();
    const text = await readFile(await (await begun).path(), "utf8");
    expect(text).toContain(`"'=HYPERLINK(`);
    expect(text).toContain(`"'@SUM(`);
    expect(TURNING.test(text)).toBe(false);
    expect(text.trim().split("\r\n")).toHaveLength(2 * KINDS + 1);
  });
  expect(harm).toEqual([]);
});

test("hostile mail is released without harm, all of it at once", async ({ page, sandbox }) => {
  const harm = watch(page);
  await addresses(page, `${nodPublishers.home}/quarantine?${SINCE}`, KINDS);
  await page.getByRole("checkbox", { name: "Choose all that are loaded" }).check();
  await release(page);
  await isHarmless(page);
  await page.getByLabel("Why they are released").fill(`=1+1 \u202eoverride <script>alert("why")</script>`);
  await page.getByRole("button", { name: `Release ${KINDS} messages` }).click();
  await expect(page.getByRole("main").getByText(`${KINDS} messages were released`, { exact: true })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByRole("main").getByText(`${KINDS} messages were released`, { exact: true })).toBeVisible();
  await isHarmless(page);
  await page.goto(`${nodPublishers.home}/activity`);
  await expect(page.getByRole("listitem").filter({ hasText: `released ${KINDS} of ${KINDS} messages` })).toBeVisible();
  await isHarmless(page);
  await page.goto(`${nodPublishers.home}/quarantine?${SINCE}`);
  await expect(page.getByText("No message matches.")).toBeVisible();
  // Each is for two people, and went to each of them once.
  const releases = await sandbox.releases(nodPublishers.id);
  expect(releases.filter(({ success }) => success)).toHaveLength(2 * KINDS);
  expect(new Set(releases.map(({ messageId, recipient }) => `${messageId} ${recipient}`)).size).toBe(2 * KINDS);
  expect(harm).toEqual([]);
});
