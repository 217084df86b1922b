import type { Page } from "@playwright/test";
import { test } from "./days";
import { type Customer, expect } from "./fixtures";
import { hours, minutes, type Sandbox } from "./sandbox";
import { choose, enterToken, forge, mailHosts, make, prepare, review, shortenTtl, stepDone, switchRecords, waitForTtl } from "./switch";
import { agree, checkUntil, connected, openRight, showPlan, signIn, stepOf } from "./verbs";

const VENDOR = /cf-emailsecurity\.net$/;
const refused = (page: Page, say: string | RegExp) => expect(page.getByRole("alert").getByText(say)).toBeVisible();
const stopped = async (page: Page, say: string | RegExp) => {
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(say).first()).toBeVisible();
};

/** Plans in two tabs: one is agreed to when the tenant has moved, the other when Cutover has seen that. */
async function planTwice(page: Page, href: string, plan: (page: Page) => Promise<void>): Promise<Page> {
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(href);
    await plan(tab);
  }
  return other;
}

async function planUndo(page: Page): Promise<void> {
  await page.getByRole("main").getByText("Undo", { exact: true }).click();
  await page.getByRole("button", { name: "Show the plan for the undo" }).click();
  await expect(page.getByRole("heading", { name: "Check before you take it back" })).toBeVisible();
}

/** Presses the plan's button without leaving the page, as it should turn out. */
async function agreeInVain(page: Page, customer: Customer): Promise<void> {
  const typed = page.getByLabel("Type the name of a domain this is about");
  if (await typed.isVisible()) await typed.fill(customer.domains[0] ?? "");
  await page.getByRole("button", { name: /^Change / }).click();
}

async function moveBack(sandbox: Sandbox, { id }: Customer, domain: string): Promise<() => Promise<unknown>> {
  const records = (await sandbox.state(id)).zones.find(({ name }) => name === domain)?.records ?? [];
  const exchange = `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
  const others = records.filter(({ type }) => type !== "MX");
  await sandbox.dns({ zone: domain, records: [...others, { name: domain, type: "MX", ttl: 300, preference: 0, exchange }] });
  return () => sandbox.dns({ zone: domain, records });
}

test("no gate opens before its time: not in the page, not in the action, not in the job", async ({ page, customer, sandbox }) => {
  test.setTimeout(420_000);
  const vanArsdel = await customer("cloudflare-dns");
  const [first = "", second = ""] = vanArsdel.domains;
  const connectors = async () => (await sandbox.state(vanArsdel.id)).exchange["InboundConnector"] ?? [];
  await connected(page, vanArsdel, sandbox);
  await enterToken(page, vanArsdel, sandbox);
  await prepare(page, vanArsdel, sandbox);

  await test.step("mail records before the old TTL has run out", async () => {
    await shortenTtl(page, vanArsdel, sandbox);
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await expect(page.getByText("Cannot start yet").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Show the plan" })).toHaveCount(0);
    await page.goto(stepOf(vanArsdel, "mx-ttl"));
    await forge(page, "Show the plan", { _step: "mx-records" });
    await refused(page, "This step needs “Shorten how long your mail records are remembered” first.");
    await waitForTtl(page, vanArsdel, sandbox);

    const other = await planTwice(page, stepOf(vanArsdel, "mx-records"), showPlan);
    await sandbox.dns({ zone: first, ttl: 3600 });
    await agree(page, vanArsdel);
    await stopped(page, "Its TTL is 1 hour.");
    await page.goto(stepOf(vanArsdel, "mx-ttl"));
    await expect(page.getByText("Its TTL is 1 hour.").first()).toBeVisible();
    await agreeInVain(other, vanArsdel);
    await refused(other, "This step needs “Shorten how long your mail records are remembered” first.");
    await other.close();
    for (const domain of [first, second])
      expect((await mailHosts(sandbox, vanArsdel, domain)).filter((host) => VENDOR.test(host))).toEqual([]);
  });

  await test.step("the lock before every domain has moved for three days", async () => {
    await sandbox.dns({ zone: first, ttl: 300 });
    await page.goto(stepOf(vanArsdel, "mx-ttl"));
    await expect(page.getByText("The earliest safe switch is").first()).toBeVisible();
    await waitForTtl(page, vanArsdel, sandbox);
    await switchRecords(page, vanArsdel, sandbox);
    await page.goto(stepOf(vanArsdel, "lock-down"));
    await page.getByRole("button", { name: "Show the plan" }).click();
    await refused(page, /less than 3 days ago/);
    await sandbox.advance(hours(73));
    await signIn(page, vanArsdel.admin);

    const other = await planTwice(page, stepOf(vanArsdel, "lock-down"), showPlan);
    const restore = await moveBack(sandbox, vanArsdel, second);
    await agree(page, vanArsdel);
    await stopped(page, /would be refused/);
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await expect(page.getByText(/^Changed since/).first()).toBeVisible();
    await agreeInVain(other, vanArsdel);
    await refused(other, "This step needs “Switch your mail records” first.");
    await other.close();
    expect(await connectors()).toHaveLength(1);
    await restore();
  });

  await test.step("turned on before somebody read what would be refused", async () => {
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await sandbox.advance(minutes(10));
    await checkUntil(page, stepDone(page));
    await sandbox.advance(hours(73));
    await signIn(page, vanArsdel.admin);
    await make(page, vanArsdel, sandbox, "lock-down");
    await choose(page, /^On\b/);
    await page.getByRole("button", { name: "Show the plan" }).click();
    await refused(page, "Nobody has looked at the mail that would be refused");
    expect((await connectors()).map((one) => one["Enabled"])).toEqual([true, false]);
  });

  await test.step("mail records back while the door is locked", async () => {
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await planUndo(page);
    await sandbox.edit(vanArsdel.id, "exchange.InboundConnector.1.Enabled", true); // a colleague locks the door meanwhile
    await sandbox.advance(minutes(1));
    await agree(page, vanArsdel);
    await stopped(page, /With the old records every message would bounce/);
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await page.getByRole("main").getByText("Undo", { exact: true }).click();
    await page.getByRole("button", { name: "Show the plan for the undo" }).click();
    await refused(page, /With the old records every message would bounce/);
    await page.goto(`${vanArsdel.home}/undo`);
    await expect(page.getByText(/^Waits: .*refuses all mail/).first()).toBeVisible();
    for (const domain of [first, second])
      expect((await mailHosts(sandbox, vanArsdel, domain)).every((host) => VENDOR.test(host))).toBe(true);
  });

  await test.step("each opens when its time has come", async () => {
    await review(page, vanArsdel);
    await page.goto(stepOf(vanArsdel, "lock-down"));
    await openRight(page);
    await expect(page.getByText(/^Locked by/)).toBeVisible();
  });
});
