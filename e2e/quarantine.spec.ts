import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures";
import { chosen, onMail, placesOf, release, SENDER, tick } from "./retraction";
import type { Disposition } from "./sandbox";
import { signIn } from "./verbs";

test.setTimeout(150_000);

/** What the vendor holds back in this story. */
const HELD: readonly (readonly [subject: string, disposition: Disposition])[] = [
  ["Newsletter one", "SPAM"],
  ["Newsletter two", "SPAM"],
  ["Newsletter three", "SPAM"],
  ["Your password ends today", "MALICIOUS"],
];

test("held mail is listed, looked at, kept as a file and released, one and many, malicious with a reason; all in the activity", async ({
  page,
  customer,
  sandbox,
}) => {
  const nodPublishers = await customer("hostile-mail"); // mail by MX, and a few dozen messages besides
  await sandbox.edit(nodPublishers.id, "cloudflare.domains.0.drop_dispositions", ["MALICIOUS", "SPAM"]);
  for (const [subject, disposition] of HELD)
    await sandbox.mail({ tenant: nodPublishers.id, from: SENDER, to: nodPublishers.employee, subject, disposition, via: "mx" });
  for (const [subject] of HELD) expect(await placesOf(sandbox, nodPublishers, subject)).toEqual([]);
  await signIn(page, nodPublishers.admin);
  await onMail(page, nodPublishers, sandbox);
  const main = page.getByRole("main");
  const list = `${nodPublishers.home}/quarantine?${new URLSearchParams({ sender: SENDER })}`;

  await test.step("listed and searched", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Mail", exact: true }).click();
    await page.getByRole("link", { name: "Quarantine" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Quarantine" })).toBeVisible();
    await page.getByLabel("Sender", { exact: true }).fill(SENDER);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL(/\/quarantine\?sender=/);
    await expect(page.getByRole("grid", { name: "Messages" }).getByRole("link")).toHaveCount(HELD.length);
  });

  await test.step("looked at as a picture, and kept as a file", async () => {
    await page.getByRole("link", { name: "Newsletter one" }).click();
    await expect(page.getByRole("img", { name: "The message as the vendor drew it" })).toBeVisible();
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as .eml" }).click();
    const file = await begun;
    expect(file.suggestedFilename()).toMatch(/^message-[\w-]+\.eml$/);
    expect(await readFile(await file.path(), "utf8")).toContain("Subject: Newsletter one");
  });

  await test.step("one is released from its own page", async () => {
    await release(page);
    await expect(
      main.getByText(/^1 message will be released from the quarantine and delivered; a release cannot be taken back/),
    ).toBeVisible();
    await expect(page.getByLabel("Why they are released")).toBeHidden();
    await page.getByRole("button", { name: "Release 1 message" }).click();
    await expect(main.getByText("1 message was released", { exact: true })).toBeVisible();
    expect(await placesOf(sandbox, nodPublishers, "Newsletter one")).toHaveLength(1);
    await page.goto(list);
    await expect(page.getByRole("grid", { name: "Messages" }).getByRole("link")).toHaveCount(HELD.length - 1);
  });

  await test.step("several at once; a malicious one among them is not released without a reason", async () => {
    for (const [subject] of HELD.slice(1)) await tick(page, subject);
    await expect(chosen(page)).toContainText("3 messages chosen");
    await release(page);
    await page.getByRole("button", { name: "Release 3 messages" }).click();
    await expect(page.getByRole("alert").getByText("Write why they are released.")).toBeVisible();
    expect(await placesOf(sandbox, nodPublishers, "Your password ends today")).toEqual([]);
    await page.getByLabel("Why they are released").fill("A drill of the security team.");
    await page.getByRole("button", { name: "Release 3 messages" }).click();
    await expect(main.getByText("3 messages were released", { exact: true })).toBeVisible();
    await expect(main.getByText("Reason: “A drill of the security team.”")).toBeVisible();
    for (const [subject] of HELD) expect(await placesOf(sandbox, nodPublishers, subject)).toHaveLength(1);
    await page.goto(list);
    await expect(page.getByText("No message matches.")).toBeVisible();
  });

  await test.step("all of it is in the activity", async () => {
    await page.goto(`${nodPublishers.home}/activity`);
    for (const said of [
      `searched the quarantine (sender ${SENDER})`,
      "opened the message",
      "saw the picture of the message",
      "downloaded the message",
      "agreed to release 1 message",
      "released 1 of 1 message",
      "agreed to release 3 messages",
      "released 3 of 3 messages",
    ])
      await expect(page.getByRole("listitem").filter({ hasText: said }).first()).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "A drill of the security team." })).toBeVisible();
  });
});
