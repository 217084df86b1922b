import { expect, test } from "./fixtures";
import { hours, minutes } from "./sandbox";
import { account, back, carryOut, checkUntil } from "./verbs";

test("a newcomer, given only the address, walks the first eight steps to green", async ({ page, customer, sandbox }) => {
  test.setTimeout(150_000);
  const fabrikam = await customer();
  const goOn = (to: string) => page.getByRole("link", { name: `Continue: ${to}` }).click();
  await page.goto("/");
  await page.getByRole("link", { name: "Sign in with Microsoft" }).click();
  await account(page, fabrikam.admin).click();
  await back(page);

  await page.getByRole("link", { name: "Start: Connect your Microsoft 365 tenant" }).click();
  await page.getByRole("button", { name: "Give access at Microsoft" }).click();
  await account(page, fabrikam.admin).click();
  await page.getByLabel("Also assign the Exchange Administrator role").check();
  await page.getByRole("button", { name: "Accept" }).click();
  await back(page);
  await sandbox.advance(minutes(2)); // a role takes its time to be in effect
  await checkUntil(page, page.getByText("This step is right"));

  await goOn("Choose your domains");
  for (const domain of fabrikam.domains) await page.getByRole("checkbox", { name: domain }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await goOn("Allow your organisation to be customised");
  await expect(page.getByText("Your organisation can be customised already.")).toBeVisible();

  await goOn("Shorten how long your mail records are remembered");
  await expect(page.getByText("Its TTL is 1 hour.")).toHaveCount(fabrikam.domains.length);
  const step = page.url();
  await page.goto(`${sandbox.url}/portal/${fabrikam.id}`);
  for (const domain of fabrikam.domains) {
    await page.getByLabel(`TTL of MX ${domain}`, { exact: true }).fill("300");
    await page.getByRole("button", { name: `Save ${domain}`, exact: true }).click();
    await expect(page.getByRole("status")).toHaveText("Saved: DNS records.");
  }
  await page.goto(step);
  await expect(page.getByText("The earliest safe switch is")).toHaveCount(fabrikam.domains.length);
  await sandbox.advance(hours(1.1));
  await checkUntil(page, page.getByText("This step is right"));
  await expect(page.getByText("Nobody remembers the records of before any more.")).toHaveCount(fabrikam.domains.length);

  for (const title of [
    "Let Cloudflare's servers in",
    "Turn off the hard SPF check",
    "Tell Microsoft which servers bring your mail",
    "Let Microsoft see past Cloudflare",
  ]) {
    await goOn(title);
    await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
    await carryOut(page, fabrikam, sandbox);
  }
  await page.getByRole("link", { name: "Steps", exact: true }).click();
  await expect(page.getByText("8 of 12 steps done.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Continue: Choose what happens to each kind of mail" })).toBeVisible();
  expect((await sandbox.received(fabrikam.id)).filter(({ status }) => status === 400)).toEqual([]); // nothing the contracts do not know
});
