import { expect, test } from "./fixtures";
import {
  arrives,
  authorize,
  autoRetractPage,
  confirmIds,
  DISPOSITIONS,
  deleteToken,
  inBoth,
  inEntra,
  inTime,
  moving,
  onRetraction,
  PRODUCTS,
  type Product,
  placesOf,
  replaceToken,
  retractionStep,
  setTable,
  tableOf,
  turnOn,
  vendorMoves,
} from "./retraction";
import { minutes } from "./sandbox";
import { checkUntil } from "./verbs";

test.setTimeout(240_000);

/** Each turn of the table gives each disposition another of the five choices. The products differ in where a soft delete ends. */
const TURNS: readonly (readonly [product: Product, turns: readonly number[]])[] = [
  ["area1", [0, 1, 2, 3, 4]],
  ["cloudflare", [2, 4]],
];

for (const [product, turns] of TURNS)
  test(`${PRODUCTS[product].name}: authorised, a table set, and every disposition lands where its choice says`, async ({
    page,
    customer,
    sandbox,
  }) => {
    const firstUp = await customer("retraction");
    await onRetraction(page, firstUp, sandbox, product);
    const main = page.getByRole("main");
    const { application, choices } = PRODUCTS[product];

    await test.step("the vendor's application is authorised in its dashboard, and found", async () => {
      await page.goto(retractionStep(firstUp, "retraction-authorization"));
      await expect(main.getByText(`Your organisation has no application called “${application}”`)).toBeVisible();
      await expect(main.getByText("You may authorise it", { exact: true })).toBeVisible();
      await authorize(page, firstUp, sandbox, product);
      await checkUntil(page, main.getByText("A name proves nothing: anybody can give it to an application."));
      const { vendorApplication } = await sandbox.state(firstUp.id);
      const ids = page.getByRole("radio", { name: application });
      await expect(ids).toHaveAccessibleDescription(new RegExp(`${vendorApplication?.appId}.*${vendorApplication?.ownerId}`));
      await confirmIds(page, firstUp, product);
    });

    await arrives(sandbox, firstUp, { subject: "Before" });

    for (const [i, turn] of turns.entries())
      await test.step(`table ${turn}: each disposition goes where it says, for each recipient`, async () => {
        const table = tableOf(turn);
        await setTable(page, firstUp, product, table);
        if (i === 0) {
          await page.goto(autoRetractPage(firstUp));
          const malicious = page.getByRole("table", { name: "What would have been moved" }).getByRole("row", { name: /^MALICIOUS/ });
          await expect(malicious).toContainText(choices[table.MALICIOUS].says || "Nowhere");
          await expect(malicious.getByRole("cell").last()).toHaveText("2");
        }
        await turnOn(page, firstUp, i === 0 ? "Turn on auto-retract" : "Work by the new table");
        for (const disposition of DISPOSITIONS) await arrives(sandbox, firstUp, { subject: `${disposition} ${turn}`, disposition });
        await inTime(sandbox, async () => {
          for (const disposition of DISPOSITIONS) {
            const places = await placesOf(sandbox, firstUp, `${disposition} ${turn}`);
            expect([disposition, places]).toEqual([disposition, inBoth(choices[table[disposition]].folder)]);
          }
        });
      });

    await test.step("the activity says so, folder by folder", async () => {
      await page.goto(`${firstUp.home}/activity`);
      const said = page.getByRole("listitem").filter({ hasText: "Cutover moved" });
      await expect(said.first()).toBeVisible();
      const counted: Record<string, number> = {};
      for (const text of await said.allTextContents()) {
        const [, count, folder = ""] = /moved (\d+) messages? to (.+) ·/.exec(text) ?? [];
        counted[folder] = (counted[folder] ?? 0) + Number(count);
      }
      const expected: Record<string, number> = {};
      for (const { says } of turns.flatMap((turn) => Object.values(tableOf(turn)).map((choice) => choices[choice])))
        if (says !== "") expected[says] = (expected[says] ?? 0) + 1;
      expect(counted).toEqual(expected);
    });

    await test.step("what was there before stays, nothing was moved twice, and the page counts all of it", async () => {
      expect(await placesOf(sandbox, firstUp, "Before")).toEqual(inBoth("Inbox"));
      const moves = (await sandbox.moves(firstUp.id)).map(({ messageId, recipient, success }) => `${messageId} ${recipient} ${success}`);
      expect(moves).toHaveLength(turns.length * 4 * 2);
      expect(new Set(moves).size).toBe(moves.length);
      await page.goto(autoRetractPage(firstUp));
      await expect(page.getByRole("definition").first()).toHaveText(String(turns.length * 4)); // moved
      await page.getByRole("button", { name: "Turn off auto-retract" }).click();
      await expect(main.getByText("Auto-retract is off", { exact: true })).toBeVisible();
    });
  });

test("consent that was revoked is seen, moves fail with the reason, and are made up for when it is given again", async ({
  page,
  customer,
  sandbox,
}) => {
  const firstUp = await customer("retraction");
  await moving(page, firstUp, sandbox, tableOf(1));
  const main = page.getByRole("main");
  await inEntra(page, firstUp, sandbox, "Revoke its permissions");
  await arrives(sandbox, firstUp, { subject: "Not moved" });
  await inTime(sandbox, async () => {
    await page.goto(autoRetractPage(firstUp));
    await expect(main.getByRole("listitem").filter({ hasText: "Not moved" })).toContainText("its consent is missing, was revoked", {
      timeout: 3_000,
    });
  });
  expect(await placesOf(sandbox, firstUp, "Not moved")).toEqual(inBoth("Inbox"));

  await test.step("the step is no longer as it was, and the activity says so", async () => {
    await page.goto(retractionStep(firstUp, "retraction-authorization"));
    await checkUntil(page, main.getByText("Missing, or taken back since.").first());
    await expect(main.getByText("Done", { exact: true })).toBeHidden();
    await page.goto(`${firstUp.home}/activity`);
    await expect(page.getByRole("listitem").filter({ hasText: "saw that the step is no longer as it was" }).first()).toBeVisible();
  });

  await test.step("authorised again, what failed is moved", async () => {
    await authorize(page, firstUp, sandbox, "area1");
    await page.goto(retractionStep(firstUp, "retraction-authorization"));
    await checkUntil(page, main.getByText("Done", { exact: true }));
    await inTime(sandbox, async () => expect(await placesOf(sandbox, firstUp, "Not moved")).toEqual(inBoth("Junk")));
  });

  await test.step("deleted altogether, it is missed by its ids", async () => {
    await inEntra(page, firstUp, sandbox, "Delete it");
    await page.goto(retractionStep(firstUp, "retraction-authorization"));
    await checkUntil(page, main.getByText("The application that was confirmed is not in your organisation any more"));
  });
});

test("a token that ends stops moving loudly, and a new one lets it go on", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  await moving(page, firstUp, sandbox, tableOf(1));
  const main = page.getByRole("main");
  await deleteToken(page, firstUp, sandbox);
  await arrives(sandbox, firstUp, { subject: "Nobody moves it" });
  await page.goto(autoRetractPage(firstUp));
  await inTime(sandbox, () => expect(main.getByText("Auto-retract has stopped: nothing is moved")).toBeVisible({ timeout: 3_000 }));
  expect(await placesOf(sandbox, firstUp, "Nobody moves it")).toEqual(inBoth("Inbox"));

  await test.step("the step, the activity and a mail say it", async () => {
    await page.goto(retractionStep(firstUp, "auto-retract"));
    await expect(main.getByText(/Cutover stopped moving at .* Bad messages stay in mailboxes since\./)).toBeVisible();
    await page.goto(`${firstUp.home}/activity`);
    await expect(page.getByRole("listitem").filter({ hasText: "stopped auto-retract" })).toBeVisible();
    const told = async () => (await sandbox.outbox()).filter(({ to }) => to.includes(firstUp.admin)).map(({ subject }) => subject);
    await expect.poll(told).toHaveLength(1);
  });

  await test.step("with a new token it is turned on again, and moves", async () => {
    await replaceToken(page, firstUp, sandbox);
    await turnOn(page, firstUp);
    await arrives(sandbox, firstUp, { subject: "Moved again" });
    await inTime(sandbox, async () => expect(await placesOf(sandbox, firstUp, "Moved again")).toEqual(inBoth("Junk")));
  });
});

test("the vendor's own auto-retract turned on stops ours with a warning: never both", async ({ page, customer, sandbox }) => {
  const firstUp = await customer("retraction");
  await moving(page, firstUp, sandbox, tableOf(1));
  const main = page.getByRole("main");
  await vendorMoves(page, firstUp, sandbox, "area1", "MALICIOUS");
  await arrives(sandbox, firstUp, { subject: "The vendor moves it" });
  await sandbox.advance(minutes(1));
  await page.goto(autoRetractPage(firstUp));
  await inTime(sandbox, () => expect(main.getByText(/^Both would move: /)).toBeVisible({ timeout: 3_000 }));
  await expect(main.getByText("Auto-retract has stopped: nothing is moved")).toBeVisible();
  await expect(main.getByRole("link", { name: /^Open “Choose what is moved by itself”/ })).toBeVisible();
  await arrives(sandbox, firstUp, { subject: "Only the vendor’s business", disposition: "SUSPICIOUS" });
  await sandbox.advance(minutes(5));
  expect((await sandbox.moves(firstUp.id)).map(({ by }) => by)).toEqual(["vendor", "vendor"]);
  await page.goto(`${firstUp.home}/activity`);
  await expect(page.getByRole("listitem").filter({ hasText: "stopped auto-retract: Both would move" })).toBeVisible();
});
