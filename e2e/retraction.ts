/** What a person does on the retraction track and with mail after delivery, and what is seen of it in mailboxes and at the vendor, as verbs. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Customer } from "./fixtures";
import { save } from "./journaling";
import { type Disposition, minutes, type Sandbox } from "./sandbox";
import { enterToken } from "./switch";
import { account, connected } from "./verbs";

export const retractionStep = (customer: Customer, step: string): string => `${customer.home}/retraction/${step}`;
export const autoRetractPage = (customer: Customer): string => `${customer.home}/auto-retract`;

export const DISPOSITIONS: readonly Disposition[] = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"];
export const CHOICES = ["none", "junk", "trash", "soft", "hard"] as const;
export type Choice = (typeof CHOICES)[number];
export type Table = Readonly<Record<Disposition, Choice>>;

/** Five different choices; each turn gives each disposition the next one. */
export function tableOf(turn: number): Table {
  const choiceAt = (place: number): Choice => CHOICES[(place + turn) % CHOICES.length] ?? "none";
  return { MALICIOUS: choiceAt(0), SUSPICIOUS: choiceAt(1), SPOOF: choiceAt(2), SPAM: choiceAt(3), BULK: choiceAt(4) };
}

type Chosen = {
  /** As the dashboard and the form name it: how it begins. */
  readonly label: RegExp;
  /** Where the mailboxes have it afterwards, and what the product calls that. */
  readonly folder: string;
  readonly says: string;
};
const PURGES = { label: /^Hard delete/i, folder: "Purges", says: "Recoverable Items (purges)" } as const;
const JUNK = { folder: "Junk", says: "Junk Email" } as const;
const TRASH = { folder: "DeletedItems", says: "Deleted Items" } as const;
const NOWHERE = { label: /^No action/i, folder: "Inbox", says: "" } as const;

export const PRODUCTS = {
  area1: {
    name: "Area 1",
    dashboard: "Area 1 dashboard",
    application: "Area 1 Security Synchronator",
    choices: {
      none: NOWHERE,
      junk: { label: /^Junk Email/, ...JUNK },
      trash: { label: /^Trash/, ...TRASH },
      soft: { label: /^Soft Delete/, ...TRASH },
      hard: PURGES,
    },
  },
  cloudflare: {
    name: "Cloudflare Email Security",
    dashboard: "Cloudflare dashboard",
    application: "Email Security Synchronator",
    choices: {
      none: NOWHERE,
      junk: { label: /^Move to junk/, ...JUNK },
      trash: { label: /^Move to trash/, ...TRASH },
      soft: { label: /^Soft delete/, folder: "RecoverableItemsDeletions", says: "Recoverable Items (deletions)" },
      hard: PURGES,
    },
  },
} as const satisfies Record<string, { name: string; dashboard: string; application: string; choices: Record<Choice, Chosen> }>;
export type Product = keyof typeof PRODUCTS;

/** With access, domains and a token, and on the retraction track alone. */
export async function onRetraction(page: Page, customer: Customer, sandbox: Sandbox, product: Product): Promise<void> {
  await connected(page, customer, sandbox);
  await page.goto(`${customer.home}/connect/choose-domains`);
  await page.getByRole("radio", { name: new RegExp(`^${PRODUCTS[product].name}`) }).check();
  await page.getByRole("checkbox", { name: "In front of your mail" }).uncheck();
  await page.getByRole("checkbox", { name: "Move messages after delivery" }).check();
  await save(page);
  await enterToken(page, customer, sandbox, true);
}

/** The vendor's dashboard at "Retract settings", in a window of its own. */
async function openDashboard(page: Page, customer: Customer, sandbox: Sandbox, product: Product): Promise<Page> {
  const dashboard = await page.context().newPage();
  await dashboard.goto(`${sandbox.url}/portal/${customer.id}`);
  await dashboard.getByRole("link", { name: "Retract settings" }).first().click();
  const other = dashboard.getByRole("navigation", { name: "Dashboards" }).getByRole("link", { name: PRODUCTS[product].dashboard });
  if (await other.isVisible()) await other.click();
  return dashboard;
}

/** In the vendor's dashboard, to Microsoft's consent page, and back. */
export async function authorize(page: Page, customer: Customer, sandbox: Sandbox, product: Product): Promise<void> {
  const dashboard = await openDashboard(page, customer, sandbox, product);
  await dashboard.getByRole("link", { name: /^Authorize/ }).click();
  await account(dashboard, customer.admin).click();
  await expect(dashboard.getByText(PRODUCTS[product].application)).toBeVisible();
  await dashboard.getByRole("button", { name: "Accept" }).click();
  await expect(dashboard.getByRole("status")).toContainText("Authorization completed successfully.");
  await dashboard.close();
  await sandbox.advance(minutes(1));
}

/** The vendor's own moving, by its own table: this disposition into Junk Email. */
export async function vendorMoves(page: Page, customer: Customer, sandbox: Sandbox, product: Product, row: Disposition): Promise<void> {
  const dashboard = await openDashboard(page, customer, sandbox, product);
  await dashboard.getByRole("checkbox", { name: "Move new detections by itself" }).check();
  await dashboard.getByLabel(new RegExp(`^${row}`)).selectOption({ index: 1 });
  await dashboard.getByRole("button", { name: /^(Update Auto-retract Settings|Save)$/ }).click();
  await expect(dashboard.getByRole("status")).toContainText("Auto-retract settings updated.");
  await dashboard.close();
}

/** In Microsoft's own portal: what becomes of the vendor's application. */
export async function inEntra(
  page: Page,
  customer: Customer,
  sandbox: Sandbox,
  act: "Revoke its permissions" | "Delete it",
): Promise<void> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  await portal.getByRole("region", { name: "Enterprise applications of others" }).getByRole("button", { name: act }).click();
  await expect(portal.getByRole("status")).toBeVisible();
  await portal.close();
  await sandbox.advance(minutes(1));
}

/** In the customer's Cloudflare dashboard: the token that Cutover was given is no more. */
export async function deleteToken(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  await portal
    .getByRole("row", { name: /^Everything/ })
    .getByRole("button")
    .click();
  await expect(portal.getByRole("status")).toBeVisible();
  await portal.close();
}

/** Made there, and copied into Cutover in the place of the one that is no more. */
export async function replaceToken(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  await portal.getByRole("button", { name: "Create token" }).click();
  await expect(portal.getByRole("status")).toBeVisible();
  const token = (await portal.getByRole("region", { name: "Table of API tokens" }).getByRole("code").last().textContent()) ?? "";
  const account =
    (await portal
      .getByText(/^Account id /)
      .first()
      .getByRole("code")
      .textContent()) ?? "";
  await portal.close();
  await page.goto(`${customer.home}/cloudflare`);
  await page.getByLabel("API token").fill(token);
  await page.getByLabel("Account id").fill(account);
  await page.getByRole("button", { name: "Replace the token" }).click();
  await expect(page.getByText(`…${token.slice(-4)}`)).toBeVisible();
}

const isRight = (page: Page): Locator => page.getByRole("main").getByText("Done", { exact: true });

/** Somebody compared both ids and says that this is the vendor's. */
export async function confirmIds(page: Page, customer: Customer, product: Product): Promise<void> {
  await page.goto(retractionStep(customer, "retraction-authorization"));
  await page.getByRole("radio", { name: PRODUCTS[product].application }).check();
  await save(page);
  await expect(isRight(page)).toBeVisible();
}

/** Cutover moves, and the dashboard is said to move nothing. */
export async function setTable(page: Page, customer: Customer, product: Product, table: Table): Promise<void> {
  await page.goto(retractionStep(customer, "auto-retract"));
  await page.getByRole("radio", { name: /^Cutover, through/ }).check();
  for (const disposition of DISPOSITIONS) {
    const row = page.getByRole("group", { name: `What happens to ${disposition} mail after delivery?` });
    await row.getByRole("radio", { name: PRODUCTS[product].choices[table[disposition]].label }).check();
  }
  await save(page);
  await page.getByRole("checkbox", { name: /for every disposition$/ }).check();
  await save(page);
}

/** What would have been moved is seen first; hard delete is asked about once more. */
export async function turnOn(page: Page, customer: Customer, act = "Turn on auto-retract"): Promise<void> {
  await page.goto(autoRetractPage(customer));
  await expect(page.getByRole("table", { name: "What would have been moved" })).toBeVisible();
  const sure = page.getByRole("checkbox", { name: /^I know that nobody gets back/ });
  if (await sure.isVisible()) await sure.check();
  await page.getByRole("button", { name: act }).click();
  await expect(page.getByText("Auto-retract is on", { exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "What would have been moved" })).toBeHidden();
}

/** Everything up to the button, without the trip through the dashboards, and on. */
export async function moving(page: Page, customer: Customer, sandbox: Sandbox, table: Table): Promise<void> {
  await sandbox.authorize(customer.id, "area1");
  await onRetraction(page, customer, sandbox, "area1");
  await confirmIds(page, customer, "area1");
  await setTable(page, customer, "area1", table);
  await turnOn(page, customer);
}

export const SENDER = "offers@stranger.example";
/** Two people of the scenario. */
export const peopleOf = ({ domains: [domain = ""] }: Customer): readonly [string, string] => [`sales@${domain}`, `finance@${domain}`];

type Arriving = { readonly subject: string; readonly disposition?: Disposition; readonly to?: readonly string[] };

/** Somebody outside writes to both; when this comes back, it is delivered and the vendor has seen it. @returns its Message-ID. */
export async function arrives(
  sandbox: Sandbox,
  customer: Customer,
  { subject, disposition = "MALICIOUS", to = peopleOf(customer) }: Arriving,
) {
  const letter = { tenant: customer.id, from: SENDER, to: to.join(", "), subject, disposition, via: "mx" } as const;
  return (await sandbox.mail(letter)).messageId;
}

/** The folders of a message's copies, by who has it: "sales: Junk". */
export async function placesOf(sandbox: Sandbox, customer: Customer, subject: string): Promise<readonly string[]> {
  const boxes = await sandbox.mailboxes(customer.id);
  return boxes
    .flatMap(({ address, folders }) =>
      Object.entries(folders).flatMap(([folder, held]) =>
        held.filter((message) => message.subject === subject).map(() => `${address.split("@")[0]}: ${folder}`),
      ),
    )
    .sort();
}

/** For both of them. */
export const inBoth = (folder: string): readonly string[] => [`finance: ${folder}`, `sales: ${folder}`];

/** Lets minutes pass, as they do, until it is so. */
export const inTime = (sandbox: Sandbox, isSo: () => Promise<void>): Promise<void> =>
  expect(async () => {
    await sandbox.advance(minutes(1));
    await isSo();
  }).toPass({ timeout: 60_000 });

/** Whoever may look at mail: signed in and with a token, nothing else set up. */
export async function onMail(page: Page, customer: Customer, sandbox: Sandbox): Promise<void> {
  await enterToken(page, customer, sandbox, true);
}

export const chosen = (page: Page): Locator => page.getByRole("region", { name: "What to do with the chosen messages" });
export const row = (page: Page, subject: string): Locator => page.getByRole("row", { name: subject });
/** Opens a search once it shows this message: the product follows a moved clock within a second, and what is newer than its now it does not show. */
export const openWith = (page: Page, href: string, subject: string): Promise<void> =>
  expect(async () => {
    await page.goto(href);
    await expect(row(page, subject)).toBeVisible({ timeout: 3_000 });
  }).toPass();
export const tick = (page: Page, subject: string): Promise<void> =>
  page.getByRole("checkbox", { name: `Choose: ${subject}`, exact: true }).check();

/** From the list or a message: the small window, where to, and the page that asks before anything is done. */
export async function retractTo(page: Page, folder: string): Promise<void> {
  await page.getByRole("button", { name: "Retract…" }).click();
  const asking = page.getByRole("dialog", { name: /^Retract: / });
  await asking.getByRole("radio", { name: folder }).check();
  await asking.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: /^Check before you / })).toBeVisible();
}

export async function release(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Release…" }).click();
  await page
    .getByRole("dialog", { name: /^Release: / })
    .getByRole("button", { name: "Go on" })
    .click();
  await expect(page.getByRole("heading", { name: "Check before you release" })).toBeVisible();
}
