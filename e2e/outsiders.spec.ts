import { expect, test } from "./fixtures";
import { agree, connected, isDone, showPlan, signIn, stepOf } from "./verbs";

test.use({ expected: /status of 40[34]/ });

test("another company's pages, plans, runs, scripts and live events are not found", async ({ page, customer, sandbox, elsewhere }) => {
  const fabrikam = await customer();
  await connected(page, fabrikam, sandbox);
  await page.goto(stepOf(fabrikam, "spf-hard-fail"));
  await showPlan(page);
  const plan = new URL(page.url()).pathname;
  await agree(page, fabrikam);
  await isDone(page);
  const run = new URL(page.url()).pathname;

  const stranger = await elsewhere();
  const contoso = await customer();
  await signIn(stranger, contoso.admin);
  await expect(stranger.getByRole("heading", { name: /^Set up email security/ })).toBeVisible();
  const api = `/api${fabrikam.home}`;
  const live = [`/api${run}/live`, `/api${run}/live?once=1`, `${api}/steps/spf-hard-fail/live`];
  const files = [`/api${plan.replace("/plan/", "/plans/")}/script`, `${api}/steps/allow-list/script`, `${api}/steps/mx-ttl/calendar`];
  const pages = [fabrikam.home, stepOf(fabrikam, "allow-list"), plan, run, `${fabrikam.home}/activity`, `${fabrikam.home}/people`];
  for (const path of [...pages, ...live, ...files]) {
    const answer = await stranger.request.get(path);
    expect([path, answer.status()]).toEqual([path, 404]);
    expect(await answer.text()).not.toContain("abrikam");
  }
  await stranger.goto(plan);
  await expect(stranger.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
  await stranger.goto("/support");
  await expect(stranger.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
  const nobody = "/t/99999999-0000-4000-8000-000000000009";
  expect(await (await stranger.request.get(nobody)).status()).toBe(404);
});

test("a form aimed at another company's setup does nothing", async ({ page, customer, sandbox }) => {
  const [fabrikam, contoso] = [await customer(), await customer()];
  await signIn(page, contoso.admin);
  await page.goto(`${contoso.home}/people`);
  await page.getByLabel("Their sign-in name").fill(contoso.employee);
  // What no person sees: the field by which a form says whose setup it is about.
  await page.locator("input[name=_tenant]").evaluateAll((all, id) => {
    for (const field of all) field.setAttribute("value", id);
  }, fabrikam.id);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("heading", { name: /^There is/ })).toBeVisible();
  expect(await sandbox.received(fabrikam.id)).toEqual([]);
});

test("a colleague without a role learns who can, and gets in when invited", async ({ page, customer, elsewhere }) => {
  const fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  const colleague = await elsewhere();
  await signIn(colleague, fabrikam.employee);
  await expect(colleague.getByRole("heading", { name: /^You can’t act for/ })).toBeVisible();
  await expect(colleague.getByRole("table", { name: "Who may act" })).toContainText(fabrikam.admin);

  await page.goto(`${fabrikam.home}/people`);
  await page.getByLabel("Their sign-in name").fill(fabrikam.employee);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("status")).toHaveText(`${fabrikam.employee} may act for this company now.`);
  await colleague.reload();
  await expect(colleague.getByRole("heading", { name: /^Set up email security/ })).toBeVisible();

  await page.getByRole("button", { name: `Take back the invitation of ${fabrikam.employee}` }).click();
  await expect(page.getByRole("table", { name: "Who may act" })).not.toContainText(fabrikam.employee);
  await colleague.reload();
  await expect(colleague.getByRole("heading", { name: /^You can’t act for/ })).toBeVisible();
});
