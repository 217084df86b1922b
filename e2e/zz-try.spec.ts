import { expect, test } from "./fixtures";
import { agree, connected, isDone, showPlan, stepOf } from "./verbs";
test("try", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.screenshot({ path: "/tmp/shot1.png", fullPage: true });
  for (const step of ["mx-ttl", "allow-list"]) {
    await page.goto(stepOf(fabrikam, step));
    await expect(page.getByText("Last looked")).toBeVisible();
    console.log(await page.locator("body").ariaSnapshot());
    if (step === "allow-list") { await showPlan(page); console.log(await page.locator("main").ariaSnapshot());
    await agree(page, fabrikam); await isDone(page);  console.log(await page.locator("main").ariaSnapshot()); }
  }
  await page.goto(fabrikam.home);
  console.log(await page.locator("main").ariaSnapshot());
});
