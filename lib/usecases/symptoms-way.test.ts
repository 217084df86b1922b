/** What goes wrong on the mail's way through the vendor into Microsoft, told by its symptom over the whole product. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EGRESS } from "@/lib/profiles/egress";
import { endOf, inlineVerbs, type Row } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, HOUR, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof inlineVerbs>;
let customer: Customer;
let domain: string;
let to: string;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = inlineVerbs(house, I);
  customer = await my.walks("cloudflare-dns");
  [domain = ""] = my.domainsOf(customer);
  to = `employee@${domain}`;
}, 180_000);
afterAll(() => house.stop());

const CONNECTOR = "Email Security Inbound Connector";
const isNow = (name: string, more: object) => (rows: readonly Row[]) => rows.map((row) => (row.Name === name ? { ...row, ...more } : row));
/** Behind our back, in the vendor's dashboard. */
const atVendor = (more: Readonly<Record<string, unknown>>) =>
  Promise.all(Object.entries(more).map(([name, value]) => I.edit(customer, ["cloudflare", "domains", "0", name], value)));
const mended = async (step: string) => {
  await my.done(customer, step, HOUR);
  expect(await I.status(customer, step)).toBe("done");
};
const headersOf = async (letter: Partial<Parameters<typeof my.sends>[1]> = {}) => my.rawOf(await my.sends(customer, { to, ...letter }));

/** Each begins with mail that arrives, judged by its real sender. */
beforeEach(async () => {
  expect(endOf(await my.sends(customer, { to }))).toEqual({ kind: "folder", folder: "Inbox" });
});

describe("the next hop", () => {
  it("“5.4.14 hop count exceeded”: the vendor hands mail to itself; found, and put right (4)", async () => {
    await atVendor({ transport: "mxa.global.inbound.cf-emailsecurity.net" });
    expect(endOf(await my.sends(customer, { to }))).toMatchObject({ kind: "refused", reply: { text: expect.stringContaining("5.4.14") } });
    expect(await my.checkOf(customer, "area1-domains", domain)).toMatchObject({ verdict: "fail", saw: expect.stringContaining("5.4.14") });
    await mended("area1-domains");
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
  });

  it("“451 4.4.62 wrong Office 365 region”: somebody typed a host that is not the tenant's; compared and put right (6)", async () => {
    await atVendor({ transport: "contoso.mx.microsoft" });
    expect(endOf(await my.sends(customer, { to }))).toMatchObject({ kind: "refused", reply: { code: 451 } });
    expect(await my.checkOf(customer, "area1-domains", domain)).toMatchObject({ verdict: "fail", saw: expect.stringContaining("4.4.62") });
    await mended("area1-domains");
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
  });

  it("“mail is delayed since the connector asks for TLS”: the vendor hands on without; found and put right (23)", async () => {
    await atVendor({ require_tls_outbound: false });
    expect(endOf(await my.sends(customer, { to }))).toMatchObject({
      kind: "refused",
      reply: { code: 451, text: expect.stringContaining("STARTTLS") },
    });
    expect(await my.checkOf(customer, "area1-domains", domain)).toMatchObject({ verdict: "fail", saw: expect.stringContaining("TLS") });
    await mended("area1-domains");
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
  });
});

describe("who really sent it", () => {
  it("“SPF fails for everything since the switch”: enhanced filtering is for pilot users only; found, and cleared (15)", async () => {
    await my.meddles(customer, "InboundConnector", isNow(CONNECTOR, { EFUsers: [`admin@${domain}`] }));
    const before = await headersOf();
    expect(before).toMatch(/spf=fail/);
    expect(before).not.toContain("X-MS-Exchange-SkipListedInternetSender");
    expect((await I.fresh(customer, "enhanced-filtering")).changes).toHaveLength(1);
    await mended("enhanced-filtering");
    const after = await headersOf();
    expect(after).toContain("X-MS-Exchange-SkipListedInternetSender: ip=[203.0.113.7]");
    expect(after).toMatch(/spf=pass/);
  });

  it("“enhanced filtering is on, and does nothing”: mail comes in by the lock's connector; both get it (16)", async () => {
    await I.wait(4 * DAY); // before its time a lock would be the first thing to mend
    await I.fresh(customer, "inbound-connector");
    const lock = { RestrictDomainsToIPAddresses: true, EFSkipLastIP: false, Name: "Lock by hand", Guid: crypto.randomUUID() };
    await my.meddles(customer, "InboundConnector", (rows) => [...rows, { ...rows.find((row) => row.Name === CONNECTOR), ...lock }]);
    expect(await headersOf()).toMatch(/spf=fail/);
    await mended("enhanced-filtering");
    expect(await I.objects(customer, "InboundConnector")).toMatchObject([{ EFSkipLastIP: true }, { EFSkipLastIP: true }]);
    expect(await headersOf()).toMatch(/spf=pass/);
    await my.meddles(customer, "InboundConnector", (rows) => rows.filter((row) => row.Guid !== lock.Guid));
  });

  it("“the last address is skipped, and it is the wrong one”: an archive stands in between; a list of hops finds the sender (17)", async () => {
    const archive = "51.15.20.77"; // a public one: others are refused by the form
    await my.meddles(customer, "InboundConnector", isNow(CONNECTOR, { SenderIPAddresses: [...EGRESS, archive] }));
    const throughArchive = {
      via: "direct",
      fromIp: archive,
      headers: {
        Received: `from mx.vendor.example ([${EGRESS[0]?.split("/")[0]}]) by archive.example with ESMTPS; Mon, 2 Nov 2026 10:00:01 +0000`,
        received: "from mail.sender.example ([203.0.113.7]) by mx.vendor.example with ESMTPS; Mon, 2 Nov 2026 10:00:00 +0000",
      },
    } as const;
    expect(await headersOf(throughArchive)).toMatch(/spf=fail/);
    await my.save(customer, "enhanced-filtering", { hop: "list", hops: archive });
    await mended("enhanced-filtering");
    expect(await headersOf(throughArchive)).toMatch(/spf=pass \(sender IP is 203\.0\.113\.7\)/);
    await my.save(customer, "enhanced-filtering", { hop: "last", hops: "" });
    await mended("enhanced-filtering");
  });
});
