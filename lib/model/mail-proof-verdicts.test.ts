/** What test messages and their headers come to, by the symptom's name (stories 1, 15 to 17, 19, 22, 24, 25, 29, 36). */
import { describe, expect, it } from "vitest";
import type { Leg } from "./mail-proof";
import { endOf } from "./mail-proof-end";
import { findingsOf } from "./mail-proof-findings";
import { pathOf } from "./mail-proof-path";
import { refusalIn } from "./mail-proof-refusals";
import {
  accepted,
  proof,
  received,
  refused,
  report,
  results,
  SENDER_IP,
  signs,
  skipped,
  throughVendor,
  trace,
  VENDOR_IP,
  vendor,
} from "./mail-proof-testing";
import { traceOf } from "./mail-proof-trace";
import { verdictsOf } from "./mail-proof-verdicts";

const LOCK = "5.7.51 TenantInboundAttribution; Rejecting";
const unseen = { mx: false, direct: false };
const verdicts = (...of: Parameters<typeof proof>) =>
  Object.fromEntries(verdictsOf(proof(...of), vendor, unseen).map((c) => [c.id, c.verdict]));
const ends = (...of: Parameters<typeof proof>) => {
  const { legs, circumstances, isOpen } = proof(...of);
  return [legs.mx, legs.direct].map((leg) => endOf(leg, circumstances, { isSeen: false, isOpen }));
};
const arrived: Partial<Leg> = { sending: accepted, trace: trace() };

describe("where a message ended", () => {
  it.each([
    ["not sent yet", {}, {}, {}, ["not-sent", "not-sent"]],
    ["delivered, the door open", arrived, arrived, {}, ["delivered", "delivered"]],
    ["refused by the lock", arrived, { sending: refused(LOCK) }, { lock: "on" }, ["delivered", "refused-rightly"]],
    ["refused by a lock nobody could read", arrived, { sending: refused(LOCK) }, { lock: null }, ["delivered", "refused-rightly"]],
    ["refused by a lock that there should not be", arrived, { sending: refused(LOCK) }, {}, ["delivered", "refused-wrongly"]],
    ["refused for another reason", arrived, { sending: refused("5.7.606 banned") }, { lock: "on" }, ["delivered", "refused-wrongly"]],
    ["past the lock", arrived, arrived, { lock: "on" }, ["delivered", "delivered-wrongly"]],
    ["past a lock that is not in effect yet", arrived, arrived, { lock: "settling" }, ["delivered", "delivered"]],
    [
      "refused behind the vendor (22)",
      { sending: accepted, trace: trace({ status: "Failed", refusal: `550 ${LOCK}` }) },
      {},
      { lock: "on" },
      ["refused-wrongly", "not-sent"],
    ],
    ["held back", { sending: accepted, trace: trace({ status: "Quarantined" }) }, {}, {}, ["held", "not-sent"]],
    ["never seen at Microsoft", { sending: accepted }, { sending: accepted }, {}, ["lost", "handed-over"]],
    ["cut off", { sending: { state: "unsure", at: 1, said: null } }, {}, {}, ["unsure", "not-sent"]],
    ["cut off, and yet arrived", { sending: { state: "unsure", at: 1, said: null }, trace: trace() }, {}, {}, ["delivered", "not-sent"]],
  ] as const)("%s", (_, mx, direct, now, wanted) => {
    expect(ends(mx, direct, now)).toEqual(wanted);
  });

  it("is on its way while it is looked for", () => {
    expect(ends({ sending: accepted }, { sending: accepted }, {}, true)).toEqual(["on-its-way", "on-its-way"]);
  });
});

describe("what the two messages prove", () => {
  it("everything is right", () => {
    expect(verdicts(arrived, { sending: refused(LOCK) }, { lock: "on" })).toEqual({
      "mx/sent": "pass",
      "mx/arrived": "pass",
      "mx/connector": "pass",
      "direct/door": "pass",
    });
  });

  it.each([
    ["“SPF fails for everything” (15)", { connectors: [{ name: "Ours", isFiltering: false }] }, {}, "mx/connector"],
    ["“enhanced filtering is on, and does nothing” (16)", {}, { connector: "Another" }, "mx/connector"],
    ["no connector took it", {}, { connector: null }, "mx/connector"],
    ["another server hands it over (17)", {}, { fromIp: "198.51.100.40" }, "mx/last-server"],
  ] as const)("%s", (_, now, more, id) => {
    expect(verdicts({ sending: accepted, trace: trace(more) }, { sending: refused(LOCK) }, { lock: "on", ...now })).toMatchObject({
      [id]: "fail",
    });
  });

  it("“the door is locked and mail comes past it” (36)", () => {
    expect(verdicts(arrived, arrived, { lock: "on" })).toMatchObject({ "direct/door": "fail" });
    expect(verdicts(arrived, arrived, { lock: "settling" })).toMatchObject({ "direct/door": "wait" });
    expect(verdicts(arrived, arrived, { lock: null })).toMatchObject({ "direct/door": "unknown" });
    expect(verdicts(arrived, arrived, { lock: "off" })).toMatchObject({ "direct/door": "warn" });
    expect(verdicts(arrived, arrived, { lock: "off", isAtVendor: false })).toMatchObject({ "direct/door": "pass" });
  });

  it("“other domains bounce with 5.7.51” before the switch (1)", () => {
    expect(verdicts({ sending: refused(LOCK) }, { sending: refused(LOCK) }, { isAtVendor: false })).toMatchObject({
      "mx/arrived": "fail",
      "direct/door": "fail",
    });
  });

  it("no way out on port 25 is not known, and nothing is said of the hosts", () => {
    const shut = { sending: { state: "not-sent", at: 1, problem: { code: "unreachable", say: "No way out.", fix: "Open it." } } } as const;
    expect(verdicts(shut, shut)).toEqual({ "mx/sent": "unknown", "direct/sent": "unknown" });
  });

  it("every finding that is not right says what to do, every wait when to look again", () => {
    const all = [
      arrived,
      {},
      { sending: accepted },
      { sending: refused("5.1.1 no") },
      { sending: accepted, trace: trace({ folder: "Junk Email" }) },
    ];
    for (const mx of all)
      for (const direct of all)
        for (const lock of ["on", "off", "settling", null] as const)
          for (const isOpen of [true, false])
            for (const check of verdictsOf(proof(mx, direct, { lock }, isOpen), vendor, unseen)) {
              if (check.verdict === "wait") expect(check.again).toEqual(expect.any(Number));
              else if (check.verdict !== "pass") expect(check.fix).toEqual(expect.any(String));
            }
  });
});

const found = (text: string, sent: string | null = "Hello") =>
  Object.fromEntries(findingsOf(signs(text), vendor, sent).map((c) => [c.id, c.verdict]));

describe("what headers prove", () => {
  it("enhanced filtering works", () => {
    expect(found(throughVendor([skipped(SENDER_IP), results("pass", SENDER_IP), report("SCL:1;IPV:NLI;SFV:NSPM;CAT:NONE;")]))).toEqual({
      filtering: "pass",
      spf: "pass",
      disposition: "pass",
      antispam: "pass",
    });
  });

  it("“SPF fails for everything”: no skip header, and the vendor's address was judged (15)", () => {
    expect(found(throughVendor([results("fail", VENDOR_IP)]))).toMatchObject({ filtering: "fail" });
    // Without SPF of the sender's it is the same fault.
    expect(found(throughVendor([results("none", VENDOR_IP)]))).toMatchObject({ filtering: "fail" });
  });

  it("“the last address is skipped, and it is the wrong one” (17)", () => {
    const between = [received("mxa.cf", VENDOR_IP, "archive.test", 5)];
    expect(found(throughVendor([skipped(VENDOR_IP), results("fail", VENDOR_IP)], { entry: "198.51.100.40", between }))).toMatchObject({
      "extra-hop": "fail",
    });
  });

  it("“DKIM fails since the tags are on” (24)", () => {
    const dkim = "dkim=fail (body hash did not verify) header.d=sender.test;dmarc=fail";
    expect(found(throughVendor([skipped(SENDER_IP), results("pass", SENDER_IP, dkim)]), null)).toMatchObject({
      dkim: "warn",
      dmarc: "warn",
    });
    expect(found(throughVendor([]).replace("Subject: Hello", "Subject: [SUSPICIOUS] Hello"))).toMatchObject({ subject: "warn" });
  });

  it("“the rules never fire”: the disposition stands under the older name (25)", () => {
    expect(found(throughVendor(["X-Area1Security-Disposition: BULK"]))).toMatchObject({ "header-name": "fail", disposition: "warn" });
  });

  it("“released there, held here” (29)", () => {
    expect(found(throughVendor(["X-CFEmailSecurity-Disposition: UCE", report("SCL:9;SFV:SKS;CAT:HSPM;")]))).toMatchObject({
      "held-twice": "warn",
    });
  });

  it("the allow list spared it from the spam filter (19)", () => {
    const [check] = findingsOf(signs(throughVendor([report("SCL:-1;IPV:CAL;SFV:SKN;CAT:NONE;")])), vendor, "Hello").filter(
      (c) => c.id === "antispam",
    );
    expect(check).toMatchObject({ verdict: "pass", saw: expect.stringContaining("allow list") });
  });

  it("a server that kept it for long is named", () => {
    const slow = throughVendor([]).replace("10:00:09", "10:09:09");
    expect(found(slow)).toMatchObject({ "slow/bn8nam12ft001.mail.protection.outlook.com": "warn" });
  });

  it("nothing about enhanced filtering for what never was at the vendor", () => {
    expect(found(received("a.test", SENDER_IP, "x.mail.protection.outlook.com", 1))).not.toHaveProperty("filtering");
  });
});

describe("a refusal", () => {
  it.each([
    ["5.7.51 TenantInboundAttribution", "lock-down"],
    ["550 5.4.14 Hop count exceeded", "area1-domains"],
    ["4.4.62 wrong region", "area1-domains"],
    ["5.7.64 TenantAttribution; Relay Access Denied", "inbound-connector"],
    ["5.7.1 Relaying denied", "area1-domains"],
  ])("%s leads to its step", (text, step) => {
    expect(refusalIn(text).step).toBe(step);
  });

  it("is known by its whole code", () => {
    expect(refusalIn("5.7.510 something else").step).toBeUndefined();
    expect(refusalIn("5.7.606 Access denied, banned sending IP").fix).toContain("operator");
    expect(refusalIn("5.4.1 Recipient address rejected").fix).toContain("mailbox");
    expect(refusalIn("no code").means).toBe("The server did not want it.");
  });
});

describe("message trace", () => {
  const event = (name: string, detail: string, data = "") => ({ event: name, detail, data });
  const connector = (name: string) => event("Receive", "", `<root><MEP Name="ConnectorId" String="${name}"/></root>`);
  const row = { status: "Delivered", fromIp: VENDOR_IP, recipient: "a@ours.test" };

  it.each([
    ["The message was successfully delivered. Folder: Junk Email", "Junk Email"],
    ["The message was successfully delivered to the folder: DefaultFolderType:Inbox", "Inbox"],
    ["… to the folder: DefaultFolderType:JunkEmail.", "Junk Email"],
    ["The message was delivered.", null],
  ])("%s", (detail, folder) => {
    expect(traceOf(row, [event("Deliver", detail)], 1).folder).toBe(folder);
  });

  it("names the tenant's connector, unescaped, and not Microsoft's own", () => {
    expect(traceOf(row, [connector("Area 1 &amp; &#38; Inbound")], 1).connector).toBe("Area 1 & & Inbound");
    expect(traceOf(row, [connector("BN8\\Default BN8")], 1).connector).toBeNull();
  });

  it("tells rules and the reason of a refusal", () => {
    const events = [event("Transport rule", "Transport rule: 'Bulk to junk'"), event("Fail", "Reason: [{LED=550 5.7.51 No}]")];
    expect(traceOf({ ...row, status: "Failed" }, events, 1)).toMatchObject({ rules: ["Bulk to junk"], refusal: "550 5.7.51 No" });
  });
});

describe("the picture of the way", () => {
  const states = (...of: Parameters<typeof proof>) => {
    const drawn = proof(...of);
    return [drawn.legs.mx, drawn.legs.direct].map((leg) => pathOf(drawn, leg, vendor, null).stops.map((stop) => stop.state));
  };

  it("shows how far each came", () => {
    expect(states(arrived, { sending: refused(LOCK) }, { lock: "on" })).toEqual([
      ["passed", "passed", "passed", "here"],
      ["passed", "refused", "ahead"],
    ]);
    expect(states({ sending: accepted }, { sending: accepted }, {}, true)).toEqual([
      ["passed", "here", "ahead", "ahead"],
      ["passed", "here", "ahead"],
    ]);
  });

  it("shows that Microsoft refused it behind the vendor", () => {
    expect(states({ sending: accepted, trace: trace({ status: "Failed", refusal: LOCK }) }, {})[0]).toEqual([
      "passed",
      "passed",
      "refused",
      "ahead",
    ]);
  });

  it("shows a server in between, where headers tell of one", () => {
    const drawn = proof(arrived, {});
    const between = [received("mxa.cf", VENDOR_IP, "archive.test", 5)];
    const path = pathOf(drawn, drawn.legs.mx, vendor, signs(throughVendor([], { entry: "198.51.100.40", between })));
    expect(path.stops.map((stop) => stop.name)).toEqual([
      "Cutover",
      "Cloudflare Email Security",
      "Another server",
      "Microsoft 365",
      "The mailbox",
    ]);
  });
});
