/** Scripts and the files they write: judged as if read, turned into receipts, and refused in a sentence where they are not what was asked for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsole } from "@/e2e/console";
import { sandboxAt, settingsOf } from "@/e2e/sandbox";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, verbs } from "./testing";

let house: Practice;
let does: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());

type Window = { readonly customer: Customer; readonly run: (script: string) => Promise<string> };

/** An admin who gave no access and has a PowerShell window of their own. */
async function without(): Promise<Window> {
  const customer = await house.customer("fresh", { access: "without" });
  const sandbox = sandboxAt(house.sandbox.url);
  const run = await openConsole(sandbox, customer.tenant);
  await house.deps.clock.refresh();
  const domains = customer.tenant.domains.map((d) => d.id).filter((d) => !d.endsWith("onmicrosoft.com"));
  expect(
    await house.uc.saveSettings(customer.scope, "choose-domains", { domains: domains.join(" "), profile: "cloudflare" }),
  ).toMatchObject({ ok: true });
  return { customer, run };
}

async function scriptFor({ customer }: Window, step: string): Promise<string> {
  const made = await house.uc.queryScript(customer.scope, step);
  if (!made.ok) throw new Error(made.problem.say);
  return made.value.text;
}

/** The file that an honest run of the script writes. */
const fileOf = async (window: Window, step: string): Promise<string> => window.run(await scriptFor(window, step));
const upload = ({ customer }: Window, step: string, text: string, planId?: string) =>
  house.uc.upload(customer.scope, { step, text, name: "answers.json", ...(planId === undefined ? {} : { planId }) });

async function look(window: Window, step: string) {
  expect(await upload(window, step, await fileOf(window, step))).toMatchObject({
    ok: true,
    say: expect.stringContaining("The file was read"),
  });
  return does.fresh(window.customer, step);
}

/** A plan for the script's way, agreed to; its id and what its script wrote. */
async function planned(window: Window, step: string, isUndo = false): Promise<{ readonly id: string; readonly file: string }> {
  const shown = await does.plan(window.customer, step, { way: "script", isUndo });
  const id = await does.agree(window.customer, shown);
  await does.carryOut(window.customer, id);
  const file = await window.run(shown.script);
  await does.wait(MINUTE);
  return { id, file };
}

const stateOf = async ({ customer }: Window) => settingsOf(await sandboxAt(house.sandbox.url).state(customer.tenant.id));

describe("without access", () => {
  it("what a script read is judged as if Cutover had read it, under the name of who uploaded it", async () => {
    const window = await without();
    const other = await house.customer("fresh");
    await does.chooseDomains(other);
    const judged = await look(window, "inbound-connector");
    const read = await does.fresh(other, "inbound-connector");
    expect(judged.checks.map((c) => [c.id, c.verdict])).toEqual(read.checks.map((c) => [c.id, c.verdict]));
    expect(judged.changes.length).toBe(read.changes.length);
    expect(judged).toMatchObject({ source: "upload", by: "Admin" });
    const told = await house.uc.activity(window.customer.scope, window.customer.visitor);
    expect(told.ok && told.value.events[0]?.say).toBe("uploaded a script's answers (answers.json, 2 answers)");
    expect((await does.received(window.customer)).filter((one) => one.service === "graph")).toEqual([]);
  });

  it("what a script made gets receipts once, the step is done, and a script takes it back", async () => {
    const window = await without();
    const { customer } = window;
    for (const step of ["organization-customization", "inbound-connector"]) await look(window, step);
    const before = await stateOf(window);
    const { id, file } = await planned(window, "inbound-connector");
    expect(await does.run(customer, id)).toMatchObject({ state: "needs-you" });
    const twice = await Promise.all([upload(window, "inbound-connector", file, id), upload(window, "inbound-connector", file, id)]);
    expect(twice.filter((answer) => answer.ok).length).toBeGreaterThan(0);
    expect(await upload(window, "inbound-connector", file, id)).toMatchObject({ ok: true });
    const receipts = await house.deps.store.ledger.entries(customer.scope, { run: id });
    expect(receipts.filter((e) => e.what === "done")).toEqual([
      expect.objectContaining({ made: expect.stringMatching(/^[0-9a-f-]{36}$/), evidence: expect.objectContaining({ by: "script" }) }),
    ]);
    expect((await does.run(customer, id)).state).toBe("queued");
    await does.carryOut(customer, id);
    expect(await does.run(customer, id)).toMatchObject({ state: "done" });
    await look(window, "inbound-connector");
    expect(await does.stored(customer, "inbound-connector")).toMatchObject({ status: { code: "done" }, canUndo: true });
    const back = await planned(window, "inbound-connector", true);
    expect(await upload(window, "inbound-connector", back.file, back.id)).toMatchObject({ ok: true });
    await does.carryOut(customer, back.id);
    expect(await does.run(customer, back.id)).toMatchObject({ state: "done" });
    expect(await stateOf(window)).toEqual(before);
    await look(window, "inbound-connector");
    expect(await does.stored(customer, "inbound-connector")).toMatchObject({ canUndo: false });
  });

  it("a plan nobody agreed to says so and loses nothing: the same file is taken afterwards", async () => {
    const window = await without();
    for (const step of ["organization-customization", "inbound-connector"]) await look(window, step);
    const shown = await does.plan(window.customer, "inbound-connector", { way: "script" });
    const file = await window.run(shown.script);
    expect(await upload(window, "inbound-connector", file, shown.id)).toMatchObject({ ok: false, problem: { code: "not-ready" } });
    await does.agree(window.customer, shown);
    expect(await upload(window, "inbound-connector", file, shown.id)).toMatchObject({ ok: true });
    expect(await house.deps.store.ledger.entries(window.customer.scope, { run: shown.id })).toMatchObject([{ what: "done" }]);
  });
});

describe("a file that is not what the script wrote", () => {
  const step = "inbound-connector";
  let window: Window;
  let honest: Readonly<Record<string, unknown>>;
  let text: string;
  beforeAll(async () => {
    window = await without();
    await look(window, "organization-customization");
    text = await fileOf(window, step);
    honest = JSON.parse(text);
  });

  const withAnswers = (answers: string) => text.replace(/"answers":\{/, `"answers":{${answers},`);
  const changed = (more: Readonly<Record<string, unknown>>) => JSON.stringify({ ...honest, ...more });
  const answer = (value: unknown) => JSON.stringify({ ok: true, value });

  /** Name, the file, and a word of the sentence it is refused with. */
  const bad: readonly (readonly [string, () => string, RegExp])[] = [
    ["cut off in the middle", () => text.slice(0, text.length / 2), /ends in the middle/],
    ["no JSON", () => "<html>Sign in</html>", /not the file that the script wrote/],
    ["empty", () => "", /not the file that the script wrote/],
    ["a list", () => "[]", /not the file that the script wrote/],
    ["null", () => "null", /not the file that the script wrote/],
    ["with __proto__ among its answers", () => withAnswers(`"__proto__":${answer([])}`), /question that nobody asked/],
    ["with constructor among its answers", () => withAnswers(`"constructor":${answer([])}`), /question that nobody asked/],
    [
      "with __proto__ among what was made",
      () => text.replace(/"made":\{/, '"made":{"__proto__":{"key":"x"}'),
      /what the script made is damaged/,
    ],
    [
      "nested a hundred thousand deep",
      () => `{"v":1,"answers":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      /not the file that the script wrote/,
    ],
    ["from another tenant", () => changed({ tenant: "99999999-0000-4000-8000-000000000099" }), /another organisation/],
    ["from another download", () => changed({ nonce: "0".repeat(32) }), /another download/],
    ["from a plan", () => changed({ plan: "99999999-0000-4000-8000-000000000099" }), /another plan/],
    ["with answers about DNS", () => withAnswers(`"mx/fabrikam.example":${answer([])}`), /about DNS/],
    ["with answers about our own rights", () => withAnswers(`"grants":${answer([])}`), /what Cutover may do/],
    ["larger than 5 MB", () => changed({ filler: "x".repeat(6 * 1024 * 1024) }), /larger than 5 MB/],
    ["of another version", () => changed({ v: 2 }), /another version/],
    ["with an answer that is no list", () => changed({ answers: { InboundConnector: { ok: true, value: "x" } } }), /damaged/],
    [
      "with an object that no noun can read",
      () => changed({ answers: { InboundConnector: { ok: true, value: [{ Guid: 7 }] } } }),
      /cannot be read/,
    ],
    [
      "with a character that no database keeps",
      () => changed({ answers: { InboundConnector: { ok: true, value: [{ a: "\0" }] } } }),
      /characters that no setting has/,
    ],
    [
      "with half a letter",
      () => changed({ answers: { InboundConnector: { ok: true, value: [{ a: "\ud800" }] } } }),
      /characters that no setting has/,
    ],
    [
      "with 3000 answers",
      () => changed({ answers: Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`domain/${i}`, { ok: true, value: [] }])) }),
      /far more than the script asks/,
    ],
  ];

  const kept = async () => {
    const { scope, visitor } = window.customer;
    const [moments, entries, told] = await Promise.all([
      house.deps.store.moments.stretches(scope),
      house.deps.store.ledger.entries(scope),
      house.uc.activity(scope, visitor),
    ]);
    return { moments: [...moments], entries, events: told.ok ? told.value.events.length : -1, state: await stateOf(window) };
  };

  it("is refused in a sentence of its own, and nothing changes", async () => {
    const before = await kept();
    for (const [name, file, say] of bad) {
      const said = await upload(window, step, file());
      expect(said, name).toMatchObject({ ok: false, problem: { say: expect.stringMatching(say), fix: expect.any(String) } });
    }
    expect(await kept()).toEqual(before);
    expect(await upload(window, step, text), "the honest file is still taken").toMatchObject({ ok: true });
  });

  it("is refused for a step or a plan that is not its own", async () => {
    const before = await kept();
    expect(await upload(window, "no-such-step", text)).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await upload(window, "allow-list", text)).toMatchObject({
      ok: false,
      problem: { say: "No script was downloaded for this step yet." },
    });
    for (const plan of ["", "x", "99999999-0000-4000-8000-000000000099"])
      expect(await upload(window, step, text, plan)).toMatchObject({ ok: false, problem: { code: "gone" } });
    const shown = await does.plan(window.customer, step, { way: "script" });
    expect(await upload(window, "allow-list", text, shown.id)).toMatchObject({ ok: false, problem: { code: "gone" } });
    await does.agree(window.customer, shown);
    expect(await upload(window, step, text, shown.id)).toMatchObject({
      ok: false,
      problem: { say: expect.stringContaining("another download") },
    });
    expect((await kept()).entries).toEqual(before.entries);
  });

  it("has a name that is cut and cleaned for the activity list", async () => {
    const { scope, visitor } = window.customer;
    const name = `\0${"😀".repeat(300)}.json`;
    expect(await house.uc.upload(scope, { step, text: await fileOf(window, step), name })).toMatchObject({ ok: true });
    const told = await house.uc.activity(scope, visitor);
    expect(told.ok && told.value.events[0]?.say).toMatch(/^uploaded a script's answers \(😀{99}, 2 answers\)$/u);
  });
});
