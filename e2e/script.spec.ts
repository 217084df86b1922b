import { openConsole } from "./console";
import { expect, test } from "./fixtures";
import { minutes, settingsOf } from "./sandbox";
import { download, stepOf, upload, withoutAccess } from "./verbs";

test("without access: a script looks, a script changes, its file is judged, and a script takes it back", async ({
  page,
  customer,
  sandbox,
}) => {
  const fabrikam = await customer();
  await withoutAccess(page, fabrikam);
  await page.goto(`${fabrikam.home}/connect/choose-domains`);
  await page.getByRole("textbox", { name: "Which domains should be protected?" }).fill(fabrikam.domains.join(", "));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  const before = await sandbox.state(fabrikam.id);
  const run = await openConsole(sandbox, fabrikam);
  const look = async (step: string) => {
    await page.goto(`${step}?way=script`);
    await upload(page, await run(await download(page, "Download a script that only looks")));
    await expect(page.getByRole("status")).toContainText("The file was read");
  };

  await look(`${fabrikam.home}/connect/organization-customization`);
  await expect(page.getByText("Your organisation can be customised already.")).toBeVisible();
  const step = stepOf(fabrikam, "inbound-connector");
  await look(step);
  await expect(page.getByText("One setting is not as it should be.")).toBeVisible();

  await page.getByRole("button", { name: "Make the script for the changes" }).click();
  await expect(page.getByRole("heading", { name: "Check before you change" })).toBeVisible();
  const script = await download(page, /^Download(?! the undo kit)/);
  await page.getByRole("button", { name: "I run the script: start watching for it" }).click();
  await expect(page.getByText("Your turn").first()).toBeVisible();
  await upload(page, await run(script));
  await expect(page.getByRole("heading", { name: /^Done: / })).toBeVisible();
  expect((await sandbox.state(fabrikam.id)).exchange["InboundConnector"]).toHaveLength(1);
  await sandbox.advance(minutes(1)); // what was made shows after some seconds
  await look(step);
  await expect(page.getByText("Everything is as it should be.")).toBeVisible();
  await expect(page.getByText("From a file that")).toContainText(`${fabrikam.name} admin`);

  await page.getByRole("main").getByText("Undo", { exact: true }).click();
  await page.getByRole("button", { name: "Show the plan for the undo" }).click();
  await expect(page.getByRole("heading", { name: "Check before you take it back" })).toBeVisible();
  const back = await download(page, /^Download(?! the undo kit)/);
  await page.getByRole("button", { name: "I run the script: start watching for it" }).click();
  await expect(page.getByText("Your turn").first()).toBeVisible();
  await upload(page, await run(back));
  await expect(page.getByRole("heading", { name: /^Taken back: / })).toBeVisible();
  expect(settingsOf(await sandbox.state(fabrikam.id))).toEqual(settingsOf(before));
});
