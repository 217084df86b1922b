import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures";
import { arrives, chosen, inBoth, inTime, onMail, openWith, peopleOf, placesOf, retractTo, row, tick } from "./retraction";
import { account, back, press, signIn } from "./verbs";

test.setTimeout(150_000);

const OFFERS = ["Offer one", "Offer two", "Offer three", "Offer four"] as const;
const [ONE, TWO, THREE, FOUR] = OFFERS;

test("searched, three chosen, retracted to soft delete, and put back", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  await sandbox.authorize(firstUp.id, "cloudflare");
  for (const subject of OFFERS) await arrives(sandbox, firstUp, { subject });
  await signIn(page, firstUp.admin);
  await onMail(page, firstUp, sandbox);
  const main = page.getByRole("main");

  await test.step("found by a word, and three of them chosen", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Mail", exact: true }).click();
    await page.getByLabel("Words", { exact: true }).fill("Offer");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL(/\/mail\?q=Offer$/);
    await openWith(page, page.url(), FOUR);
    for (const subject of [ONE, TWO, THREE]) await tick(page, subject);
    await expect(chosen(page)).toContainText("3 messages chosen");
  });

  await test.step("what will be is said before anything is done", async () => {
    await retractTo(page, "Recoverable Items (deletions)");
    await expect(
      main.getByText(/^3 messages will be moved to Recoverable Items \(deletions\): the people who got them find them/),
    ).toBeVisible();
    await expect(main.getByText("Nothing has been done yet.")).toBeVisible();
    expect(await sandbox.moves(firstUp.id)).toEqual([]);
    await page.getByRole("button", { name: "Move 3 messages to Recoverable Items (deletions)" }).click();
    await expect(main.getByText("3 messages were moved to Recoverable Items (deletions)", { exact: true })).toBeVisible();
    for (const person of peopleOf(firstUp)) await expect(main.getByText(`${person}: `)).toHaveCount(3);
  });

  await test.step("the mailboxes have changed, and nobody else's message", async () => {
    for (const subject of [ONE, TWO, THREE]) expect(await placesOf(sandbox, firstUp, subject)).toEqual(inBoth("RecoverableItemsDeletions"));
    expect(await placesOf(sandbox, firstUp, FOUR)).toEqual(inBoth("Inbox"));
  });

  await test.step("put back, by an order that asks as well", async () => {
    await page.getByRole("button", { name: "Put back what was moved" }).click();
    await expect(main.getByText(/^3 messages will be moved to the Inbox/)).toBeVisible();
    await page.getByRole("button", { name: "Move 3 messages to the Inbox" }).click();
    await expect(main.getByText("3 messages were moved to the Inbox", { exact: true })).toBeVisible();
    for (const subject of OFFERS) expect(await placesOf(sandbox, firstUp, subject)).toEqual(inBoth("Inbox"));
  });

  await test.step("the activity says who did what, and the message's own log does", async () => {
    await page.goto(`${firstUp.home}/activity`);
    for (const said of [
      "searched mail trace",
      "agreed to move 3 messages to Recoverable Items (deletions)",
      "moved 3 of 3 messages to Recoverable Items (deletions)",
      "moved 3 of 3 messages to Inbox",
    ])
      await expect(page.getByRole("listitem").filter({ hasText: said }).first()).toBeVisible();
    await page.goto(`${firstUp.home}/mail?q=Offer`);
    await page.getByRole("link", { name: ONE }).click();
    const log = page.getByRole("table", { name: "What was done with the message" });
    await expect(log.getByRole("row", { name: /Moved to Recoverable Items \(deletions\)/ })).toHaveCount(2);
    await expect(log.getByRole("row", { name: /Moved to Inbox/ })).toHaveCount(2);
  });
});

test("one message cannot be moved because the person moved it: shown, tried again, explained", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  await sandbox.authorize(firstUp.id, "cloudflare");
  const [sales] = peopleOf(firstUp);
  const moved = await arrives(sandbox, firstUp, { subject: ONE });
  for (const subject of [TWO, THREE]) await arrives(sandbox, firstUp, { subject });
  await sandbox.moveByHand(firstUp.id, { messageId: moved, address: sales, folder: "RecoverableItemsDeletions" });
  await signIn(page, firstUp.admin);
  await onMail(page, firstUp, sandbox);
  const main = page.getByRole("main");
  await openWith(page, `${firstUp.home}/mail?q=Offer`, THREE);
  for (const subject of [ONE, TWO, THREE]) await tick(page, subject);
  await retractTo(page, "Junk Email");
  await page.getByRole("button", { name: "Move 3 messages to Junk Email" }).click();

  const failed = main.getByRole("listitem").filter({ has: page.getByRole("link", { name: ONE }) });
  await test.step("it is shown in which mailbox, why, and what to do; the others are done", async () => {
    await expect(main.getByText("Waiting to try again what failed", { exact: true })).toBeVisible();
    await expect(main.getByText("2 of 3 messages done, 1 failed so far.")).toBeVisible();
    await expect(failed).toContainText(`${sales}: It is not where it was delivered: the person moved or deleted it, or a rule did.`);
    await expect(failed).toContainText("Ask the person, or search the mailbox with Content search in Microsoft Purview.");
    await expect(failed).toContainText("It is tried again by itself");
    expect(await placesOf(sandbox, firstUp, ONE)).toEqual(["finance: Junk", "sales: RecoverableItemsDeletions"]);
    expect(await placesOf(sandbox, firstUp, TWO)).toEqual(inBoth("Junk"));
  });

  await test.step("tried again, it fails again as long as it lies there, and works when the person has put it back", async () => {
    await page.getByRole("button", { name: "Try the one that failed again" }).click();
    const asked = async () => (await sandbox.moves(firstUp.id)).filter(({ recipient, success }) => recipient === sales && !success).length;
    await expect.poll(asked).toBe(2);
    await expect(main.getByText("Waiting to try again what failed", { exact: true })).toBeVisible();
    await sandbox.moveByHand(firstUp.id, { messageId: moved, address: sales, folder: "Inbox" });
    await inTime(sandbox, () =>
      expect(main.getByText("3 messages were moved to Junk Email", { exact: true })).toBeVisible({ timeout: 3_000 }),
    );
    expect(await placesOf(sandbox, firstUp, ONE)).toEqual(inBoth("Junk"));
  });
});

test("all of a search at once, with progress; more than a thousand are refused in words", async ({ page, customer, sandbox }) => {
  const messenger = await customer("busy-mail");
  await signIn(page, messenger.admin);
  await onMail(page, messenger, sandbox);
  const main = page.getByRole("main");

  await test.step("too many", async () => {
    await page.goto(`${messenger.home}/mail?disposition=BULK`);
    await page.getByRole("checkbox", { name: "Choose all that are loaded" }).check();
    await chosen(page)
      .getByRole("button", { name: /all of this search/ })
      .click();
    await expect(chosen(page)).toContainText("All messages of this search chosen");
    await page.getByRole("button", { name: "Retract…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("dialog").getByText("At most 1,000 messages go in one order.")).toBeVisible();
  });

  await test.step("hundreds", async () => {
    await page.goto(`${messenger.home}/mail?disposition=SPOOF`);
    await page.getByRole("checkbox", { name: "Choose all that are loaded" }).check();
    await chosen(page)
      .getByRole("button", { name: /all of this search/ })
      .click();
    await retractTo(page, "Junk Email");
    const act = page.getByRole("button", { name: /^Move \d{3} messages to Junk Email$/ });
    const total = Number(/\d{3}/.exec((await act.textContent()) ?? "")?.[0]);
    expect(total).toBeGreaterThan(400);
    // A hundred at a time, each as slow as the vendor may be on a busy day.
    await sandbox.fault({ tenant: messenger.id, service: "cloudflare", kind: "latency", match: "investigate/move", ms: 1_500 });
    await act.click();
    await expect(page.getByRole("progressbar", { name: "Messages done" })).toBeVisible();
    await expect(main.getByText(new RegExp(`^[1-9]\\d* of ${total} messages done`))).toBeVisible();
    await expect(main.getByText(new RegExp(`^(\\d+ of )?${total} messages were moved to Junk Email$`))).toBeVisible({ timeout: 60_000 });
    // What went to a list has no mailbox of its own, and says so.
    const said = (await main.getByText(/failed in at least one mailbox/).allTextContents()).join("");
    const failed = Number(/^\d+/.exec(said)?.[0] ?? 0);
    const moves = await sandbox.moves(messenger.id);
    expect(new Set(moves.filter(({ success }) => success).map(({ messageId }) => messageId)).size).toBeGreaterThanOrEqual(total - failed);
    expect(new Set(moves.map(({ messageId, recipient }) => `${messageId} ${recipient}`)).size).toBe(moves.length);
  });
});

test("a search is its address: shared, opened elsewhere, and there again with the back button", async ({
  page,
  customer,
  sandbox,
  elsewhere,
}) => {
  const messenger = await customer("busy-mail");
  await signIn(page, messenger.admin);
  await onMail(page, messenger, sandbox);
  await page.goto(`${messenger.home}/mail`);
  const [domain = ""] = messenger.domains;
  await page.getByLabel("Recipient", { exact: true }).fill(`person-00001@${domain}`);
  await page.getByText("More fields").click();
  await page.getByLabel("Show", { exact: true }).selectOption("All mail, also clean");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/\/mail\?recipient=person-00001%40[\w.-]+&all=yes$/);
  const rows = page.getByRole("grid", { name: "Messages" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  const shared = page.url();
  const first = (await rows.nth(1).getByRole("link").textContent()) ?? "";

  await test.step("with the back button the list is as it was left", async () => {
    await rows.nth(2).getByRole("checkbox").check();
    await rows.nth(1).getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1, name: "Message" })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(shared);
    await expect(rows.nth(2).getByRole("checkbox")).toBeChecked();
    await expect(chosen(page)).toContainText("1 message chosen");
  });

  await test.step("a colleague who may read mail sees the same, after signing in", async () => {
    const colleague = await elsewhere();
    await colleague.goto(shared);
    await colleague.goto(
      `/auth/sign-in?${new URLSearchParams({ hint: messenger.admin, returnTo: new URL(shared).pathname + new URL(shared).search })}`,
    );
    await account(colleague, messenger.admin).click();
    await back(colleague);
    await expect(colleague).toHaveURL(shared);
    await expect(colleague.getByRole("grid", { name: "Messages" }).getByRole("row").nth(1).getByRole("link")).toHaveText(first);
  });
});

test("chosen, opened and retracted without a mouse", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  await sandbox.authorize(firstUp.id, "cloudflare");
  for (const subject of OFFERS) await arrives(sandbox, firstUp, { subject });
  await signIn(page, firstUp.admin);
  await onMail(page, firstUp, sandbox);
  await openWith(page, `${firstUp.home}/mail`, FOUR);

  await test.step("to the search and into the list", async () => {
    // Rows are there before the keys are: pressed again, as a person would.
    await expect(async () => {
      await page.keyboard.press("/");
      await expect(page.getByLabel("Words", { exact: true })).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await page.keyboard.type("Offer");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=Offer$/);
    await expect(row(page, FOUR)).toBeVisible();
    await press(page, row(page, FOUR), "Space");
    await expect(row(page, FOUR)).toHaveAttribute("aria-selected", "true");
  });

  await test.step("up and down, a stretch, and a message opened", async () => {
    await page.keyboard.press("ArrowDown");
    await expect(row(page, THREE)).toBeFocused();
    await page.keyboard.press("j");
    await expect(row(page, TWO)).toBeFocused();
    await page.keyboard.press("Shift+ArrowDown");
    await expect(row(page, ONE)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Message" })).toBeVisible();
    await page.goBack();
    await expect(row(page, ONE)).toBeVisible();
    await expect(chosen(page)).toContainText("messages chosen");
  });

  await test.step("none, two again, and the order", async () => {
    await press(page, row(page, ONE), "Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Message" })).toBeVisible();
    await press(page, page.getByRole("button", { name: "Retract…" }));
    const asking = page.getByRole("dialog", { name: "Retract: 1 message" });
    await expect(asking).toBeVisible();
    await press(page, asking.getByRole("button", { name: "Go on" }));
    await press(page, page.getByRole("button", { name: "Move 1 message to Deleted Items" }));
    await expect(page.getByRole("main").getByText("1 message was moved to Deleted Items", { exact: true })).toBeVisible();
    expect(await placesOf(sandbox, firstUp, ONE)).toEqual(inBoth("DeletedItems"));
  });
});

test("a search as a file for a spreadsheet, and columns that are remembered", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  for (const subject of [ONE, '=HYPERLINK("https://stranger.example")']) await arrives(sandbox, firstUp, { subject });
  await signIn(page, firstUp.admin);
  await onMail(page, firstUp, sandbox);
  await openWith(page, `${firstUp.home}/mail`, "HYPERLINK");
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  const file = await readFile(await (await begun).path(), "utf8");
  expect(file.trim().split("\r\n")).toHaveLength(3);
  expect(file).toContain(ONE);
  expect(file).toContain(`"'=HYPERLINK(`); // a spreadsheet would do what it says

  const heads = page.getByRole("columnheader");
  await expect(heads.filter({ hasText: "Alert ID" })).toHaveCount(0);
  await page.getByText("Columns", { exact: true }).click();
  const remembered = page.waitForResponse((answer) => answer.url().includes("/mail/columns"));
  await page.getByRole("checkbox", { name: "Alert ID" }).check();
  await expect(heads.filter({ hasText: "Alert ID" })).toBeVisible();
  await remembered;
  await page.reload();
  await expect(heads.filter({ hasText: "Alert ID" })).toBeVisible();
  await page.goto(`${firstUp.home}/mail?q=Offer`);
  await expect(heads.filter({ hasText: "Alert ID" })).toBeVisible();
});
