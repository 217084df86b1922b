/** Reading mail: only with the right, only bounded, and never without being written down. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FoundMessage } from "@/lib/model/found-message";
import { paramsOf } from "@/lib/model/mail-search";
import { openMail } from "./access";
import { cutover } from "./cutover";
import { fakeMessages, foundMessage } from "./mail-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, verbs } from "./testing";

let house: Practice;
let does: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());

const accountShape = z.looseObject({ tokens: z.array(z.looseObject({ value: z.string() })) });
const ask = (raw: Record<string, string> = {}, more: { at?: number; cursor?: string; place?: "quarantine" } = {}) => ({
  place: more.place ?? ("trace" as const),
  params: paramsOf(raw),
  at: more.at ?? null,
  cursor: more.cursor ?? null,
});

/** A reader at a vendor with these messages. */
async function reader(rows: readonly FoundMessage[], { hasToken = true } = {}) {
  const customer = await house.customer("cloudflare-dns", { access: "none" });
  const token = accountShape.parse(await does.read(`cloudflare?tenant=${customer.tenant.id}`)).tokens[0]?.value ?? "";
  if (hasToken) expect(await house.uc.cloudflare.enter(customer.scope, { token, account: "" })).toMatchObject({ ok: true });
  const vendor = fakeMessages(rows);
  const deps = { ...house.deps, messages: vendor.messages };
  const opened = await openMail(deps)(customer.visitor, customer.tenant.id);
  if (!opened.ok) throw new Error(opened.problem.say);
  return { customer, vendor, mail: opened.value, uc: cutover(deps).mail };
}
const events = async ({ scope }: Customer) =>
  (
    await house.deps.store.events.list(scope, { kinds: ["mail-searched", "mail-seen", "mail-picture", "mail-downloaded", "mail-exported"] })
  ).map(({ kind }) => kind);
const said = async ({ scope, visitor }: Customer) => {
  const page = await house.uc.activity(scope, visitor);
  return page.ok ? page.value.events.map(({ say }) => say) : [];
};
const many = (count: number) => Array.from({ length: count }, (_, i) => foundMessage({ id: `m-${i}` }));

describe("a search", () => {
  it("comes page by page, and its end stays where it was when it began", async () => {
    const { uc, mail, vendor } = await reader(many(450));
    const first = await uc.search(mail, ask());
    if (!first.ok) throw new Error(first.problem.say);
    expect(first.value.rows).toHaveLength(200);
    await does.wait(10 * 60_000);
    const { next, at } = first.value;
    const second = await uc.search(mail, ask({}, { at, cursor: next ?? "" }));
    expect(second).toMatchObject({ ok: true, value: { at, next: "400" } });
    const [one, two] = vendor.searches;
    expect(two?.search).toEqual(one?.search);
    expect(two).toMatchObject({ cursor: "200", most: 200 });
  });

  it("cannot be made as of a time that is still to come", async () => {
    const { uc, mail, vendor } = await reader([]);
    const now = house.deps.clock.now();
    await uc.search(mail, ask({}, { at: now + 5 * HOUR }));
    expect(vendor.searches[0]?.search.until).toBeLessThanOrEqual(house.deps.clock.now());
  });

  it("is written down once an hour for each person and search, whatever page of it is read", async () => {
    const { uc, mail, customer } = await reader(many(300));
    await uc.search(mail, ask());
    await uc.search(mail, ask({}, { cursor: "200" }));
    await uc.search(mail, ask());
    expect(await events(customer)).toEqual(["mail-searched"]);
    await uc.search(mail, ask({ recipient: "person@contoso.example" }));
    await uc.search(mail, ask({}, { place: "quarantine" }));
    expect(await events(customer)).toHaveLength(3);
    await does.wait(HOUR + 60_000);
    await uc.search(mail, ask());
    expect(await events(customer)).toHaveLength(4);
  });

  it("as of another time is another search, and is written down with its day", async () => {
    const { uc, mail, customer } = await reader(many(3));
    await uc.search(mail, ask());
    await uc.search(mail, ask({}, { at: Date.UTC(2026, 2, 3, 12) }));
    await uc.search(mail, ask({}, { at: Date.UTC(2026, 2, 3, 12), cursor: "2" }));
    await uc.csv(mail, ask({}, { at: Date.UTC(2026, 1, 2) }));
    expect((await said(customer)).slice(0, 3)).toEqual([
      "downloaded 3 rows of a search of mail trace (as of 2026-02-02)",
      "searched mail trace (as of 2026-03-03)",
      "searched mail trace",
    ]);
  });

  it("turns no text of the activity around, whoever wrote the address that was followed", async () => {
    const { uc, mail, customer } = await reader([]);
    await uc.search(mail, ask({ sender: "a\u202Eb@c.example" }));
    expect((await said(customer))[0]).toBe("searched mail trace (sender a‹U+202E›b@c.example)");
  });

  it("says in the activity whose mail was looked for, but no words that may be the mail itself", async () => {
    const { uc, mail, customer } = await reader([]);
    await uc.search(mail, ask({ recipient: "boss@contoso.example", subject: "secret merger", q: "merger" }));
    const [latest] = await said(customer);
    expect(latest).toBe("searched mail trace (recipient boss@contoso.example, words, words of the subject)");
  });

  it("of the quarantine finds what is held back, detection or not", async () => {
    const { uc, mail, vendor } = await reader([]);
    await uc.search(mail, ask({ status: "delivered", sender: "x@y.example" }, { place: "quarantine" }));
    expect(vendor.searches[0]?.search).toMatchObject({ deliveryStatus: "quarantined", detectionsOnly: false, sender: "x@y.example" });
  });

  it("hands the browser no more of a stranger's text than a line needs", async () => {
    const { uc, mail } = await reader([
      foundMessage({ subject: "x".repeat(100_000), recipients: Array.from({ length: 500 }, (_, i) => `p${i}@a.example`) }),
    ]);
    const found = await uc.search(mail, ask());
    if (!found.ok) throw new Error(found.problem.say);
    expect(JSON.stringify(found.value).length).toBeLessThan(2_000);
    expect(found.value.rows[0]).toMatchObject({ moreTo: 497 });
  });

  it("without a token asks nobody, writes nothing down, and says how to search by hand", async () => {
    const { uc, mail, vendor, customer } = await reader([], { hasToken: false });
    expect(await uc.search(mail, ask())).toMatchObject({ ok: false, problem: { code: "not-asked" } });
    expect(vendor.searches).toEqual([]);
    expect(await events(customer)).toEqual([]);
    const page = await uc.page(mail, customer.visitor, { place: "trace", params: paramsOf({ sender: "a@b.example", all: "yes" }) });
    expect(page).toMatchObject({
      ok: true,
      value: {
        isOpen: false,
        byHand: {
          fields: [
            { name: "From", value: "a@b.example" },
            { name: "Detections only", value: "off" },
          ],
        },
      },
    });
  });
});

describe("one message", () => {
  const id = "4Njp3P0STMz2c02Q-2026-11-24T10:00:00-12345678";

  it("is opened, seen and kept, each written down with its id and nothing of what it says", async () => {
    const { uc, mail, customer } = await reader([foundMessage({ id, subject: "secret merger" })]);
    const opened = await uc.message(mail, id);
    if (!opened.ok) throw new Error(opened.problem.say);
    expect(await opened.value.trace()).toMatchObject({ ok: true });
    expect(await uc.picture(mail, id)).toMatchObject({ ok: true });
    expect(await uc.raw(mail, id)).toMatchObject({
      ok: true,
      value: { fileName: "message-4Njp3P0STMz2c02Q-2026-11-24T10-00-00-12345678.eml" },
    });
    expect(await events(customer)).toEqual(["mail-downloaded", "mail-picture", "mail-seen"]);
    const activity = await said(customer);
    expect(activity).toContain(`opened the message ${id}`);
    expect(activity.join()).not.toContain("merger");
  });

  it("that is not there, or whose id is no id, is not found, and nobody is asked for what cannot be one", async () => {
    const { uc, mail, vendor, customer } = await reader([]);
    for (const odd of ["", "a b", "x".repeat(301), "line\nbreak", "\u202Ex", "é"]) {
      expect(await uc.message(mail, odd)).toMatchObject({ ok: false, problem: { code: "gone" } });
      expect(await uc.picture(mail, odd)).toMatchObject({ ok: false, problem: { code: "gone" } });
      expect(await uc.raw(mail, odd)).toMatchObject({ ok: false, problem: { code: "gone" } });
    }
    expect(vendor.asked).toEqual([]);
    expect(await uc.message(mail, "m-1")).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await events(customer)).toEqual([]);
  });

  it("gets a file name that no system trips over, whatever its id holds", async () => {
    const odd = '../..\\CON:<>|"%00;name*=x';
    const { uc, mail } = await reader([foundMessage({ id: odd })]);
    const raw = await uc.raw(mail, odd);
    expect(raw.ok && raw.value.fileName).toMatch(/^message-[A-Za-z0-9-]+\.eml$/);
  });
});

describe("the file of a search", () => {
  it("has up to a thousand messages by one question, and no cell that a spreadsheet would carry out", async () => {
    const hostile = foundMessage({ subject: '=HYPERLINK("http://x")', fromName: "@SUM(1)\u202Egpj", messageId: "<a\r\n=1+1@x>" });
    const { uc, mail, vendor, customer } = await reader([hostile, ...many(1_200)]);
    const file = await uc.csv(mail, ask());
    if (!file.ok) throw new Error(file.problem.say);
    const texts: string[] = [];
    for await (const text of file.value.texts) texts.push(text);
    const lines = texts.join("").trimEnd().split("\r\n");
    expect(lines).toHaveLength(1_001);
    expect(vendor.searches).toHaveLength(1);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(lines[1]).toContain(`"'@SUM(1)‹U+202E›gpj"`);
    for (const line of lines) expect(line).not.toMatch(/(^|,)"[=+@-]/);
    expect(await events(customer)).toEqual(["mail-exported"]);
    expect(file.value.fileName).toMatch(/^cutover-mail-\d{4}-\d{2}-\d{2}\.csv$/);
  });
});

describe("without the right", () => {
  it("nobody gets what opens mail: not staff, not who may change settings only, not another company, not nobody", async () => {
    const { customer } = await reader([]);
    const open = (visitor: Parameters<ReturnType<typeof openMail>>[0]) => openMail(house.deps)(visitor, customer.tenant.id);
    const staff = { ...customer.visitor, tenant: "0be7a700-0000-4000-8000-000000000001", isStaff: true };
    expect(await open(staff)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await open({ ...customer.visitor, hasMailRole: false })).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await open({ ...customer.visitor, tenant: "11111111-1111-4111-8111-111111111111" })).toMatchObject({
      ok: false,
      problem: { code: "gone" },
    });
    expect(await open(null)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });
});
