import { test } from "./fixtures";
import { signIn } from "./verbs";
test.use({ expected: /./ });
test("probe", async ({ page, customer }) => {
  test.setTimeout(300000);
  const f = await customer();
  await signIn(page, f.admin);
  page.on("pageerror", (e) => console.log("PAGEERROR", page.url(), e.message.slice(0, 80)));
  for (let i = 0; i < 25; i++) {
    await page.goto(f.home, { waitUntil: "commit" });
    await page.getByRole("link", { name: /^(Start|Continue): / }).click();
    await page.getByRole("button", { name: "Give access at Microsoft" }).waitFor();
    await page.waitForLoadState("load");
  }
  console.log("--- full loads without leaving early");
  for (let i = 0; i < 25; i++) { await page.goto(`${f.home}/connect/connect-tenant`); await page.getByText("Last looked").waitFor(); }
});
