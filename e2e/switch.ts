/** What a person does from the prepared tenant to the locked door, as verbs. */
import { expect, type Page } from "@playwright/test";
import type { Customer } from "./fixtures";
import { hours, minutes, type Sandbox } from "./sandbox";
import { agree, checkUntil, isDone, showPlan, stepOf } from "./verbs";

/** "Done" beside the heading of a step's page. */
export const stepDone = (page: Page) => page.getByRole("main").getByText("Done", { exact: true });

/** Copies the token from the customer's own Cloudflare dashboard into Cutover. */
export async function enterToken(page: Page, customer: Customer, sandbox: Sandbox, isAccountTold = false): Promise<void> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  const token =
    (await portal
      .getByRole("row", { name: /^Everything/ })
      .getByRole("code")
      .textContent()) ?? "";
  const account =
    (await portal
      .getByText(/^Account id /)
      .first()
      .getByRole("code")
      .textContent()) ?? "";
  await portal.close();
  await page.goto(`${customer.home}/cloudflare`);
  await page.getByLabel("API token").fill(token);
  if (isAccountTold) await page.getByLabel("Account id").fill(account); // a token of a person shows it by its zones, where there are any
  await page.getByRole("button", { name: "Look at it and keep it" }).click();
  await expect(page.getByRole("heading", { name: "The token", exact: true })).toBeVisible();
  await expect(page.getByText(`…${token.slice(-4)}`)).toBeVisible();
}

/** From a step's page: plan, agree, done, and seen done once it shows. */
export async function make(page: Page, customer: Customer, sandbox: Sandbox, step: string): Promise<void> {
  await page.goto(stepOf(customer, step));
  await showPlan(page);
  await agree(page, customer);
  await isDone(page);
  await sandbox.advance(minutes(1)); // reads follow a write after some seconds
  await page.goto(stepOf(customer, step));
}

async function makeAll(page: Page, customer: Customer, sandbox: Sandbox, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    await make(page, customer, sandbox, step);
    await expect(stepDone(page)).toBeVisible();
  }
}

export const prepareMicrosoft = (page: Page, customer: Customer, sandbox: Sandbox): Promise<void> =>
  makeAll(page, customer, sandbox, ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering", "message-handling"]);

/** Everything before the mail records but the time to live. */
export async function prepare(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await prepareMicrosoft(page, customer, sandbox);
  await makeAll(page, customer, sandbox, ["area1-domains"]);
}

export async function shortenTtl(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await make(page, customer, sandbox, "mx-ttl");
  await expect(page.getByText("The earliest safe switch is")).toHaveCount(customer.domains.length);
}

/** In the form of the customer's own DNS host. */
export async function shortenTtlByHand(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await page.goto(stepOf(customer, "mx-ttl"));
  await expect(page.getByText("Its TTL is 1 hour.")).toHaveCount(customer.domains.length);
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  for (const domain of customer.domains) {
    await portal.getByLabel(`TTL of MX ${domain}`, { exact: true }).fill("300");
    await portal.getByRole("button", { name: `Save ${domain}`, exact: true }).click();
    await expect(portal.getByRole("status")).toHaveText("Saved: DNS records.");
  }
  await portal.close();
  await page.goto(stepOf(customer, "mx-ttl"));
  await expect(page.getByText("The earliest safe switch is")).toHaveCount(customer.domains.length);
}

export async function waitForTtl(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await page.goto(stepOf(customer, "mx-ttl"));
  await sandbox.advance(hours(1.1));
  await checkUntil(page, stepDone(page));
}

export async function switchRecords(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await make(page, customer, sandbox, "mx-records");
  await sandbox.advance(minutes(10)); // longer than anybody remembers the short TTL
  await checkUntil(page, stepDone(page));
}

/** Reads what would be refused, and says so. */
export async function review(page: Page, customer: Customer): Promise<void> {
  await page.goto(`${customer.home}/rejected`);
  await page.getByRole("button", { name: "Look at what would be refused" }).click();
  await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "I have read this" }).click();
  await expect(page.getByText("said so")).toBeVisible();
}

export async function choose(page: Page, option: RegExp): Promise<void> {
  await page.getByRole("radio", { name: option }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByText("Saved.", { exact: true })).toBeVisible(); // what is announced may be a finding by now
}

/** Sends the form of a button with other hidden values than it was drawn with: what a stale tab or a forger would send. */
export async function forge(page: Page, button: string, values: Readonly<Record<string, string>>): Promise<void> {
  const found = page.getByRole("button", { name: button, exact: true });
  await found.evaluate((element, forged) => {
    const form = element.closest("form");
    for (const [name, value] of Object.entries(forged)) {
      const field = form?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  }, values);
  await found.click();
}

/** Where mail of the domain goes, as its zone says. */
export async function mailHosts(sandbox: Sandbox, { id }: Customer, domain: string): Promise<readonly string[]> {
  const zone = (await sandbox.state(id)).zones.find(({ name }) => name === domain);
  return (zone?.records ?? []).flatMap((record) => (record.type === "MX" ? [String(record["exchange"])] : []));
}
