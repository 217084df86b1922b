/** What people do in these stories, in their own words: sign in, give consent, choose domains, agree. */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Customer } from "./fixtures";
import { minutes, type Sandbox } from "./sandbox";

/** An account's button at Microsoft: it says name, sign-in name and roles. */
export const account = (page: Page, upn: string): Locator =>
  page.getByRole("button", { name: new RegExp(`(^|\\s)${upn.replaceAll(".", "\\.")}`) });

/** Back from Microsoft, and the page arrived whole: React complains about a page that is left while it still comes in. */
export const back = (page: Page): Promise<void> => page.waitForURL((url) => !/oauth2|adminconsent/.test(url.pathname));

export async function signIn(page: Page, upn: string, returnTo = "/"): Promise<void> {
  await page.goto(`/auth/sign-in?${new URLSearchParams({ hint: upn, returnTo })}`);
  await account(page, upn).click();
  await back(page);
}

/** From the connect step, through Microsoft's pages, and back. */
export async function giveConsent(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await page.goto(`${customer.home}/connect/connect-tenant`);
  await page.getByRole("button", { name: "Give access at Microsoft" }).click();
  await account(page, customer.admin).click();
  await page.getByLabel("Also assign the Exchange Administrator role").check();
  await page.getByRole("button", { name: "Accept" }).click();
  await back(page);
  await expect(page.getByRole("heading", { name: "Cutover has access" })).toBeVisible();
  await sandbox.advance(minutes(2)); // a role takes its time to be in effect
}

export async function chooseDomains(page: Page, customer: Customer): Promise<void> {
  await page.goto(`${customer.home}/connect/choose-domains`);
  for (const domain of customer.domains) await page.getByRole("checkbox", { name: domain }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
}

/** The customer as every later step finds them: signed in, with access, domains chosen, everything looked at once. */
export async function connected(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await signIn(page, customer.admin);
  await giveConsent(page, customer, sandbox);
  await chooseDomains(page, customer);
  await page.goto(`${customer.home}/connect/organization-customization`);
  await expect(page.getByText("Your organisation can be customised already.")).toBeVisible();
}

/** The other way: nothing is granted, every step has its script and the way by hand. */
export async function withoutAccess(page: Page, customer: Customer): Promise<void> {
  await signIn(page, customer.admin);
  await page.goto(`${customer.home}/connect/connect-tenant`);
  await page.getByRole("button", { name: "Go on without access" }).click();
  await expect(page.getByRole("heading", { name: "Cutover works without access" })).toBeVisible();
}

export const stepOf = (customer: Customer, step: string): string => `${customer.home}/inline/${step}`;

export async function showPlan(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByRole("heading", { name: /^Check before you/ })).toBeVisible();
}

/** Types a domain where the plan asks for one, and presses the button that says the act. */
export async function agree(page: Page, customer: Customer, act = /^Change /): Promise<void> {
  const typed = page.getByLabel("Type the name of a domain this is about");
  if (await typed.isVisible()) await typed.fill(customer.domains[0] ?? "");
  await page.getByRole("button", { name: act }).click();
  await expect(page).toHaveURL(/\/runs\//);
}

/** Presses "Check again" until it is seen, as a person would: the product follows a moved clock within a second, not at once. */
export const checkUntil = (page: Page, seen: Locator): Promise<void> =>
  expect(async () => {
    await page.getByRole("link", { name: "Check again", exact: true }).click();
    await expect(seen).toBeVisible({ timeout: 3_000 });
  }).toPass();

/** From a step's page: plan, agree, done, and seen done by a fresh look once Microsoft shows it. */
export async function carryOut(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await showPlan(page);
  await agree(page, customer);
  await isDone(page);
  await sandbox.advance(minutes(1));
  await page.getByRole("link", { name: "See the step" }).click();
  await expect(page.getByText("Everything is as it should be.")).toBeVisible();
}

/** Opens the folded findings that are right, once the fresh ones have taken the place of those of before. */
export async function openRight(within: Page | Locator): Promise<void> {
  const right = within.getByText(/checks are right$/);
  await expect(right).toHaveCount(1);
  await right.click();
}

export const isDone = (page: Page): Promise<void> =>
  expect(page.getByRole("heading", { name: /^(Done|Taken back): / })).toBeVisible({ timeout: 30_000 });

/** Presses what downloads a file. @returns the file's text. */
export async function download(page: Page, name: string | RegExp): Promise<string> {
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  return readFile(await (await begun).path(), "utf8");
}

export async function upload(page: Page, content: string | Buffer, name = "cutover.json"): Promise<void> {
  const buffer = typeof content === "string" ? Buffer.from(content) : content;
  await page.getByLabel("Upload what the script has written").setInputFiles({ name, mimeType: "application/json", buffer });
  await page.getByRole("button", { name: "Upload", exact: true }).click();
}

/** Goes on with Tab until the focus is there; a person would not press it more often than this. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} could not be reached with ${most} times Tab`);
}

export async function press(page: Page, target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
