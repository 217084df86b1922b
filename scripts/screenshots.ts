/** `npm run screenshots`: walks the fresh tenant of the sandbox as its admin would, and keeps what they see in docs/screenshots. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { type Customer, customerOf } from "../e2e/fixtures";
import { minutes, type Sandbox, sandboxAt } from "../e2e/sandbox";
import { account, agree, chooseDomains, giveConsent, isDone, showPlan, signIn, stepOf } from "../e2e/verbs";
import { startProduct } from "./bench/product";
import { launch, type Screen, screens } from "./bench/weigh";
import { root } from "./start/children";

const ports = { web: 3210, sandbox: 4610, dns: 4663, smtp: 4617, https: 4618 } as const;
const folder = join(root, "docs/screenshots");
/** Fabrikam, the tenant in which nothing was done yet. */
const FRESH = "11111111-0000-4000-8000-000000000001";
const STAFF = "support.first@cutover-support.example";

type Look = { readonly screen: Screen["name"]; readonly scheme: "light" | "dark" };
type Camera = (name: string, href: string, look: Look, more?: (page: Page) => Promise<void>) => Promise<void>;

/** Opens the page in the admin's session as on that screen; a second visit draws it with everything in place. */
function cameraFor(admin: BrowserContext, url: string): Camera {
  return async (name, href, { screen, scheme }, more = async () => {}) => {
    const size = screens.find((one) => one.name === screen);
    const context = await admin.browser()?.newContext({
      baseURL: url,
      storageState: await admin.storageState(),
      colorScheme: scheme,
      viewport: size ? { width: size.width, height: size.height } : null,
      reducedMotion: "reduce",
    });
    const page = await context?.newPage();
    if (!page) throw new Error("The browser is gone.");
    await page.goto(href);
    await page.goto(href);
    await settled(page);
    await more(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`· ${name}.png`);
    await context?.close();
  };
}

/** Until the page is there, in its own font, and nothing is being looked at any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("looking again…").waitFor({ state: "detached" });
  await page.evaluate(() => document.fonts.ready);
}

const desktop: Look = { screen: "desktop", scheme: "light" };
const desktopDark: Look = { screen: "desktop", scheme: "dark" };
const phone: Look = { screen: "phone", scheme: "light" };
const phoneDark: Look = { screen: "phone", scheme: "dark" };

/** The setup, from signing in to the first change that is done. */
async function walk(page: Page, customer: Customer, sandbox: Sandbox, shoot: Camera): Promise<void> {
  await shoot("start", "/", desktop);
  await shoot("guide", "/guide/inline/inbound-connector", phone);
  await signIn(page, customer.admin);
  await giveConsent(page, customer, sandbox);
  await chooseDomains(page, customer);
  await page.goto(customer.home);
  await settled(page);
  await shoot("step", stepOf(customer, "mx-ttl"), desktop);
  await shoot("step-phone", stepOf(customer, "mx-ttl"), phoneDark);
  await page.goto(stepOf(customer, "allow-list"));
  await showPlan(page);
  await shoot("plan", page.url(), desktop);
  await shoot("plan-dark", page.url(), desktopDark);
  await agree(page, customer);
  await isDone(page);
  await shoot("run", page.url(), desktop);
  await sandbox.advance(minutes(1));
  await shoot("tasks", customer.home, desktop);
  await shoot("tasks-phone", customer.home, phone);
  await shoot("activity", `${customer.home}/activity`, desktop);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const product = await startProduct("screenshots", ports);
  const browser = await launch();
  try {
    const sandbox = sandboxAt(product.sandboxUrl);
    const customer = customerOf(await sandbox.state(FRESH));
    const admin = await browser.newContext({ baseURL: product.url });
    await walk(await admin.newPage(), customer, sandbox, cameraFor(admin, product.url));
    const staff = await browser.newContext({ baseURL: product.url });
    const desk = await staff.newPage();
    await desk.goto(`/auth/sign-in?${new URLSearchParams({ hint: STAFF })}`);
    await account(desk, STAFF).click();
    await desk.getByRole("table").waitFor();
    await cameraFor(staff, product.url)("queue", "/support", desktop);
  } finally {
    await browser.close();
    await product.stop();
  }
}

await main();
