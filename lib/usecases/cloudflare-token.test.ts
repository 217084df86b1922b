/** The Cloudflare token of a customer, entered, chosen, looked at again and removed, against the sandbox. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "@/lib/model/query";
import { cloudflareAccess } from "./cloudflare-access";
import { cutover } from "./cutover";
import { type Customer, type Practice, startPractice } from "./practice";

let house: Practice;
beforeAll(async () => {
  house = await startPractice();
});
afterAll(() => house.stop());

const accountShape = z.looseObject({ accountId: z.string(), tokens: z.array(z.looseObject({ id: z.string(), value: z.string() })) });
async function control(method: "GET" | "DELETE", path: string, body?: unknown): Promise<unknown> {
  const more = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const url = `${house.sandbox.url}/sandbox/${path}`;
  const answer = await house.sandbox.http.request({ service: "The sandbox", method, url, idempotent: true, ...more });
  if (!answer.ok || answer.value.status !== 200) throw new Error(`The sandbox refused ${path}.`);
  return JSON.parse(answer.value.body.toString());
}
async function accountOf({ tenant }: Customer) {
  const { accountId, tokens } = accountShape.parse(await control("GET", `cloudflare?tenant=${tenant.id}`));
  return { accountId, token: tokens[0]?.value ?? "", id: tokens[0]?.id ?? "" };
}
const narrow = async ({ tenant }: Customer, ...permissions: readonly string[]): Promise<string> =>
  z.looseObject({ value: z.string() }).parse(await house.sandbox.control("cloudflare/tokens", { tenant: tenant.id, permissions })).value;

async function page({ scope, visitor }: Customer) {
  const view = await house.uc.cloudflare.page(scope, visitor);
  if (!view.ok) throw new Error(view.problem.say);
  return view.value;
}
const enter = ({ scope }: Customer, token: string, account = "") => house.uc.cloudflare.enter(scope, { token, account });
const customer = (scenario = "cloudflare-dns") => house.customer(scenario, { access: "none" });
const zonesOf = async ({ scope }: Customer) => {
  const setup = await house.deps.store.pages.setup(scope);
  const world = house.deps.world(scope.tenant, null, cloudflareAccess(house.deps, scope, setup?.cloudflareToken ?? null));
  return (await world.ask([ask("cfZone")])).get("cfZone");
};

describe("a Cloudflare token", () => {
  it("is looked at, kept, used for this tenant alone, and told of by its last four characters", async () => {
    const [own, other] = [await customer(), await customer()];
    const { token } = await accountOf(own);
    expect(await page(own)).toMatchObject({ token: null, permissions: [{ state: "needed" }, {}, {}, {}] });
    expect(await zonesOf(own)).toMatchObject({ ok: false, problem: { code: "not-asked" } });
    expect(await enter(own, ` Bearer ${token}\n`)).toMatchObject({ ok: true });
    const shown = await page(own);
    expect(shown.token).toMatchObject({
      lastFour: token.slice(-4),
      account: { name: own.tenant.name },
      by: "Admin",
      isByStaff: false,
      problem: null,
    });
    expect(shown.permissions.map((one) => one.state)).toEqual(["present", "unknown", "present", "unknown"]);
    expect(await zonesOf(own)).toMatchObject({ ok: true });
    expect((await page(other)).token).toBeNull();
    expect(await zonesOf(other)).toMatchObject({ ok: false, problem: { code: "not-asked" } });
  });

  it("is never answered, shown, written to the activity or kept as it is", async () => {
    const own = await customer();
    const { token } = await accountOf(own);
    const answers = [await enter(own, token), await page(own), await house.uc.cloudflare.verify(own.scope)];
    const kept = [await house.deps.store.pages.setup(own.scope), await house.uc.activity(own.scope, own.visitor)];
    const glance = await house.uc.glance(own.scope, own.visitor);
    for (const one of [...answers, ...kept, glance]) expect(JSON.stringify(one)).not.toContain(token);
  });

  it("of another tenant does not open, were its row to end up here", async () => {
    const [own, other] = [await customer(), await customer()];
    await enter(own, (await accountOf(own)).token);
    const row = await house.deps.store.cloudflareTokens.find(own.scope);
    expect(cloudflareAccess(house.deps, own.scope, row)).not.toBeNull();
    expect(cloudflareAccess(house.deps, other.scope, row)).toBeNull();
  });

  it("that lacks permissions is kept, and the page names them with the steps that use them", async () => {
    const own = await customer();
    const answer = await enter(own, await narrow(own, "Zone Read"));
    expect(answer).toMatchObject({ ok: true, say: expect.stringContaining("lacks 3 permissions") });
    expect((await page(own)).permissions).toMatchObject([
      { name: "Account > Cloud Email Security > Read", state: "missing", say: expect.stringMatching(/\S/) },
      { name: "Account > Cloud Email Security > Edit", state: "missing" },
      { name: "Zone > Zone > Read", state: "present" },
      { name: "Zone > DNS > Edit", state: "missing" },
    ]);
  });

  it("without a zone needs to be told its account", async () => {
    const own = await customer("fresh");
    const { token, accountId } = await accountOf(own);
    expect(await enter(own, token)).toMatchObject({ ok: true, say: expect.stringContaining("which account") });
    expect((await page(own)).token).toMatchObject({ account: null, accounts: [] });
    expect(await zonesOf(own)).toMatchObject({ ok: false, problem: { code: "not-asked" } });
    for (const typed of ["", "not an id", "b".repeat(31)])
      expect(await house.uc.cloudflare.choose(own.scope, typed)).toMatchObject({ ok: false, fields: { chosen: expect.any(String) } });
    expect(await house.uc.cloudflare.choose(own.scope, accountId.toUpperCase())).toMatchObject({ ok: true });
    expect((await page(own)).token).toMatchObject({ account: { id: accountId } });
    expect((await page(own)).permissions).toMatchObject([{ state: "present" }, {}, {}, {}]);
    expect(await zonesOf(own)).toMatchObject({ ok: true, value: [] });
  });

  it("may be entered together with its account", async () => {
    const own = await customer("fresh");
    const { token, accountId } = await accountOf(own);
    expect(await enter(own, token, "nonsense")).toMatchObject({ ok: false, fields: { account: expect.any(String) } });
    expect(await enter(own, token, accountId)).toMatchObject({ ok: true, say: "Cloudflare accepts the token." });
  });

  it.each([
    ["nothing", ""],
    ["a sentence", "this is my token, please keep it safe"],
    ["a line that would end a header", `${"a".repeat(40)}\r\nx-other: 1`],
    ["the Global API Key", "0123456789abcdef0123456789abcdef01234"],
  ])("that is %s is refused before anybody is asked", async (_, token) => {
    const asked: string[] = [];
    const uc = cutover({
      ...house.deps,
      verifyCloudflareToken: async (text) => {
        asked.push(text);
        return { ok: false, problem: { code: "denied", say: "" } };
      },
    });
    const own = await customer();
    expect(await uc.cloudflare.enter(own.scope, { token, account: "" })).toMatchObject({
      ok: false,
      fields: { token: expect.any(String) },
    });
    expect(asked).toEqual([]);
  });

  it("that Cloudflare does not accept is not kept, and the one before stays", async () => {
    const own = await customer();
    const { token } = await accountOf(own);
    await enter(own, token);
    expect(await enter(own, "x".repeat(40))).toMatchObject({
      ok: false,
      problem: { code: "denied" },
      fields: { token: expect.any(String) },
    });
    expect((await page(own)).token).toMatchObject({ lastFour: token.slice(-4) });
  });

  it("that was taken back at Cloudflare says so when it is looked at again; that Cloudflare is down says nothing", async () => {
    const own = await customer();
    const { token, id } = await accountOf(own);
    await enter(own, token);
    await house.sandbox.control("faults", { tenant: own.tenant.id, service: "cloudflare", kind: "503", times: 100 });
    expect(await house.uc.cloudflare.verify(own.scope)).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect((await page(own)).token?.problem).toBeNull();
    await control("DELETE", `faults?tenant=${own.tenant.id}`);
    await control("DELETE", "cloudflare/tokens", { tenant: own.tenant.id, id });
    expect(await house.uc.cloudflare.verify(own.scope)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect((await page(own)).token?.problem).toMatchObject({ code: "denied" });
    expect(await enter(own, await narrow(own, "Email Security Write", "Zone Read", "DNS Write"))).toMatchObject({ ok: true });
    expect((await page(own)).token?.problem).toBeNull();
  });

  it("is removed once, and nothing is asked with it any more", async () => {
    const own = await customer();
    await enter(own, (await accountOf(own)).token);
    expect(await house.uc.cloudflare.remove(own.scope)).toMatchObject({ ok: true });
    expect(await house.uc.cloudflare.remove(own.scope)).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await house.uc.cloudflare.verify(own.scope)).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await zonesOf(own)).toMatchObject({ ok: false, problem: { code: "not-asked" } });
    const told = await house.uc.activity(own.scope, own.visitor);
    expect(told.ok && told.value.events.map((e) => e.say)).toEqual([
      "removed the API token for Cloudflare",
      `entered an API token for Cloudflare (account ${own.tenant.name})`,
    ]);
  });
});
