import { looksRight, withPhone } from "./axe";
import { expect, test } from "./fixtures";
import { chooseRegions, journalStep, onJournaling, uploadPeople } from "./journaling";
import {
  arrives,
  autoRetractPage,
  confirmIds,
  onMail,
  onRetraction,
  openWith,
  release,
  retractionStep,
  retractTo,
  SENDER,
  setTable,
  tableOf,
  turnOn,
} from "./retraction";
import { enterToken, make } from "./switch";
import { agree, connected, isDone, showPlan, signIn, stepOf } from "./verbs";

test.use({ expected: /status of 40[34]/ });
test.setTimeout(150_000);

test("axe finds nothing on the pages that everybody sees", async ({ page }) => {
  for (const path of ["/", "/guide", "/guide/inline/allow-list", "/sign-in", "/sign-in?problem=denied", "/signed-in", "/not-there"]) {
    await page.goto(path);
    await looksRight(page);
  }
});

test("axe finds nothing on the task list, the activity list, the people and every step", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  await page.goto(`${fabrikam.home}/connect/connect-tenant`);
  await looksRight(page);
  await connected(page, fabrikam, sandbox);
  const { home } = fabrikam;
  const steps = ["mx-ttl", "allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"].map((step) => stepOf(fabrikam, step));
  for (const path of [home, `${home}/activity`, `${home}/people`, `${home}/inline/not-there`, ...steps]) {
    await page.goto(path);
    await expect(page.getByText("looking again")).toBeHidden();
    await looksRight(page);
  }
});

test("axe finds nothing on the connecting steps and the three ways of a step", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  const connect = ["connect-tenant", "choose-domains", "organization-customization"].map((step) => `${fabrikam.home}/connect/${step}`);
  const ways = ["us", "script", "hand"].map((way) => `${stepOf(fabrikam, "spf-hard-fail")}?way=${way}`);
  for (const path of [...connect, ...ways]) {
    await page.goto(path);
    await expect(page.getByText("looking again")).toBeHidden();
    await looksRight(page);
  }
});

test("axe finds nothing on a plan in its three tabs, a run, and a refused form", async ({ page, customer, sandbox }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.goto(stepOf(fabrikam, "allow-list"));
  await showPlan(page);
  const plan = page.url();
  for (const view of ["changes", "powershell", "by-hand"]) {
    await page.goto(`${plan}?as=${view}`);
    await looksRight(page);
  }
  await agree(page, fabrikam);
  await isDone(page);
  await looksRight(page);
  await page.goto(`${fabrikam.home}/people`);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("alert").getByText("That is not a sign-in name.")).toBeVisible();
  await looksRight(page);
});

test("axe finds nothing for somebody who may not act, and for support", async ({ page, customer, elsewhere }) => {
  const fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  const colleague = await elsewhere();
  await signIn(colleague, fabrikam.employee);
  await looksRight(colleague);
  await colleague.goto("/support");
  await looksRight(colleague);
  const desk = await elsewhere();
  await signIn(desk, "support.second@cutover-support.example");
  await looksRight(desk);
  await desk.goto(fabrikam.home);
  await looksRight(desk);
});

test("axe finds nothing on the steps of the switch, the token, undo, test mail and what would be refused", async ({
  page,
  customer,
  sandbox,
}) => {
  const vanArsdel = await customer("cloudflare-dns");
  await connected(page, vanArsdel, sandbox);
  const { home } = vanArsdel;
  await page.goto(`${home}/cloudflare`);
  await looksRight(page);
  await enterToken(page, vanArsdel, sandbox);
  await looksRight(page);
  await make(page, vanArsdel, sandbox, "allow-list");
  const steps = ["message-handling", "area1-domains", "mx-records", "lock-down"].map((step) => stepOf(vanArsdel, step));
  const proof = `${home}/proof?${new URLSearchParams({ to: vanArsdel.employee })}`;
  for (const path of [...steps, `${home}/undo`, `${home}/rejected`, `${home}/proof`, proof]) {
    await page.goto(path);
    await expect(page.getByText("looking again")).toBeHidden();
    await looksRight(page);
  }
  await page.goto(`${home}/rejected`);
  await page.getByRole("button", { name: "Look at what would be refused" }).click();
  await expect(page.getByText("Finished", { exact: true })).toBeVisible();
  await looksRight(page);
});

test("axe finds nothing on the steps of journaling, and where people are picked by region", async ({ page, customer, sandbox }) => {
  const margiesTravel = await customer("overlap"); // lists that are there, and do not fit
  await onJournaling(page, margiesTravel, sandbox, "Cloudflare Email Security");
  await page.goto(margiesTravel.home);
  await looksRight(page);
  await chooseRegions(page, margiesTravel, sandbox, "Cloudflare Email Security", ["United States", "European Union"]);
  const steps = ["journal-connector", "undeliverable-reports", "journal-regions", "journal-rule", "journal-flow"];
  for (const step of steps) {
    await page.goto(journalStep(margiesTravel, step));
    await expect(page.getByText("looking again")).toBeHidden();
    await looksRight(page);
  }
  await page.goto(`${margiesTravel.home}/regions`);
  await looksRight(page);
  await page.getByRole("combobox", { name: "Name or mail address" }).pressSequentially("emp");
  await expect(page.getByRole("option").first()).toBeVisible();
  await looksRight(page);
  await uploadPeople(page, Buffer.from(`${margiesTravel.employee}\nnobody@stranger.example`));
  await expect(page.getByRole("table", { name: "Lines that can’t be taken" })).toBeVisible();
  await looksRight(page);
  await page.getByRole("button", { name: /^Save the good lines/ }).click();
  await expect(page.getByText("European Union: 1 person picked")).toBeVisible();
  await looksRight(page);
});

test("axe finds nothing on the steps of retraction, and on auto-retract before it is on, on, and off", async ({
  page,
  customer,
  sandbox,
}) => {
  const firstUp = await customer("retraction");
  await onRetraction(page, firstUp, sandbox, "area1");
  const step = retractionStep(firstUp, "retraction-authorization");
  for (const authorize of [false, true]) {
    if (authorize) await sandbox.authorize(firstUp.id, "area1");
    await page.goto(step);
    await expect(page.getByText("looking again")).toBeHidden();
    await looksRight(page, withPhone);
  }
  await confirmIds(page, firstUp, "area1");
  await page.goto(autoRetractPage(firstUp));
  await looksRight(page, withPhone);
  await setTable(page, firstUp, "area1", tableOf(1));
  await looksRight(page, withPhone);
  await arrives(sandbox, firstUp, { subject: "Offer" });
  await page.goto(autoRetractPage(firstUp));
  await expect(page.getByRole("button", { name: "Turn on auto-retract" })).toBeVisible();
  await looksRight(page, withPhone);
  await turnOn(page, firstUp);
  await looksRight(page, withPhone);
  await page.getByRole("button", { name: "Turn off auto-retract" }).click();
  await expect(page.getByText("Auto-retract is off", { exact: true })).toBeVisible();
  await looksRight(page, withPhone);
});

test("axe finds nothing where mail is searched, before there is a token and after, and for who may not look", async ({
  page,
  customer,
  sandbox,
  elsewhere,
}) => {
  const nodPublishers = await customer("hostile-mail");
  const { home } = nodPublishers;
  await signIn(page, nodPublishers.admin);
  for (const place of ["mail", "orders", "auto-retract"]) {
    await page.goto(`${home}/${place}`);
    await looksRight(page, withPhone);
  }
  await onMail(page, nodPublishers, sandbox);
  for (const path of [`${home}/people`, `${home}/mail?q=nothing+of+that+kind`, `${home}/quarantine`, `${home}/mail`]) {
    await page.goto(path);
    await looksRight(page, withPhone);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("checkbox", { name: "Choose all that are loaded" }).check();
  await looksRight(page, withPhone);
  const colleague = await elsewhere();
  await signIn(colleague, nodPublishers.exchangeAdmin);
  await colleague.goto(`${home}/mail`);
  await looksRight(colleague, withPhone);
});

test("axe finds nothing on a message, and on orders from the question to the end", async ({ page, customer, sandbox }) => {
  const nodPublishers = await customer("hostile-mail");
  const { home } = nodPublishers;
  await signIn(page, nodPublishers.admin);
  await onMail(page, nodPublishers, sandbox);
  const letter = { tenant: nodPublishers.id, from: SENDER, to: nodPublishers.employee, via: "mx" } as const;
  await sandbox.mail({ ...letter, subject: "Held", disposition: "MALICIOUS" });
  await sandbox.mail({ ...letter, subject: "A gift card", disposition: "SPAM" });
  await openWith(page, `${home}/mail`, "A gift card");
  await page.getByRole("link", { name: "A gift card" }).click();
  await expect(page.getByRole("heading", { name: "Its way" })).toBeVisible();
  await looksRight(page, withPhone);
  await page.getByRole("button", { name: "Retract…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await looksRight(page, withPhone);
  await page.keyboard.press("Escape");
  await retractTo(page, "Recoverable Items (purges)");
  await page.getByRole("button", { name: "Hard delete 1 message" }).click();
  await expect(page.getByRole("alert").getByText("Tick this, or choose another folder.")).toBeVisible();
  await looksRight(page, withPhone);
  await page.getByRole("checkbox", { name: /^I know that nobody gets/ }).check();
  await page.getByRole("button", { name: "Hard delete 1 message" }).click();
  await expect(page.getByText("1 message was hard deleted", { exact: true })).toBeVisible();
  await looksRight(page, withPhone);
  await page.goto(`${home}/quarantine`);
  await page.getByRole("link", { name: "Held" }).click();
  await release(page);
  await looksRight(page, withPhone);
  await page.goto(`${home}/orders`);
  await looksRight(page, withPhone);
});
