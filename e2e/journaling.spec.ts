import { looksRight } from "./axe";
import { expect, test } from "./fixtures";
import {
  addAtVendor,
  chooseRegions,
  journalStep,
  make,
  membersOf,
  onJournaling,
  processed,
  reportsOf,
  save,
  send,
  sendUndeliverableTo,
  serviceAddress,
  sortByLocation,
  undoEverything,
  uploadPeople,
} from "./journaling";
import { minutes } from "./sandbox";
import { enterToken } from "./switch";
import { checkUntil, download, openRight, showPlan } from "./verbs";

test.setTimeout(240_000);

const OUTSIDE = "somebody@stranger.example";
/** Belongs to nobody in the tenant, and its domain takes mail. */
const ARCHIVE = "undeliverable@mail-archive.example";
const EU_HOST = "mailstream-eu1.mxrecord.io";
const US_HOST = "journaling.mxrecord.io";

test("one region, with a gateway for outgoing mail: reports take a way of their own, are counted, and all of it is taken back", async ({
  page,
  customer,
  sandbox,
}) => {
  const fourthCoffee = await customer("outbound-gateway");
  await addAtVendor(page, fourthCoffee, sandbox);
  const before = await sandbox.snapshot(fourthCoffee.id);
  await onJournaling(page, fourthCoffee, sandbox, "Cloudflare Email Security");
  await enterToken(page, fourthCoffee, sandbox, true);
  const address = await serviceAddress(page, fourthCoffee, sandbox, "Cloudflare Email Security", "United States");
  const main = page.getByRole("main");

  await test.step("the connector is made and validated", async () => {
    await chooseRegions(page, fourthCoffee, sandbox, "Cloudflare Email Security", ["United States"]);
    await openRight(main);
    await expect(main.getByText("they need a connector of their own")).toBeVisible();
    await showPlan(page);
    await expect(main.getByText(address).first()).toBeVisible();
    await make(page, fourthCoffee, sandbox, "journal-connector");
    await openRight(main);
    await expect(main.getByText(`by sending to ${address}`)).toBeVisible();
  });

  await test.step("undeliverable reports have an address, and no lists are needed", async () => {
    await sendUndeliverableTo(page, fourthCoffee, sandbox, ARCHIVE);
    await page.goto(journalStep(fourthCoffee, "journal-regions"));
    await expect(main.getByText("One rule for everyone is enough")).toBeVisible();
  });

  await test.step("the rule is on: mail from outside is reported to the region's host and nowhere else, internal mail is not", async () => {
    await make(page, fourthCoffee, sandbox, "journal-rule");
    await page.goto(journalStep(fourthCoffee, "journal-flow"));
    await expect(main.getByText("The number of processed messages has not grown yet.")).toBeVisible();
    await send(sandbox, fourthCoffee, OUTSIDE, fourthCoffee.employee, "From outside");
    await send(sandbox, fourthCoffee, fourthCoffee.exchangeAdmin, fourthCoffee.employee, "Inside");
    expect(await reportsOf(sandbox, fourthCoffee, "From outside")).toEqual([{ address, host: US_HOST }]);
    expect(await reportsOf(sandbox, fourthCoffee, "Inside")).toEqual([]);
  });

  await test.step("the count grows, is drawn, and the report of a test message is found", async () => {
    expect(await processed(sandbox, fourthCoffee)).toBe(1);
    await page.getByLabel("A mailbox of yours").fill(fourthCoffee.employee);
    await page.getByRole("button", { name: "Send two test messages" }).click();
    await expect(main.getByText(`Two test messages go to ${fourthCoffee.employee} now.`)).toBeVisible();
    await expect.poll(() => processed(sandbox, fourthCoffee)).toBeGreaterThan(1);
    await sandbox.advance(minutes(1));
    await checkUntil(page, main.getByText(/^Its report came/));
    await expect(page.getByRole("img", { name: /^It grew: / })).toBeVisible();
    await looksRight(page);
  });

  await undoEverything(page, fourthCoffee, sandbox);
  expect(await sandbox.differences(fourthCoffee.id, before)).toEqual([]);
  expect((await sandbox.received(fourthCoffee.id)).filter(({ status }) => status === 400)).toEqual([]);
});

test("everybody in the EU: reports are processed there, and nowhere else", async ({ page, customer, sandbox }) => {
  const blueYonder = await customer("eu-only");
  const before = await sandbox.snapshot(blueYonder.id);
  await onJournaling(page, blueYonder, sandbox, "Area 1");
  const [address = ""] = await chooseRegions(page, blueYonder, sandbox, "Area 1", ["European Union"]);
  await expect(page.getByRole("main").getByText("no connector is needed")).toBeVisible();
  await sendUndeliverableTo(page, blueYonder, sandbox, ARCHIVE);
  await make(page, blueYonder, sandbox, "journal-rule");
  await send(sandbox, blueYonder, OUTSIDE, blueYonder.employee, "Into the EU");
  await send(sandbox, blueYonder, blueYonder.employee, OUTSIDE, "Out of the EU");
  await send(sandbox, blueYonder, blueYonder.exchangeAdmin, blueYonder.employee, "Inside");
  const there = [{ address, host: EU_HOST }];
  expect(await reportsOf(sandbox, blueYonder, "Into the EU")).toEqual(there);
  expect(await reportsOf(sandbox, blueYonder, "Out of the EU")).toEqual(there);
  expect(await reportsOf(sandbox, blueYonder, "Inside")).toEqual([]);
  await undoEverything(page, blueYonder, sandbox);
  expect(await sandbox.differences(blueYonder.id, before)).toEqual([]);
});

test("people of two regions: each in one list, each reported to their own region, and the lists go with the rest", async ({
  page,
  customer,
  sandbox,
}) => {
  const relecloud = await customer("regions");
  const [domain = ""] = relecloud.domains;
  const at = (part: string) => `${part}@${domain}`;
  const { exchange } = await sandbox.tenant("outbound-gateway");
  await sandbox.edit(relecloud.id, "exchange.OutboundConnector", exchange["OutboundConnector"]);
  const before = await sandbox.snapshot(relecloud.id);
  await onJournaling(page, relecloud, sandbox, "Cloudflare Email Security");
  const regions = ["United States", "European Union"] as const;
  const [us = "", eu = ""] = await chooseRegions(page, relecloud, sandbox, "Cloudflare Email Security", regions);
  await make(page, relecloud, sandbox, "journal-connector");
  await sendUndeliverableTo(page, relecloud, sandbox, ARCHIVE);

  await test.step("everybody is in exactly one list", async () => {
    await sortByLocation(page, relecloud, sandbox, ["DE", "FR"]);
    const american = (await membersOf(sandbox, relecloud, at("journaling-us"))) ?? [];
    const european = (await membersOf(sandbox, relecloud, at("journaling-eu"))) ?? [];
    expect(european.toSorted()).toEqual(["berlin.room", "berlin.sales", "berlin.support", "info", "paris.finance"].map(at));
    const others = ["admin", "austin.sales", "austin.support", "employee", "exchange.admin", "london.office"];
    expect(american.toSorted()).toEqual(others.map(at));
  });

  await test.step("mail of each region is reported there, and only there", async () => {
    await make(page, relecloud, sandbox, "journal-rule");
    await send(sandbox, relecloud, OUTSIDE, at("berlin.sales"), "To Berlin");
    await send(sandbox, relecloud, at("paris.finance"), OUTSIDE, "From Paris");
    await send(sandbox, relecloud, OUTSIDE, at("austin.sales"), "To Austin");
    await send(sandbox, relecloud, at("london.office"), OUTSIDE, "From London");
    await send(sandbox, relecloud, at("austin.sales"), at("berlin.sales"), "Inside");
    const [toEu, toUs] = [[{ address: eu, host: EU_HOST }], [{ address: us, host: US_HOST }]];
    expect(await reportsOf(sandbox, relecloud, "To Berlin")).toEqual(toEu);
    expect(await reportsOf(sandbox, relecloud, "From Paris")).toEqual(toEu);
    expect(await reportsOf(sandbox, relecloud, "To Austin")).toEqual(toUs);
    expect(await reportsOf(sandbox, relecloud, "From London")).toEqual(toUs);
    expect(await reportsOf(sandbox, relecloud, "Inside")).toEqual([]);
  });

  await undoEverything(page, relecloud, sandbox);
  expect(await sandbox.differences(relecloud.id, before)).toEqual([]);
});

test("a list that somebody else has worked on since stays, and it is said to stay", async ({ page, customer, sandbox }) => {
  const relecloud = await customer("regions");
  const [domain = ""] = relecloud.domains;
  await onJournaling(page, relecloud, sandbox, "Cloudflare Email Security");
  await chooseRegions(page, relecloud, sandbox, "Cloudflare Email Security", ["United States", "European Union"]);
  await sortByLocation(page, relecloud, sandbox, ["DE", "FR"]);

  const list = `journaling-eu@${domain}`;
  const colleague = await page.context().newPage();
  await colleague.goto(`${sandbox.url}/portal/${relecloud.id}`);
  const form = colleague.getByRole("group", { name: "journaling-eu" });
  const members = form.getByLabel(/^Members/);
  await members.fill(`${await members.inputValue()}\noffice@tax-adviser.example`);
  await form.getByRole("button", { name: "Save distribution list" }).click();
  await expect(colleague.getByRole("status")).toHaveText("Saved: Distribution lists.");
  await colleague.close();
  await sandbox.advance(minutes(1));

  await page.goto(journalStep(relecloud, "journal-regions"));
  await expect(page.getByText("office@tax-adviser.example").first()).toBeVisible();
  await undoEverything(page, relecloud, sandbox);
  expect(await membersOf(sandbox, relecloud, `journaling-us@${domain}`)).toBeNull();
  expect(await membersOf(sandbox, relecloud, list)).toContain("office@tax-adviser.example");
  await page.goto(`${relecloud.home}/undo`);
  await expect(page.getByRole("main").getByText(/“journaling-eu”.*somebody else has changed it since/)).toBeVisible();
});

test("a list of people with every kind of bad line: each line has its result, and nothing is half done", async ({
  page,
  customer,
  sandbox,
}) => {
  const relecloud = await customer("regions");
  const at = (part: string) => `${part}@${relecloud.domains[0] ?? ""}`;
  await onJournaling(page, relecloud, sandbox, "Cloudflare Email Security");
  await chooseRegions(page, relecloud, sandbox, "Cloudflare Email Security", ["United States", "European Union"]);
  await page.goto(journalStep(relecloud, "journal-regions"));
  await page.getByRole("link", { name: "Pick people one by one, by a list, or from a CSV file" }).click();
  await expect(page.getByRole("heading", { name: "People by region" })).toBeVisible();

  await test.step("one person is found while typing, and picked", async () => {
    await page.getByRole("combobox", { name: "Name or mail address" }).pressSequentially("Relecloud Berl");
    await page.getByRole("option", { name: /Berlin sales/ }).click();
    await page.getByRole("button", { name: "Pick", exact: true }).click();
    await expect(page.getByRole("main").getByText(`${at("berlin.sales")} is picked for European Union.`)).toBeVisible();
  });

  const bad = {
    "M\xfcnchen@example": "Has signs that can't be read",
    "not an address,eu": "Not a mail address",
    [`${at("austin.support")},mars`]: "There is no region of that name here",
    [`${at("nobody")},eu`]: "Not in your directory",
    "somebody@stranger.example,eu": "A guest, or somebody outside",
    [`${at("london.office")},us`]: "In this list for two regions",
    [`${at("london.office")},eu`]: "In this list for two regions",
    [`${at("PARIS.finance")},eu`]: "In this list before",
    '=HYPERLINK("https://stranger.example"),eu': "Not a mail address",
  };
  const good = ["Address,Region", `${at("paris.finance")},eu`, "", `"Austin sales" <${at("austin.sales")}>,us`];
  const file = [...good, ...Object.keys(bad)].join("\r\n");

  await test.step("every line has its result, and nothing is saved yet", async () => {
    await uploadPeople(page, Buffer.from(file, "latin1"));
    await expect(page.getByRole("main").getByText("2 people can be picked. 9 lines can’t be taken. Nothing is saved yet.")).toBeVisible();
    const rows = page.getByRole("table", { name: "Lines that can’t be taken" }).getByRole("row");
    for (const [i, say] of Object.values(bad).entries()) {
      await expect(rows.nth(i + 1)).toContainText(String(i + 5));
      await expect(rows.nth(i + 1)).toContainText(say);
    }
    const left = await download(page, "Download these lines");
    expect(left).toContain(`"'=HYPERLINK(`); // a spreadsheet would do what it says
    expect(left.trim().split("\r\n")).toHaveLength(10);
  });

  await test.step("the good ones are saved beside those who were picked", async () => {
    await page.getByRole("button", { name: "Save the good lines: 2 people" }).click();
    await expect(page.getByRole("main").getByText("Saved: 2 people picked.")).toBeVisible();
    await expect(page.getByText("European Union: 2 people picked")).toBeVisible();
    await expect(page.getByText("United States and everybody else: 1 person picked")).toBeVisible();
  });
});

test("ten thousand people by a file", async ({ page, customer, sandbox }) => {
  const datum = await customer("big-directory");
  const [domain = ""] = datum.domains;
  await onJournaling(page, datum, sandbox, "Cloudflare Email Security");
  await chooseRegions(page, datum, sandbox, "Cloudflare Email Security", ["United States", "European Union"]);
  const lines = Array.from({ length: 10_000 }, (_, i) => `person-${String(i + 1).padStart(5, "0")}@${domain},${i % 4 === 0 ? "us" : "eu"}`);
  await page.goto(`${datum.home}/regions`);
  await uploadPeople(page, Buffer.from(lines.join("\n")));
  const main = page.getByRole("main");
  await expect(main.getByText("10,000 people can be picked. Nothing is saved yet.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Save 10,000 people" }).click();
  await expect(main.getByText("Saved: 10,000 people picked.")).toBeVisible({ timeout: 30_000 });
  await expect(main.getByText("European Union: 7,500 people picked")).toBeVisible();
  await page.goto(journalStep(datum, "journal-regions"));
  await save(page); // the addresses that are suggested
  await expect(main.getByText("it makes the list with 7,500 people.")).toBeVisible();
});
