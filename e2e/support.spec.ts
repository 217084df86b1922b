import { expect, test } from "./fixtures";
import { agree, connected, isDone, showPlan, signIn, stepOf } from "./verbs";

const staff = "support.first@cutover-support.example";

test("the admin stops half-way; support finds the tenant, finishes the step, and the admin sees who did what", async ({
  page,
  customer,
  sandbox,
  elsewhere,
}) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.goto(stepOf(fabrikam, "spf-hard-fail"));
  await showPlan(page);

  const desk = await elsewhere();
  await signIn(desk, staff);
  await expect(desk.getByRole("heading", { name: "Queue" })).toBeVisible();
  await desk.getByLabel("Company or domain").fill(fabrikam.name);
  await desk.getByLabel("Order").selectOption("Latest activity first");
  await desk.getByRole("button", { name: "Show" }).click();
  const rows = desk.getByRole("row").filter({ hasText: "Fabrikam" });
  await expect(rows).toHaveCount(1);
  await desk.getByRole("link", { name: fabrikam.name }).click();

  const banner = desk.getByRole("complementary", { name: "Support visit" });
  await expect(banner).toContainText(`You are in ${fabrikam.name}’s setup as Support desk, first person`);
  await desk.goto(stepOf(fabrikam, "spf-hard-fail"));
  await showPlan(desk);
  await agree(desk, fabrikam);
  await isDone(desk);
  await expect(banner).toBeVisible();

  await page.getByRole("link", { name: "Activity" }).click();
  const done = page.getByRole("listitem").filter({ hasText: "agreed to 1 change" });
  await expect(done).toContainText("Support desk, first person");
  await expect(done).toContainText("Turn off the hard SPF check");
  await banner.getByRole("link", { name: "Leave" }).click();
  await expect(desk.getByRole("heading", { name: "Queue" })).toBeVisible();
});
