import { expect, test } from "./fixtures";
import { account, connected } from "./verbs";

test("a session that ends in the middle of a form loses nothing that was typed", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.goto(`${fabrikam.home}/connect/choose-domains`);
  const field = page.getByRole("textbox", { name: "Who looks after your DNS?" });
  await field.fill("Web team, on the second floor");
  await page.getByRole("radio", { name: /^Area 1/ }).check();

  const other = await page.context().newPage();
  await other.goto("/guide");
  await other.getByText("admin", { exact: false }).first().click();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other.getByRole("link", { name: "Sign in with Microsoft" })).toBeVisible();

  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").getByText("Your session has ended. Nothing was changed.")).toBeVisible();
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Sign in again in a new tab" }).click();
  const tab = await opened;
  await account(tab, fabrikam.admin).click();
  await expect(tab.getByRole("heading", { name: "You are signed in" })).toBeVisible();

  await expect(field).toHaveValue("Web team, on the second floor");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await page.reload();
  await expect(field).toHaveValue("Web team, on the second floor");
  await expect(page.getByRole("radio", { name: /^Area 1/ })).toBeChecked();
});
