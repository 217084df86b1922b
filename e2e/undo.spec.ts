import { expect, test } from "./fixtures";
import { minutes, settingsOf } from "./sandbox";
import { agree, carryOut, connected, isDone, stepOf } from "./verbs";

test("what was changed is taken back, and the tenant is as it was before", async ({ page, customer, sandbox }) => {
  test.setTimeout(150_000);
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  const before = await sandbox.state(fabrikam.id);
  const steps = ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"];
  for (const step of steps) {
    await page.goto(stepOf(fabrikam, step));
    await carryOut(page, fabrikam, sandbox);
  }
  const after = await sandbox.state(fabrikam.id);
  expect(after.exchange["InboundConnector"]).toHaveLength(1);
  expect(after.exchange).not.toEqual(before.exchange);

  for (const step of steps.toReversed()) {
    await sandbox.advance(minutes(1));
    await page.goto(stepOf(fabrikam, step));
    await page.getByRole("main").getByText("Undo", { exact: true }).click();
    await page.getByRole("button", { name: "Show the plan for the undo" }).click();
    await expect(page.getByRole("heading", { name: "Check before you take it back" })).toBeVisible();
    await agree(page, fabrikam);
    await isDone(page);
  }
  expect(settingsOf(await sandbox.state(fabrikam.id))).toEqual(settingsOf(before));
});
