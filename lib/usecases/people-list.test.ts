/** People picked for a region, over the whole house: found, judged against the real directory, and all of a list saved or nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Customer, type Practice, startPractice } from "./practice";
import { verbs } from "./testing";

let house: Practice;
let does: ReturnType<typeof verbs>;
let customer: Customer;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());
beforeEach(async () => {
  customer = await house.customer("regions");
  await does.chooseDomains(customer);
  const { scope } = customer;
  await house.deps.store.settings.save(scope, { step: "journal-connector", value: { regions: ["us", "eu"] }, at: house.deps.clock.now() });
});

const at = (name: string) => `${name}@${customer.tenant.domains.find((d) => !d.id.endsWith("onmicrosoft.com"))?.id ?? ""}`;
const picked = async () => {
  const shown = await house.uc.regionPeople.page(customer.scope, customer.visitor);
  if (!shown.ok) throw new Error(shown.problem.say);
  return Object.fromEntries(shown.value.regions.map(({ id, shown: some }) => [id, some]));
};
const check = (text: string) => house.uc.regionPeople.check(customer.scope, { text, region: "eu" });
const save = (text: string, mode: "add" | "replace" = "add") => house.uc.regionPeople.save(customer.scope, { text, region: "eu" }, mode);

describe("picking people", () => {
  it("finds them by the beginning of a name or an address, without guests", async () => {
    const found = await house.uc.regionPeople.search(customer.scope, "berlin");
    expect(found.ok && found.value.map(({ address }) => address).sort()).toEqual(
      [at("berlin.room"), at("berlin.sales"), at("berlin.support")].sort(),
    );
    const guest = await house.uc.regionPeople.search(customer.scope, "partner");
    expect(guest).toEqual({ ok: true, value: [] });
  });

  it("one at a time, and whoever is nobody is told at the field", async () => {
    expect(await house.uc.regionPeople.pick(customer.scope, at("berlin.sales").toUpperCase(), "eu")).toMatchObject({ ok: true });
    expect(await house.uc.regionPeople.pick(customer.scope, at("nobody"), "eu")).toMatchObject({
      ok: false,
      fields: { address: "Not in your directory" },
    });
    expect(await picked()).toEqual({ us: [], eu: [at("berlin.sales")] });
  });

  it("a list is judged line by line, and nothing of it is saved", async () => {
    const text = [
      "Mail;Region",
      `${at("berlin.sales")};eu`,
      `${at("nobody")};eu`,
      "someone@partner.example",
      `${at("austin.sales")};mars`,
      "=1+1",
    ];
    const { list } = await check(text.join("\n"));
    expect(list).toMatchObject({ good: 1, badCount: 4 });
    expect(list?.bad.map(({ line, say }) => [line, say])).toEqual([
      [3, "Not in your directory"],
      [4, "A guest, or somebody outside: only your own people are journaled"],
      [5, "There is no region of that name here"],
      [6, "Not a mail address"],
    ]);
    expect(await picked()).toEqual({ us: [], eu: [] });
  });

  it("what is saved is judged anew: with one bad line in it, nothing is", async () => {
    expect(await save(`${at("berlin.sales")}\n${at("nobody")}`)).toMatchObject({ ok: true, list: { badCount: 1 } });
    expect(await picked()).toEqual({ us: [], eu: [] });
    expect(await save(`${at("berlin.sales")},eu\n${at("paris.finance")},us`)).toMatchObject({ ok: true, say: "Saved: 2 people picked." });
    expect(await picked()).toEqual({ us: [at("paris.finance")], eu: [at("berlin.sales")] });
  });

  it("are added, replaced and taken out", async () => {
    await save(`${at("berlin.sales")}\n${at("paris.finance")}`);
    await save(at("berlin.support"), "replace");
    expect(await picked()).toEqual({ us: [], eu: [at("berlin.support")] });
    await save(at("paris.finance"));
    expect(await house.uc.regionPeople.unpick(customer.scope, "eu", [at("paris.finance")])).toMatchObject({ ok: true });
    expect(await picked()).toEqual({ us: [], eu: [at("berlin.support")] });
    expect(await house.uc.regionPeople.unpick(customer.scope, "eu", [])).toMatchObject({ ok: false });
    expect(await house.uc.regionPeople.unpick(customer.scope, "eu", null)).toMatchObject({ ok: true });
    expect(await picked()).toEqual({ us: [], eu: [] });
  });

  it("saving the step's form keeps them", async () => {
    await save(at("berlin.sales"));
    expect(await house.uc.saveSettings(customer.scope, "journal-regions", { by: "office" })).toMatchObject({ ok: true });
    expect((await picked())["eu"]).toEqual([at("berlin.sales")]);
  });
});

it("200,000 lines are refused as a whole, in a sentence at the field", async () => {
  expect(await check("a@b.example\n".repeat(80_000))).toMatchObject({ ok: false, fields: { list: expect.stringContaining("80000") } });
  expect(await check("a@b.example\n".repeat(200_000))).toMatchObject({ ok: false, fields: { list: expect.any(String) } });
});

it("without access nobody is searched for, and a list is taken as it is", async () => {
  customer = await house.customer("regions", { access: "without" });
  const { scope } = customer;
  await house.deps.store.settings.save(scope, { step: "journal-connector", value: { regions: ["us", "eu"] }, at: house.deps.clock.now() });
  expect(await house.uc.regionPeople.search(scope, "berlin")).toMatchObject({ ok: false, problem: { code: "not-asked" } });
  expect(await save("anybody@contoso.example")).toMatchObject({ ok: true, say: "Saved: 1 person picked." });
});
