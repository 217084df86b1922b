import { expect, test } from "./fixtures";
import { connected, stepOf } from "./verbs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("settings made by hand at Microsoft are seen done after “check again”", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  const portal = await page.context().newPage();
  await portal.goto(`${sandbox.url}/portal/${fabrikam.id}`);
  const saved = (what: string) => expect(portal.getByRole("status")).toHaveText(`Saved: ${what}.`);
  const checkAgain = async () => {
    await sandbox.advance(10_000); // what Microsoft shows follows a change after some seconds
    await page.getByRole("link", { name: "I have done this, check again" }).click();
    await expect(page.getByRole("main").getByText("Done", { exact: true })).toBeVisible();
  };

  await page.goto(`${stepOf(fabrikam, "allow-list")}?way=hand`);
  await page.getByRole("button", { name: /^Copy all.*42 values/ }).click();
  await portal.getByLabel("Always allow messages from the following IP addresses").focus();
  await portal.keyboard.press("ControlOrMeta+V");
  await portal.getByRole("button", { name: "Save connection filter" }).click();
  await saved("Connection filter policy (Default)");
  await checkAgain();

  await page.goto(`${stepOf(fabrikam, "spf-hard-fail")}?way=hand`);
  await portal.getByLabel("SPF record: hard fail").selectOption("Off");
  await portal.getByRole("button", { name: "Save anti-spam policy" }).click();
  await saved("Anti-spam inbound policy (Default)");
  await checkAgain();

  await page.goto(`${stepOf(fabrikam, "inbound-connector")}?way=hand`);
  await page.getByRole("button", { name: /^Copy all.*42 values/ }).click();
  const form = portal.getByRole("group", { name: "Add a connector" });
  await form.getByLabel("Name", { exact: true }).fill("From the filter");
  await form.getByLabel("Verify that the IP address of the sending server").focus();
  await portal.keyboard.press("ControlOrMeta+V");
  await form.getByRole("button", { name: "Add connector" }).click();
  await saved("Inbound connectors");
  await checkAgain();

  const { exchange } = await sandbox.state(fabrikam.id);
  expect(exchange["InboundConnector"]?.map(({ Name }) => Name)).toEqual(["From the filter"]);
});
