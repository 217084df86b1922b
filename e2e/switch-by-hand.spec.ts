import type { Page } from "@playwright/test";
import { type Customer, expect, test } from "./fixtures";
import { minutes, type Sandbox } from "./sandbox";
import { prepareMicrosoft, shortenTtlByHand, stepDone, waitForTtl } from "./switch";
import { agree, checkUntil, connected, stepOf } from "./verbs";

const HOSTS = ["mxa.global.inbound.cf-emailsecurity.net", "mxb.global.inbound.cf-emailsecurity.net"] as const;

/** At the DNS host: the first record becomes the vendor's first, the second is added. */
async function switchByHand(page: Page, customer: Customer, sandbox: Sandbox, domain: string): Promise<void> {
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${customer.id}`);
  const zone = portal.getByRole("group", { name: domain, exact: true });
  await zone.getByLabel(`Value of MX ${domain}`, { exact: true }).fill(`10 ${HOSTS[0]}`);
  await zone.getByText(`Add a record to ${domain}`).click();
  await zone.getByLabel("Name", { exact: true }).fill(domain);
  await zone.getByRole("textbox", { name: "TTL (seconds)", exact: true }).fill("300");
  await zone.getByRole("textbox", { name: "Value", exact: true }).fill(`10 ${HOSTS[1]}`);
  await zone.getByRole("button", { name: `Save ${domain}`, exact: true }).click();
  await expect(portal.getByRole("status")).toHaveText("Saved: DNS records.");
  await portal.close();
}

test("without a Cloudflare token: the vendor's form on your word, mail records by hand, and the watch sees them", async ({
  page,
  customer,
  sandbox,
}) => {
  test.setTimeout(240_000);
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await shortenTtlByHand(page, fabrikam, sandbox);
  await prepareMicrosoft(page, fabrikam, sandbox);

  await page.goto(stepOf(fabrikam, "area1-domains"));
  await expect(page.getByText("Cutover can't see what Cloudflare knows of it.")).toHaveCount(fabrikam.domains.length);
  for (const domain of fabrikam.domains) await page.getByRole("checkbox", { name: domain }).first().check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Done, on your word").first()).toBeVisible();
  await expect(page.getByText(/^Entered at Cloudflare, by your word/)).toHaveCount(fabrikam.domains.length);

  await waitForTtl(page, fabrikam, sandbox);
  await page.goto(`${stepOf(fabrikam, "mx-records")}?way=hand`);
  await page.getByRole("button", { name: "List exactly what differs in this tenant" }).click();
  await expect(page.getByRole("heading", { name: "Check before you change" })).toBeVisible();
  await agree(page, fabrikam, /^I make these changes by hand$/);
  await expect(page.getByText("Your turn", { exact: true }).first()).toBeVisible();
  for (const domain of fabrikam.domains) await switchByHand(page, fabrikam, sandbox, domain);
  await sandbox.advance(minutes(10));
  await expect(page.getByRole("heading", { name: "Done: Switch your mail records" })).toBeVisible({ timeout: 30_000 });
  await page.goto(stepOf(fabrikam, "mx-records"));
  await sandbox.advance(minutes(10));
  await checkUntil(page, stepDone(page));
  await expect(page.getByText("and everybody we asked says so.")).toHaveCount(fabrikam.domains.length);
});
