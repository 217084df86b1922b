import { test } from "./days";
import { expect } from "./fixtures";
import { hours, minutes } from "./sandbox";
import { choose, enterToken, make, prepare, review, shortenTtl, stepDone, waitForTtl } from "./switch";
import { agree, checkUntil, connected, download, isDone, openRight, showPlan, signIn, stepOf } from "./verbs";

test("from the first sign-in to the locked door, and everything back to how it was", async ({ page, customer, sandbox }) => {
  test.setTimeout(420_000);
  const vanArsdel = await customer("cloudflare-dns");
  const [first = ""] = vanArsdel.domains;
  const before = await sandbox.snapshot(vanArsdel.id);
  await connected(page, vanArsdel, sandbox);
  await enterToken(page, vanArsdel, sandbox);

  await test.step("an undo kit before the first change, then the old TTL is waited out", async () => {
    await page.goto(stepOf(vanArsdel, "mx-ttl"));
    await showPlan(page);
    expect(await download(page, "Download the undo kit")).toContain(first);
    await shortenTtl(page, vanArsdel, sandbox);
    await expect(page.getByText(/^(1 h|\d+ min).* left$/).first()).toBeVisible();
    await waitForTtl(page, vanArsdel, sandbox);
  });

  await test.step("Microsoft 365 and the vendor are prepared", () => prepare(page, vanArsdel, sandbox));

  await test.step("the mail records are switched, and watched until everybody says so", async () => {
    await page.goto(stepOf(vanArsdel, "mx-records"));
    await showPlan(page);
    await agree(page, vanArsdel);
    await isDone(page);
    await page.getByRole("link", { name: "See the step" }).click();
    await expect(page.getByText("The new records are there, and are spreading.")).toHaveCount(2);
    await page.getByText("Mail me when this is done").click();
    await page.getByRole("button", { name: "Mail me", exact: true }).click();
    await expect(page.getByRole("status")).toContainText("gets a mail when this is done");
    await sandbox.advance(minutes(10));
    await expect(page.getByText("and everybody we asked says so.")).toHaveCount(2); // the watch sees it: nobody presses anything
    await expect.poll(async () => (await sandbox.outbox()).filter(({ to }) => to.includes(vanArsdel.admin))).toHaveLength(1);
  });

  await test.step("test mail comes the new way, and straight in as well", async () => {
    await page.goto(`${vanArsdel.home}/proof`);
    await page.getByLabel("A mailbox of yours").fill(vanArsdel.employee);
    await page.getByRole("button", { name: "Show what will be sent" }).click();
    await page.getByRole("button", { name: /^Send two test messages/ }).click();
    await expect(page.getByRole("figure", { name: /By your mail records/ })).toContainText("Delivered");
    await expect(page.getByRole("figure", { name: /Straight at Microsoft/ })).toContainText("the door is open");
  });

  await test.step("the door waits for its time, and for somebody who read what it would refuse", async () => {
    await page.goto(stepOf(vanArsdel, "lock-down"));
    await expect(page.getByText("less than 3 days ago").first()).toBeVisible();
    await sandbox.advance(hours(72));
    await sandbox.mail({
      tenant: vanArsdel.id,
      to: vanArsdel.employee,
      from: `printer@${first}`,
      subject: "Scan",
      via: "direct",
      fromIp: "198.51.100.20",
    });
    await sandbox.advance(hours(1));
    await signIn(page, vanArsdel.admin, vanArsdel.home); // a session does not last for days
    await review(page, vanArsdel);
    await expect(page.getByText("198.51.100.").first()).toBeVisible();
  });

  await test.step("the lock is made turned off, and turned on as a second change", async () => {
    await make(page, vanArsdel, sandbox, "lock-down");
    const connectors = async () => (await sandbox.state(vanArsdel.id)).exchange["InboundConnector"] ?? [];
    expect((await connectors()).map((one) => one["Enabled"])).toEqual([true, false]);
    await choose(page, /^On\b/);
    await make(page, vanArsdel, sandbox, "lock-down");
    expect((await connectors()).map((one) => one["Enabled"])).toEqual([true, true]);
    await sandbox.advance(hours(1.1));
    await checkUntil(page, stepDone(page));
    await openRight(page);
    await expect(page.getByText("Mail from outside is refused: 550").first()).toBeVisible();
    const knock = await sandbox.mail({
      tenant: vanArsdel.id,
      to: vanArsdel.employee,
      from: "x@example.net",
      subject: "Hello",
      via: "direct",
    });
    expect(JSON.stringify(knock)).toContain("5.7.51");
  });

  await test.step("everything is taken back in one plan, part after part, as soon as each may go", async () => {
    const waitsFor = (why: string | RegExp) => expect(page.getByRole("main").getByText(why)).toBeVisible({ timeout: 30_000 });
    await page.goto(`${vanArsdel.home}/undo`);
    await page.getByRole("button", { name: "Show the plan to take everything back" }).click();
    await expect(page.getByRole("heading", { name: "Check before you take it back" })).toBeVisible();
    await agree(page, vanArsdel);
    await waitsFor(/does not show it yet|everywhere again by/); // reads follow late
    await sandbox.advance(minutes(6));
    await waitsFor("Microsoft takes mail from everywhere again by");
    await sandbox.advance(hours(1.1));
    await waitsFor(/do not agree yet|Servers may remember until/); // so does a name server
    await sandbox.advance(minutes(16)); // the longer a run has waited, the more patient it is
    await waitsFor("Servers may remember until");
    await sandbox.advance(hours(1.1));
    await isDone(page);
    await sandbox.advance(minutes(10));
    expect(await sandbox.differences(vanArsdel.id, before)).toEqual([]);
    await page.goto(`${vanArsdel.home}/undo`);
    await expect(page.getByText("there is nothing to take back")).toBeVisible();
  });
  expect((await sandbox.received(vanArsdel.id)).filter(({ status }) => status === 400)).toEqual([]); // nothing the contracts do not know
});
