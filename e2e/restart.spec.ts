import { customerOf, expect, listen, test } from "./fixtures";
import { minutes } from "./sandbox";
import { type House, openHouse } from "./server";
import { agree, connected, isDone, showPlan, stepOf } from "./verbs";

test.use({ expected: /Failed to load resource|ERR_/ });

let house: House;
test.beforeAll(async () => {
  house = await openHouse("data");
  await house.start();
});
test.afterAll(() => house.end());

test("killed in the middle of a run and started again, it makes nothing twice and has forgotten nothing", async ({
  browser,
  complaints,
}) => {
  test.setTimeout(150_000);
  const context = await browser.newContext({ baseURL: house.url });
  listen(context, complaints);
  const page = await context.newPage();
  const { sandbox } = house;
  const fabrikam = customerOf(await sandbox.tenant("fresh"));
  await connected(page, fabrikam, sandbox);
  await page.goto(stepOf(fabrikam, "inbound-connector"));
  await showPlan(page);
  await sandbox.fault({ tenant: fabrikam.id, service: "exchange", match: "New-InboundConnector", kind: "latency", ms: 3_000, times: 1 });
  await agree(page, fabrikam);
  await expect(page.getByText("Doing", { exact: true })).toBeVisible();
  await house.kill();

  const made = async () => (await sandbox.received(fabrikam.id)).filter(({ cmdlet }) => cmdlet === "New-InboundConnector");
  await expect.poll(made).toHaveLength(1); // Microsoft goes on with what it was asked
  await sandbox.advance(minutes(1));
  expect(await house.start()).toContain("took over the one that an earlier start left running");
  await page.reload();
  await isDone(page);
  expect(await made()).toHaveLength(1);
  expect((await sandbox.state(fabrikam.id)).exchange["InboundConnector"]).toHaveLength(1);

  await page.getByRole("link", { name: "Activity" }).click();
  const list = page.getByRole("main").getByRole("listitem");
  for (const said of ["began the setup", "gave Cutover access", "saved the settings", "agreed to 1 change", "made the changes"])
    await expect(list.filter({ hasText: said })).toHaveCount(1);
  await page.goto(`${fabrikam.home}/connect/choose-domains`);
  for (const domain of fabrikam.domains) await expect(page.getByRole("checkbox", { name: domain })).toBeChecked();
  await context.close();
});
