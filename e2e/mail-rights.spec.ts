import type { Page, Request } from "@playwright/test";
import { type Customer, expect, test } from "./fixtures";
import { arrives, onMail, openWith, placesOf, tick } from "./retraction";
import { signIn } from "./verbs";

test.use({ expected: /status of 40[34]|net::ERR_FAILED/ });
test.setTimeout(180_000);

/** Nobody but who may read mail ever gets to see this. */
const SECRET = "The quarterly numbers";

type Content = {
  readonly pages: readonly string[];
  readonly files: readonly string[];
  /** Server actions that somebody who may once made: drawn up, and agreed to. */
  readonly acts: readonly Request[];
  readonly order: string;
};

/** By somebody who may: everything that holds content, and how it was asked for. */
async function contentOf(page: Page, { home }: Customer): Promise<Content> {
  await openWith(page, `${home}/mail`, SECRET);
  const message = new URL((await page.getByRole("link", { name: SECRET }).getAttribute("href")) ?? "", page.url()).pathname;
  await tick(page, SECRET);
  await page.getByRole("button", { name: "Retract…" }).click();
  const drawing = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  const acts = [await drawing];
  await expect(page).toHaveURL(/\/orders\//);
  await expect(page.getByText(SECRET)).toBeVisible();
  const order = new URL(page.url()).pathname;
  const query = new URLSearchParams({ q: "quarterly" });
  return {
    pages: [`${home}/mail`, `${home}/mail?${query}`, `${home}/quarantine`, message],
    files: [
      `/api${home}/mail?${query}`,
      `/api${home}/mail?place=quarantine`,
      `/api${home}/mail/csv?${query}`,
      `/api${message}/raw`,
      `/api${message}/picture`,
    ],
    acts,
    order,
  };
}

/** The same form once more, with somebody else's session. */
async function replayed(who: Page, act: Request): Promise<string> {
  const { "next-action": action = "", "content-type": type = "", accept = "", "next-router-state-tree": tree = "" } = act.headers();
  const answer = await who.request.post(act.url(), {
    headers: { "next-action": action, "content-type": type, accept, "next-router-state-tree": tree, origin: new URL(act.url()).origin },
    data: act.postDataBuffer() ?? Buffer.alloc(0),
    maxRedirects: 0,
  });
  return `${answer.headers()["location"] ?? ""} ${answer.headers()["x-action-redirect"] ?? ""} ${await answer.text()}`;
}

const hasContent = (text: string): boolean => /quarterly/i.test(text.replaceAll("q=quarterly", ""));

/** @returns what gave content away, which must be nothing. */
async function leaks(who: Page, { pages, files, acts, order }: Content): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of [...pages, order]) {
    const answer = await who.request.get(path);
    if (hasContent(await answer.text())) found.push(`page ${path}`);
  }
  for (const path of files) {
    const answer = await who.request.get(path);
    if (answer.status() < 400 || hasContent(await answer.text())) found.push(`file ${path}: ${answer.status()}`);
  }
  for (const path of [`/api${order}/live?once=1`]) if (hasContent(await (await who.request.get(path)).text())) found.push(path);
  for (const act of acts) {
    const said = await replayed(who, act);
    if (hasContent(said) || said.includes("/orders/")) found.push(`action ${act.url()}: ${said.slice(0, 200)}`);
  }
  return found;
}

const ORDER_ID = /[0-9a-f-]{36}$/;
/** Ids that nobody gave them: of a message, with another message's end, and of an order. */
const guessed = ({ pages, files, order, acts }: Content): Content => {
  const other = (path: string) => path.replace(/([0-9a-f]{8})(\/(raw|picture))?$/, "00000000$2");
  return { pages: pages.map(other), files: files.map(other), acts, order: order.replace(ORDER_ID, crypto.randomUUID()) };
};

let firstUp: Customer;
let content: Content;
test.beforeEach(async ({ page, customer, sandbox }) => {
  firstUp = await customer("retraction");
  await sandbox.authorize(firstUp.id, "cloudflare");
  await arrives(sandbox, firstUp, { subject: SECRET });
  await signIn(page, firstUp.admin);
  await onMail(page, firstUp, sandbox);
  content = await contentOf(page, firstUp);
  // Sent again by somebody who may, it works: what is refused below is refused for who sends it.
  for (const act of content.acts) expect(await replayed(page, act)).toContain("/orders/");
});

test("whoever may change settings but not read mail gets none of it, by page, action, route or guessed id", async ({
  page,
  elsewhere,
  sandbox,
}) => {
  await page.goto(`${firstUp.home}/people`);
  await page.getByRole("region", { name: "Invite a colleague" }).getByLabel("Their sign-in name").fill(firstUp.employee);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("table", { name: "Who may act" })).toContainText(firstUp.employee);
  for (const upn of [firstUp.exchangeAdmin, firstUp.employee, "support.first@cutover-support.example"]) {
    const who = await elsewhere();
    await signIn(who, upn);
    expect([upn, await leaks(who, content)]).toEqual([upn, []]);
    expect([upn, await leaks(who, guessed(content))]).toEqual([upn, []]);
    await who.goto(`${firstUp.home}/mail`);
    await expect(who.getByRole("main").getByText(/not read its mail|staff do not have it/)).toBeVisible();
    await who.goto(content.order);
    await expect(who.getByText("Somebody who may read mail agrees to this")).toBeVisible();
    await expect(who.getByRole("button", { name: /^Move / })).toHaveCount(0);
  }
  expect(await sandbox.moves(firstUp.id)).toEqual([]);
  expect(await placesOf(sandbox, firstUp, SECRET)).toEqual(["finance: Inbox", "sales: Inbox"]);
});

test("to people of another company, and to nobody signed in, there is nothing here", async ({ customer, elsewhere, sandbox }) => {
  const contoso = await customer();
  const stranger = await elsewhere();
  await signIn(stranger, contoso.admin);
  const nobody = await elsewhere();
  for (const who of [stranger, nobody]) {
    expect(await leaks(who, content)).toEqual([]);
    expect(await leaks(who, guessed(content))).toEqual([]);
  }
  for (const path of [...content.pages, content.order, `${firstUp.home}/orders`, `${firstUp.home}/auto-retract`]) {
    const answer = await stranger.request.get(path);
    expect([path, answer.status()]).toEqual([path, 404]);
    expect(await answer.text()).not.toContain("First Up");
  }
  expect(await sandbox.moves(firstUp.id)).toEqual([]);
});

test("an agreement of somebody who may, sent again by somebody who may not, moves nothing", async ({ page, elsewhere, sandbox }) => {
  const who = await elsewhere();
  await signIn(who, firstUp.exchangeAdmin);
  // Before it reaches the server, it is taken off and sent by the other one.
  const taken: Request[] = [];
  await page.route(`**${content.order}`, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    taken.push(route.request());
    return route.abort();
  });
  await page.getByRole("button", { name: "Move 1 message to Deleted Items" }).click();
  await expect(page.getByText("Cutover could not be reached.")).toBeVisible();
  await page.unroute(`**${content.order}`);
  expect(taken).toHaveLength(1);
  for (const agreement of taken) expect(hasContent(await replayed(who, agreement))).toBe(false);
  await page.reload();
  await expect(page.getByText("Nothing has been done yet.")).toBeVisible();
  expect(await sandbox.moves(firstUp.id)).toEqual([]);
  for (const agreement of taken) await replayed(page, agreement);
  await expect.poll(async () => (await sandbox.moves(firstUp.id)).length).toBe(2);
});

test("given on the page People the right works from the next click on; taken away, it stops", async ({ page, elsewhere }) => {
  const colleague = await elsewhere();
  await signIn(colleague, firstUp.exchangeAdmin);
  const readers = page.getByRole("region", { name: "Who may read mail" });
  await page.goto(`${firstUp.home}/people`);
  await readers.getByLabel("Sign-in name of somebody who should read mail").fill(firstUp.exchangeAdmin);
  await readers.getByRole("button", { name: "Let them read mail" }).click();
  await expect(readers.getByRole("table")).toContainText(firstUp.exchangeAdmin);

  await colleague.goto(`${firstUp.home}/mail`);
  await colleague.getByRole("link", { name: SECRET }).click();
  await expect(colleague.getByRole("heading", { name: "As it looks" })).toBeVisible();
  await colleague.goto(`${firstUp.home}/people`);
  await expect(colleague.getByRole("button", { name: "Let them read mail" })).toHaveCount(0); // it is not passed on

  await readers.getByRole("button", { name: `Take away the right to read mail from ${firstUp.exchangeAdmin}` }).click();
  await expect(readers.getByRole("table")).not.toContainText(firstUp.exchangeAdmin);
  expect(await leaks(colleague, content)).toEqual([]);
  await page.goto(`${firstUp.home}/activity`);
  for (const said of [`gave ${firstUp.exchangeAdmin} the right`, `took the right to read mail from ${firstUp.exchangeAdmin}`])
    await expect(page.getByRole("listitem").filter({ hasText: said })).toBeVisible();
});
