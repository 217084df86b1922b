import { expect, test } from "./fixtures";
import { agree, connected, isDone, showPlan, stepOf } from "./verbs";

test("a tenant that moved after the plan stops the run before its first change and gets a new plan", async ({
  page,
  customer,
  sandbox,
}) => {
  const litware = await customer("wrong-addresses");
  await connected(page, litware, sandbox);
  await page.goto(stepOf(litware, "inbound-connector"));
  await showPlan(page);
  await sandbox.edit(litware.id, "exchange.InboundConnector.1.RequireTls", false);
  await sandbox.advance(60_000);
  await agree(page, litware);
  await expect(page.getByRole("heading", { name: "What it would be now" })).toBeVisible();
  await expect(page.getByRole("table", { name: /^Change inbound connector/i })).toContainText("TLS");
  const writes = (await sandbox.received(litware.id)).filter(({ cmdlet = "Get-" }) => !cmdlet.startsWith("Get-"));
  expect(writes).toEqual([]);

  await page.getByRole("link", { name: "Check the new plan" }).click();
  await agree(page, litware);
  await sandbox.advance(60_000);
  await isDone(page);
});
