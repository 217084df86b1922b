import { expect, test } from "./fixtures";
import { signIn } from "./verbs";

const directive = (policy: string, name: string): string => policy.split("; ").find((rule) => rule.startsWith(`${name} `)) ?? "";

test("every page comes with a strict policy, and no script without its nonce", async ({ page, customer, request }) => {
  const fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  for (const path of ["/", "/guide", fabrikam.home, `${fabrikam.home}/connect/connect-tenant`, "/not-there"]) {
    const answer = await page.request.get(path);
    const policy = answer.headers()["content-security-policy"] ?? "";
    expect(directive(policy, "script-src")).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(directive(policy, "default-src")).toBe("default-src 'none'");
    expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    const again = await request.get(path);
    expect(again.headers()["content-security-policy"]).not.toBe(policy);
  }
});

test("cookies cannot be read by scripts and do not travel along from other sites", async ({ page, customer }) => {
  const fabrikam = await customer();
  await signIn(page, fabrikam.admin);
  await page.getByText("Fabrikam", { exact: false }).first().waitFor();
  const cookies = (await page.context().cookies()).filter(({ name }) => name.startsWith("cutover-"));
  expect(cookies.map(({ name }) => name)).toContain("cutover-session");
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(await page.evaluate(() => document.cookie)).toBe("");
});
