import { expect, test } from "./fixtures";
import { account, back, connected, isDone, press } from "./verbs";

test("from sign-in to an agreed plan without a mouse", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.context().clearCookies();
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("link", { name: "Sign in with Microsoft" }));
  await expect(page.getByRole("heading", { name: "Pick an account" })).toBeVisible();
  await page.goto(`/auth/sign-in?${new URLSearchParams({ hint: fabrikam.admin })}`); // a picker of one company instead of all
  await press(page, account(page, fabrikam.admin));
  await back(page);

  const heading = page.getByRole("heading", { level: 1 });
  await press(page, page.getByRole("link", { name: "Turn off the hard SPF check" }));
  await expect(heading).toHaveText("Turn off the hard SPF check");
  await expect(heading).toBeFocused();
  await press(page, page.getByRole("button", { name: "Show the plan" }));
  await expect(heading).toHaveText("Check before you change");
  await expect(heading).toBeFocused();
  await press(page, page.getByRole("link", { name: "PowerShell" }));
  await expect(page.getByRole("figure", { name: "The script" })).toBeVisible();
  await press(page, page.getByRole("button", { name: /^Change 1 setting/ }), "Space");
  await expect(page).toHaveURL(/\/runs\//);
  await expect(heading).toBeFocused();
  await isDone(page);
});
