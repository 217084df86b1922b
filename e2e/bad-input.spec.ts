import { writeFile } from "node:fs/promises";
import { type Customer, expect, test } from "./fixtures";
import { connected, download, stepOf, upload, withoutAccess } from "./verbs";

let fabrikam: Customer;
test.beforeEach(async ({ page, customer }) => {
  fabrikam = await customer();
  await withoutAccess(page, fabrikam);
});

const addresses: readonly (readonly [typed: string, say: string])[] = [
  ["2606:4700::1111", "2606:4700::1111 is an IPv6 address. Microsoft 365 takes only IPv4 here."],
  ["198.41.128.0/19", "198.41.128.0/19 is larger than a /24. Write it as several /24 networks."],
  ["10.0.0.7", "10.0.0.7 is not an address of the public internet."],
  ["203.0.113.300", "203.0.113.300 is not an IPv4 address or network."],
];

const domains: readonly (readonly [typed: string, say: string])[] = [
  ["localhost", "“localhost” has no ending. Enter the whole domain, such as contoso.com."],
  [`${"a".repeat(255)}.example`, "is 255 characters long. A part of a domain has at most 63."],
  ["https://contoso.com/mail", "is a web address. Enter only the domain, such as contoso.com."],
  ["admin@contoso.com", "is an email address. Enter only what comes after the @."],
  ["192.0.2.7", "“192.0.2.7” is an IP address. Enter a domain, such as contoso.com."],
];

test("a domain that is none is refused in words, saved nowhere, and stays to be corrected", async ({ page }) => {
  await page.goto(`${fabrikam.home}/connect/choose-domains`);
  const field = page.getByRole("textbox", { name: "Which domains should be protected?" });
  for (const [typed, say] of domains) {
    await field.fill(typed);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert").getByRole("link", { name: say })).toBeVisible();
    await expect(field).toHaveAccessibleDescription(new RegExp(say.slice(-20).replaceAll(".", "\\.")));
    await expect(field).toHaveValue(typed);
  }
  await page.reload();
  await expect(field).toHaveValue("");
});

test("a domain in any script becomes what DNS uses", async ({ page }) => {
  await page.goto(`${fabrikam.home}/connect/choose-domains`);
  await page.getByRole("textbox", { name: "Which domains should be protected?" }).fill("Müller.example, παράδειγμα.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await expect(page.getByText("xn--mller-kva.example").first()).toBeVisible();
});

test("an address that Microsoft does not take is refused in words, and stays to be corrected", async ({ page, customer, sandbox }) => {
  const northwind = await customer("hand-made");
  await connected(page, northwind, sandbox);
  await page.goto(stepOf(northwind, "enhanced-filtering"));
  await page.getByRole("radio", { name: "Another server in between" }).check();
  const field = page.getByRole("textbox", { name: "Addresses of the servers in between" });
  for (const [typed, say] of addresses) {
    await field.fill(typed);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert").getByRole("link", { name: say })).toBeVisible();
    await expect(field).toHaveValue(typed);
  }
});

/** What the script would write, and what is wrong with it. */
const files = (tenant: string, nonce: string): readonly (readonly [content: string, say: string])[] => {
  const file = { v: 1, tenant, nonce, plan: null, at: new Date().toISOString(), answers: {}, made: {}, stopped: null };
  return [
    [JSON.stringify(file).slice(0, -30), "The file ends in the middle. It was not uploaded or copied completely."],
    ["<html>This is no JSON</html>", "This is not the file that the script wrote."],
    [`${"[".repeat(5_000)}${"]".repeat(5_000)}`, "This is not the file that the script wrote."],
    [JSON.stringify({ ...file, tenant: "99999999-0000-4000-8000-000000000009" }), "This file comes from another organisation"],
    [JSON.stringify({ ...file, nonce: "00000000" }), "This file comes from another download of the script than the last one."],
    [
      JSON.stringify({ ...file, answers: { "mx/contoso.com": { ok: true, value: [] } } }),
      "The file holds an answer about DNS, a mail server or the vendor.",
    ],
    [
      JSON.stringify({ ...file, answers: { __proto__: null, constructor: { ok: true, value: [] } } }),
      "The file answers a question that nobody asked.",
    ],
    [JSON.stringify({ ...file, answers: { OrganizationConfig: { ok: true, value: [7] } } }), "The file says something about"],
  ];
};

test("a file that is cut, hostile or somebody else's is refused in one sentence and changes nothing", async ({ page, sandbox }) => {
  const step = `${fabrikam.home}/connect/organization-customization?way=script`;
  await page.goto(step);
  const script = await download(page, "Download a script that only looks");
  const nonce = /nonce\s*=\s*'([0-9a-f]+)'/i.exec(script)?.[1] ?? "";
  const before = await sandbox.state(fabrikam.id);
  for (const [content, say] of files(fabrikam.id, nonce)) {
    await upload(page, content);
    await expect(page.getByRole("alert").getByText(say)).toBeVisible();
  }
  await page.reload();
  await expect(page.getByText("From a file that")).toBeHidden();
  expect(await sandbox.state(fabrikam.id)).toEqual(before);
});

test("a file of 50 MB is refused before it is sent", async ({ page }, info) => {
  const file = info.outputPath("big.json");
  await writeFile(file, Buffer.alloc(50_000_000, " "));
  await page.goto(`${stepOf(fabrikam, "spf-hard-fail")}?way=script`);
  await page.getByLabel("Upload what the script has written").setInputFiles(file);
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(page.getByRole("alert").getByText("This file has 50 MB; what our script writes is far smaller")).toBeVisible();
});
