/** What a person does on the journaling track, and what is seen of reports at the vendor, as verbs. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Customer } from "./fixtures";
import { minutes, type Sandbox } from "./sandbox";
import { agree, connected, isDone, showPlan } from "./verbs";

export const journalStep = (customer: Customer, step: string): string => `${customer.home}/journaling/${step}`;

export type Region = "United States" | "European Union";
/** As the product names them. */
const TITLES = { "United States": "United States and everybody else", "European Union": "European Union" } as const;
type Product = "Area 1" | "Cloudflare Email Security";

const saved = (page: Page): Locator => page.getByRole("main").getByText("Saved.", { exact: true });

export async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(saved(page)).toBeVisible();
}

/** With access and domains, and on the journaling track alone. */
export async function onJournaling(page: Page, customer: Customer, sandbox: Sandbox, product: Product): Promise<void> {
  await connected(page, customer, sandbox);
  await page.goto(`${customer.home}/connect/choose-domains`);
  await page.getByRole("radio", { name: new RegExp(`^${product}`) }).check();
  await page.getByRole("checkbox", { name: "In front of your mail" }).uncheck();
  await page.getByRole("checkbox", { name: /^By journaling/ }).check();
  await save(page);
}

/** As the customer's own Cloudflare dashboard shows it. */
export async function serviceAddress(page: Page, customer: Customer, sandbox: Sandbox, product: Product, region: Region): Promise<string> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  const row = portal.getByRole("region", { name: "Service addresses" }).getByRole("row", { name: `${product} ${region}` });
  const address = (await row.getByRole("code").textContent()) ?? "";
  await portal.close();
  return address;
}

/** The vendor counts reports about domains that it was told of. */
export async function addAtVendor(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  const portal = await page.context().newPage();
  for (const domain of customer.domains) {
    await portal.goto(`${sandbox.url}/portal/${customer.id}`);
    const form = portal.getByRole("group", { name: "Add a domain", exact: true });
    await form.getByLabel("Domain", { exact: true }).fill(domain);
    await form.getByRole("button", { name: "Add domain" }).click();
    await expect(portal.getByRole("status")).toHaveText("Saved: Cloudflare: Email security domains.");
  }
  await portal.close();
}

/** Chooses the regions, and copies each one's address from the dashboard. @returns the addresses, by region. */
export async function chooseRegions(page: Page, customer: Customer, sandbox: Sandbox, product: Product, regions: readonly Region[]) {
  await page.goto(journalStep(customer, "journal-connector"));
  for (const [region, title] of Object.entries(TITLES))
    await page.getByRole("checkbox", { name: title }).setChecked(regions.some((chosen) => chosen === region));
  await save(page);
  const addresses: string[] = [];
  for (const region of regions) {
    const address = await serviceAddress(page, customer, sandbox, product, region);
    addresses.push(address);
    await page.getByLabel(`Your journaling address, ${TITLES[region]}`).fill(address);
  }
  await save(page);
  return addresses;
}

const isRight = (page: Page): Locator => page.getByRole("main").getByText("Done", { exact: true });

/** From a step's page: plan, agree, done, and seen done by a fresh look once Microsoft shows it. */
export async function make(page: Page, customer: Customer, sandbox: Sandbox, step: string): Promise<void> {
  await page.goto(journalStep(customer, step));
  await showPlan(page);
  await agree(page, customer);
  await isDone(page);
  await sandbox.advance(minutes(2)); // Exchange shows a write after a moment, and mail follows it a little later
  await page.goto(journalStep(customer, step));
  await expect(isRight(page)).toBeVisible();
}

export async function sendUndeliverableTo(page: Page, customer: Customer, sandbox: Sandbox, address: string): Promise<void> {
  await page.goto(journalStep(customer, "undeliverable-reports"));
  await page.getByLabel("Address for undeliverable reports").fill(address);
  await save(page);
  await make(page, customer, sandbox, "undeliverable-reports");
}

/** Somebody's mail; when this comes back, its reports are where they belong. */
export async function send(sandbox: Sandbox, { id }: Customer, from: string, to: string, subject: string): Promise<void> {
  const via = from.endsWith("@stranger.example") ? "mx" : "internal";
  await sandbox.mail({ tenant: id, from, to, subject, via });
}

/** Members of a list as Exchange has them; null where there is no such list. */
export async function membersOf(sandbox: Sandbox, { id }: Customer, list: string): Promise<readonly string[] | null> {
  return (await sandbox.state(id)).groups.find(({ address }) => address === list)?.members ?? null;
}

/** By usage location: who is in the EU, and everybody else. The lists' addresses are the ones that are suggested. */
export async function sortByLocation(page: Page, customer: Customer, sandbox: Sandbox, european: readonly string[]): Promise<void> {
  await page.goto(journalStep(customer, "journal-regions"));
  for (const place of european) await page.getByRole("checkbox", { name: new RegExp(`^${place} \\(`) }).check();
  await save(page);
  await make(page, customer, sandbox, "journal-regions");
}

/** Where reports of a message went: the vendor's host and the address, each once. */
export async function reportsOf(sandbox: Sandbox, { id }: Customer, subject: string) {
  const { reports } = await sandbox.journal(id);
  return reports.filter((report) => report.subject === subject).map(({ address, host }) => ({ address, host }));
}

export const processed = async (sandbox: Sandbox, { id }: Customer): Promise<number> =>
  Object.values((await sandbox.journal(id)).counted).reduce((all, one) => all + one, 0);

/** The whole journaling track in one plan, back to where it was. */
export async function undoEverything(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await page.goto(`${customer.home}/undo`);
  await page.getByRole("button", { name: "Show the plan to take everything back" }).click();
  await expect(page.getByRole("heading", { name: "Check before you take it back" })).toBeVisible();
  await agree(page, customer);
  await expect(async () => {
    await sandbox.advance(minutes(1)); // each part waits until the one before it shows
    await expect(page.getByRole("heading", { name: /^Taken back: / })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await sandbox.advance(minutes(5));
}

/** On the page where people are picked: a file in place of what is pasted, looked at and not saved. */
export async function uploadPeople(page: Page, buffer: Buffer): Promise<void> {
  await page.getByLabel("Or upload a CSV file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Look at this list" }).click();
}
