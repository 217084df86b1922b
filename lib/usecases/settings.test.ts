/** A step's form: what is wrong is told at its field, nothing of it is saved, and what was saved before stays. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteRunning } from "./auto-retract-chosen";
import { cutover } from "./cutover";
import { type Customer, type Practice, startPractice } from "./practice";
import { type Form, nested } from "./settings";
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
  customer = await house.customer("fresh", { access: "without" });
}); // a company of its own each time: nothing that another test saved is in the way

const save = (step: string, form: Form) => house.uc.saveSettings(customer.scope, step, form);
const saved = async (step: string) => (await house.deps.store.settings.all(customer.scope))[step]?.value;
const events = async () => (await house.deps.store.events.list(customer.scope, { kinds: ["settings-saved"] })).length;

/** The sentence at the field, and that nothing moved. */
async function refused(step: string, form: Form, field: string): Promise<string> {
  const before = [await saved(step), await events()];
  const answer = await save(step, form);
  expect(answer).toMatchObject({
    ok: false,
    problem: { code: "rejected" },
    fields: { [field]: expect.stringMatching(/^\S+ \S+ .*\.$/su) },
  });
  expect([await saved(step), await events()]).toEqual(before);
  return answer.ok ? "" : (answer.fields?.[field] ?? "");
}

describe("domains", () => {
  it.each([
    ["an address", "admin@fabrikam.example", /email address/],
    ["a web address", "https://fabrikam.example/x", /web address/],
    ["one label", "fabrikam", /no ending/],
    ["an IP address", "192.0.2.1", /IP address/],
    ["two dots", "fabrikam..example", /two dots/],
    ["a label of 255 characters", `${"a".repeat(255)}.example`, /at most 63/],
    ["254 characters", `${"a.".repeat(124)}example`, /at most 253/],
    ["a script", "<script>alert(1)</script>.example", /./],
    ["a character nobody sees", "fabri\0kam.example", /./],
    ["half a letter", "\ud800.example", /./],
  ])("that are %s are told at the field, and the choice of before stays", async (_, typed, say) => {
    expect(await save("choose-domains", { domains: "contoso.example", profile: "cloudflare" })).toMatchObject({ ok: true });
    expect(await refused("choose-domains", { domains: `fabrikam.example ${typed}`, profile: "cloudflare" }, "domains")).toMatch(say);
    expect(await saved("choose-domains")).toMatchObject({ domains: ["contoso.example"] });
  });

  it("in letters of any script become what DNS uses, each once, in lower case, without the final dot", async () => {
    const domains = "Müller.example, xn--mller-kva.example\nBÜCHER.example. fabrikam.example;FABRIKAM.example";
    expect(await save("choose-domains", { domains, profile: "cloudflare" })).toMatchObject({ ok: true });
    expect(await saved("choose-domains")).toMatchObject({
      domains: ["xn--mller-kva.example", "xn--bcher-kva.example", "fabrikam.example"],
    });
    expect(await events()).toBe(1);
  });

  it("a thousand and one of them are a pasted file", async () => {
    const domains = Array.from({ length: 1_001 }, (_, i) => `d${i}.example`);
    expect(await refused("choose-domains", { domains, profile: "cloudflare" }, "domains")).toContain("more than 1000");
  });
});

describe("what Cutover notes itself", () => {
  it("is changed by no form that names it", async () => {
    const form = { by: "cutover", "table.SPAM": "junk", "running.since": "1", "stopped.at": "1", "stopped.say": "All is well." };
    expect(await save("auto-retract", form)).toMatchObject({ ok: true });
    expect(await saved("auto-retract")).toMatchObject({ by: "cutover", running: null, stopped: null });
  });

  it("is not taken back by a form that was being saved when it was noted", async () => {
    const { store } = house.deps;
    const stopped = { at: 1, say: "The token was refused." };
    await noteRunning(store, customer.scope, 1, { running: { since: 1 }, stopped: null });
    const together: typeof store.together = async (scope, work) => {
      await noteRunning(store, customer.scope, 2, { running: null, stopped });
      return store.together(scope, work);
    };
    const late = cutover({ ...house.deps, store: { ...store, together } });
    expect(await late.saveSettings(customer.scope, "auto-retract", { by: "cutover", "table.SPAM": "junk" })).toMatchObject({ ok: true });
    expect(await saved("auto-retract")).toMatchObject({ table: { SPAM: "junk" }, running: null, stopped });
  });
});

describe("servers in between", () => {
  it.each([
    ["IPv6", "2001:db8::1", /2001:db8::1/],
    ["a /19", "20.30.32.0/19", /\/19/],
    ["a private address", "10.0.0.1", /public internet/],
    ["a name", "relay.fabrikam.example", /./],
    ["a thing with a NUL", "20.30.40.10\0", /./],
  ])("typed as %s are told at the field", async (_, typed, say) => {
    expect(await save("enhanced-filtering", { hop: "list", hops: "20.30.40.10" })).toMatchObject({ ok: true });
    expect(await refused("enhanced-filtering", { hop: "list", hops: `20.30.40.11, ${typed}` }, "hops")).toMatch(say);
    expect(await saved("enhanced-filtering")).toMatchObject({ hop: "list", hops: ["20.30.40.10"] });
  });

  it("are asked for where there are some, and are free to be left out where there are none", async () => {
    expect(await refused("enhanced-filtering", { hop: "list", hops: "" }, "hops")).toContain("Enter the addresses");
    expect(await refused("enhanced-filtering", { hop: "sideways", hops: "" }, "hop")).toContain("Choose one");
    expect(await save("enhanced-filtering", { hop: "last", hops: "" })).toMatchObject({ ok: true });
  });
});

describe("what is emptied", () => {
  it("is cleared: a text, a tick, the last entry of a record", async () => {
    await save("choose-domains", {
      domains: "fabrikam.example",
      profile: "cloudflare",
      dnsPerson: "The web team",
      "nextHops.fabrikam.example": "fabrikam-example.mail.protection.outlook.com",
    });
    expect(await saved("choose-domains")).toMatchObject({
      dnsPerson: "The web team",
      nextHops: { "fabrikam.example": "fabrikam-example.mail.protection.outlook.com" },
    });
    await save("choose-domains", { domains: "", profile: "cloudflare", dnsPerson: "", "nextHops.fabrikam.example": "" });
    expect(await saved("choose-domains")).toMatchObject({ domains: [], dnsPerson: "", nextHops: {} });
    const guid = "11111111-1111-4111-8111-111111111111";
    await save("enhanced-filtering", { hop: "last", hops: "", others: ["", guid] });
    expect(await saved("enhanced-filtering")).toMatchObject({ others: [guid] });
    await save("enhanced-filtering", { hop: "last", hops: "", others: "" });
    expect(await saved("enhanced-filtering")).toMatchObject({ others: [] });
  });

  it("is only what the form showed: other settings of the step stay", async () => {
    await save("enhanced-filtering", { hop: "list", hops: "20.30.40.10" });
    await save("enhanced-filtering", { hop: "last" });
    expect(await saved("enhanced-filtering")).toMatchObject({ hop: "last", hops: ["20.30.40.10"] });
  });
});

describe("names from outside", () => {
  it("are only ever names", async () => {
    const read = nested({
      "__proto__.polluted": "yes",
      "nextHops.__proto__": "x",
      "nextHops.constructor": "y",
      __proto__: "z",
      ".x": "a",
      plain: "b",
    });
    expect(Object.hasOwn(read, "polluted")).toBe(false);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(read["plain"]).toBe("b");
    const form: Form = Object.fromEntries([
      ["domains", "fabrikam.example"],
      ["profile", "cloudflare"],
      ["__proto__", "x"],
      ["constructor.prototype", "x"],
      ["__proto__.polluted", "x"],
      ["access", "consent"],
      ["nobody.asked", "x"],
    ]);
    expect(await save("choose-domains", form)).toMatchObject({ ok: true });
    expect(Object.keys(Object(await saved("choose-domains"))).sort()).toEqual(
      ["access", "dnsPerson", "domains", "nextHops", "profile", "regions", "tracks"].sort(),
    );
    expect(await saved("choose-domains")).toMatchObject({ access: "without" });
    expect(await does.stored(customer, "choose-domains")).toMatchObject({ settings: { domains: ["fabrikam.example"] } });
  });

  it("of a step that is none, and of a form far too long, are refused", async () => {
    for (const step of ["", "no-such-step", "__proto__"])
      expect(await save(step, {})).toMatchObject({ ok: false, problem: { code: "gone" } });
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`lowest.d${i}.example`, "60"]));
    expect(await save("mx-ttl", many)).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(await refused("choose-domains", { dnsPerson: "x".repeat(201) }, "dnsPerson")).toContain("200 characters");
    expect(await refused("choose-domains", { dnsPerson: "the web\0 team" }, "dnsPerson")).toContain("cannot be kept");
    expect(await refused("mx-ttl", { "lowest.fabrikam.example": "soon" }, "lowest.fabrikam.example")).toMatch(/./);
  });
});
