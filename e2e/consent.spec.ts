import { type Customer, expect, test } from "./fixtures";
import { account, signIn } from "./verbs";

let fabrikam: Customer;

test.beforeEach(async ({ page, customer }) => {
  fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  await page.goto(`${fabrikam.home}/connect/connect-tenant`);
  await page.getByRole("button", { name: "Give access at Microsoft" }).click();
});

test("consent that was cancelled says so, and can be begun again", async ({ page }) => {
  await account(page, fabrikam.admin).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Consent was cancelled, so nothing was granted.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Give access at Microsoft" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Cutover has access" })).toBeHidden();
});

test("consent given for another company's tenant opens neither", async ({ page, customer, sandbox }) => {
  const other = await customer();
  await page.reload();
  await account(page, other.admin).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("Consent was given for another organisation than the one you signed in with.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Give access at Microsoft" })).toBeVisible();
  const asked = await sandbox.received(other.id);
  expect(asked.filter(({ service }) => service === "graph" || service === "exchange")).toEqual([]);
});

test("an account that may not consent is told who can", async ({ page }) => {
  await account(page, fabrikam.employee).click();
  await expect(page.getByRole("heading", { name: "Need admin approval" })).toBeVisible();
  await page.getByRole("button", { name: "Return to the application without granting consent" }).click();
  await expect(page.getByText("The account that was used may not give consent for the organisation.")).toBeVisible();
  await expect(page.getByText("Ask a Global Administrator or a Privileged Role Administrator")).toBeVisible();
});
