/** The way of journal reports: a connector only where a gateway is in it, one for each region, to that region's hosts alone, and tried. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { journalConnector } from "./journal-connector";
import { refusals } from "./testing";
import { EU, gateway, journalRuleRow, NAME, outbound, straight, targetsRow, US, validation } from "./testing-journal";
import { done, found, ONE, TWO } from "./testing-journal-connector";
import { smtpRow } from "./testing-switch";

describe("is it needed?", () => {
  it("no gateway: not needed, and nothing is planned", () => {
    const { check, changes } = found(ONE, { outbound: [] });
    expect(check("needed")).toMatchObject({ verdict: "pass" });
    expect(check("needed")?.saw).toContain("no connector is needed");
    expect(check("settled")?.verdict).toBe("pass");
    expect(changes).toEqual([]);
  });
  it.each(["Partner", "OnPremises"])("a %s connector for all domains is a gateway, and is named", (ConnectorType) => {
    const { check } = found(ONE, { outbound: [gateway({ ConnectorType })] });
    expect(check("needed")?.saw).toContain("“To the gateway”");
    expect(check("needed")?.saw).toContain("need a connector");
  });
  it.each([
    ["turned off", { Enabled: false }],
    ["for one domain", { RecipientDomains: ["adatum.example"] }],
    ["a test", { TestMode: true }],
    ["by MX records", { UseMXRecord: true, SmartHosts: [] }],
  ])("a connector that is %s is none", (_, more) => {
    expect(found(ONE, { outbound: [gateway(more)] }).changes).toEqual([]);
  });
  it("a gateway used only by a mail flow rule does not touch reports: said, and not needed", () => {
    const rule = {
      Guid: "t",
      Name: "Sales through the gateway",
      State: "Enabled",
      Priority: 0,
      Actions: ["Microsoft.Exchange.MessagingPolicies.Rules.Tasks.RouteMessageOutboundConnectorAction"],
    };
    const { check, changes } = found(ONE, { outbound: [gateway({ IsTransportRuleScoped: true })], rules: [rule] });
    expect(check("needed")).toMatchObject({ verdict: "pass" });
    expect(check("needed")?.saw).toContain("Sales through the gateway");
    expect(check("needed")?.saw).toContain("rules don't touch journal reports");
    expect(changes).toEqual([]);
  });
  it("centralised transport: this step can't help, and says what can", () => {
    const { check, changes } = found(ONE, { outbound: [gateway({ ConnectorType: "OnPremises", RouteAllMessagesViaOnPremises: true })] });
    expect(check("needed")).toMatchObject({ verdict: "fail" });
    expect(check("needed")?.fix).toContain("centralized mail transport");
    expect(changes).toEqual([]);
  });
  it("the admin's own word outranks what was read, and stays a word", () => {
    const yes = found({ ...ONE, gateway: "yes" }, { outbound: [] });
    expect(yes.check("needed")).toMatchObject({ verdict: "unknown", onWord: true });
    expect(yes.changes).toHaveLength(2);
    const not = found({ ...ONE, gateway: "no" });
    expect(not.check("needed")).toMatchObject({ verdict: "unknown", onWord: true });
    expect(not.changes).toEqual([]);
  });
});

describe("what is planned", () => {
  it("one partner connector to the region's hosts, by TLS with a certificate of an authority, and its trial in the same plan", () => {
    const { changes } = found(ONE);
    expect(changes).toMatchObject([
      {
        do: "new",
        kind: "OutboundConnector",
        name: "Deliver journal directly to Area 1",
        edits: {
          ConnectorType: { to: "Partner" },
          Enabled: { to: true },
          RecipientDomains: { add: ["journaling.mxrecord.io"] },
          UseMXRecord: { to: false },
          SmartHosts: { add: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"] },
          TlsSettings: { to: "CertificateValidation" },
          Comment: { to: "Deliver journal directly to Area 1" },
        },
      },
      {
        do: "set",
        kind: "OutboundConnectorValidation",
        key: "Deliver journal directly to Area 1",
        edits: { IsValidated: { from: false, to: true }, ValidationRecipients: { add: [US.address], whole: [US.address] } },
      },
    ]);
  });
  it("with two regions a second one with its region in the name, each with its own hosts and no others", () => {
    const made = found(TWO).changes.filter((c) => c.do === "new");
    expect(made).toMatchObject([
      { name: NAME, edits: { RecipientDomains: { add: [US.domain] }, SmartHosts: { add: US.hosts } } },
      { name: `${NAME} (EU)`, edits: { RecipientDomains: { add: [EU.domain] }, SmartHosts: { add: EU.hosts } } },
    ]);
  });
  it("the EU alone has the usual name; who adds the US ends with the names of one who chose both", () => {
    const alone = found({ regions: ["eu"], addresses: { eu: EU.address } });
    expect(alone.changes[0]).toMatchObject({ do: "new", name: NAME, edits: { SmartHosts: { add: EU.hosts } } });
    const mine = done(alone.changes);
    const { changes } = found(TWO, { outbound: [gateway(), straight("made-0", NAME, EU)], mine });
    expect(changes.map((c) => `${c.do} ${c.name}`)).toEqual([`new ${NAME} (EU)`, `set ${NAME} (EU)`, `set ${NAME}`, `set ${NAME}`]);
  });
  it("an address in the later EU spelling takes its own domain", () => {
    const addresses = { eu: "contoso@journaling.mailstream-eu-primary.mxrecord.io" };
    const { changes, check } = found({ regions: ["eu"], addresses });
    expect(check("address/eu")?.verdict).toBe("pass");
    expect(changes[0]?.edits["RecipientDomains"]).toMatchObject({ add: ["journaling.mailstream-eu-primary.mxrecord.io"] });
  });
  it("an address that names no region goes by MX records, with no smart hosts", () => {
    const { changes, check } = found({ addresses: { us: "0123abcd@CF-emailsecurity.com" } }, { profile: cloudflare });
    expect(check("hosts")?.verdict).toBe("pass");
    expect(changes[0]?.edits).toMatchObject({ UseMXRecord: { to: true }, RecipientDomains: { add: ["cf-emailsecurity.com"] } });
    expect(changes[0]?.edits["SmartHosts"]).toBeUndefined();
  });
  it("one made by hand that does the job is the job done, under any name and with the hosts of either product", () => {
    const by = straight("1", "Journal", US);
    const validations = [validation("Journal", { IsValidated: true, LastValidationTimestamp: "2026-05-01T10:01:00" })];
    expect(found(ONE, { outbound: [gateway(), by], validations }).changes).toEqual([]);
    expect(found(ONE, { outbound: [gateway(), by], validations, profile: cloudflare }).changes).toEqual([]);
  });
  it("one meant for it is put right in place and tried again", () => {
    const wrong = straight("1", "Journal", { domain: US.domain, hosts: ["mailstream-east.mxrecord.io"] }, { TlsSettings: null });
    expect(found(ONE, { outbound: [gateway(), wrong] }).changes).toMatchObject([
      { do: "set", key: "1", edits: { SmartHosts: { whole: US.hosts }, TlsSettings: { to: "CertificateValidation" } } },
      { do: "set", kind: "OutboundConnectorValidation", key: "Journal" },
    ]);
  });
  it("one that carries somebody else's mail too is left alone, even under our name, and said while it is on", () => {
    const mixed = straight("1", NAME, { domain: US.domain, hosts: ["old.example"] }, { RecipientDomains: [US.domain, "other.example"] });
    const { changes, check } = found(ONE, { outbound: [gateway(), mixed] });
    expect(changes[0]).toMatchObject({ do: "new", name: `${NAME} 2` });
    expect(check("beside/1")?.saw).toContain("other.example");
  });
  it("one for both regions takes EU reports to US hosts: it does nobody's job", () => {
    const both = straight("1", "Both", US, { RecipientDomains: [US.domain, EU.domain] });
    const { changes, check } = found(TWO, { outbound: [gateway(), both] });
    expect(changes.filter((c) => c.do === "new")).toHaveLength(2);
    expect(check("beside/1")?.verdict).toBe("warn");
  });
  it("a region that is given up, or a gateway that is gone, leaves nothing of ours", () => {
    const mine = done(found(TWO).changes);
    const ours = [straight("made-0", NAME, US), straight("made-2", `${NAME} (EU)`, EU)];
    const validations = ours.map((c) =>
      validation(c.Name, { IsValidated: true, ValidationRecipients: [c.Name === NAME ? US.address : EU.address] }),
    );
    expect(found(ONE, { outbound: [gateway(), ...ours], validations, mine }).changes).toMatchObject([{ do: "remove", key: "made-2" }]);
    expect(found(TWO, { outbound: ours, validations, mine }).changes.filter((c) => c.do === "remove")).toHaveLength(2);
  });
});

describe("EU service address outside the connector's domain", () => {
  it("a connector for the US domain alone is named, and what it does to EU reports", () => {
    const us = straight("1", "Journal", US);
    const { check, changes } = found(TWO, { outbound: [gateway(), us] });
    expect(check("bypass/eu")).toMatchObject({ verdict: "fail" });
    expect(check("bypass/eu")?.saw).toContain(
      "“Journal” takes mail for journaling.mxrecord.io, not for mailstream-eu-primary.journaling.mxrecord.io",
    );
    expect(check("bypass/us")).toBeUndefined();
    expect(changes.some((c) => c.do === "new")).toBe(true);
  });
});

describe("addresses", () => {
  it("not entered: says where it stands, and nothing is planned", () => {
    const { check, changes } = found({});
    expect(check("addresses")).toMatchObject({ verdict: "fail" });
    expect(check("addresses")?.fix).toContain("Service Addresses");
    expect(changes).toEqual([]);
  });
  it("another region's breaks a promise, which is named", () => {
    const { check, changes } = found({ regions: ["eu"], addresses: { eu: US.address } });
    expect(check("addresses")?.saw).toContain("United States");
    expect(check("addresses")?.saw).toContain("against what was promised");
    expect(changes).toEqual([]);
  });
  it("one for two regions is refused; one of an unknown domain is only warned about", () => {
    const same = "0123abcd@cf-emailsecurity.com";
    expect(found({ regions: ["us", "eu"], addresses: { us: same, eu: same } }).check("addresses")?.verdict).toBe("fail");
    const odd = found({ addresses: { us: "contoso@journalling.example" } });
    expect(odd.check("address/us")?.verdict).toBe("warn");
    expect(odd.changes).toHaveLength(2);
  });
  it("what is no address is refused, however it was pasted", () => {
    expect(refusals(journalConnector, { addresses: { us: "journaling.mxrecord.io" } })[0]).toContain("name@domain");
    expect(refusals(journalConnector, { addresses: { us: "<Contoso@Journaling.mxrecord.io>" } })).toEqual([]);
    expect(refusals(journalConnector, { regions: [] })).toEqual(["Choose at least one region."]);
  });
  it("a domain without mail servers: reports have no way, unless a connector names hosts", () => {
    const raw = { [`mxTargets/${US.domain}`]: [targetsRow(US.domain, [])] };
    expect(found(ONE, { outbound: [], raw }).check(`mx/${US.domain}`)?.verdict).toBe("fail");
    expect(found(ONE, { raw }).check(`mx/${US.domain}`)?.verdict).toBe("warn");
  });
});

describe("the vendor's hosts are called first", () => {
  it("one that does not answer stops the plan and is named", () => {
    const [host = ""] = US.hosts;
    const { check, changes } = found(ONE, { raw: { [`smtpHost/${host}`]: [smtpRow(host, { connected: false, problem: "timed out" })] } });
    expect(check("hosts")?.saw).toContain(`${host}: It does not answer on port 25`);
    expect(changes).toEqual([]);
  });
  it("no way out on port 25: unknown, until somebody gives their word, which stays unknown and is kept", () => {
    const failed = Object.fromEntries(US.hosts.map((host) => [`smtpHost/${host}`, no("unreachable", "No way out on port 25.")]));
    const without = found(ONE, { failed });
    expect(without.check("hosts")?.verdict).toBe("unknown");
    expect(without.changes).toEqual([]);
    expect(without.fields.map((f) => f.name)).toContain("port25Word");
    const withWord = found({ ...ONE, port25Word: ["yes"] }, { failed });
    expect(withWord.changes).toHaveLength(2);
    expect(withWord.check("port-25")).toMatchObject({ verdict: "unknown", onWord: true });
  });
});

it("shows what each connector covers, and where each region's reports go", () => {
  const { evidence } = found(TWO, { outbound: [gateway(), outbound("2", "Partner", { RecipientDomains: ["adatum.example"] })] });
  expect(evidence.map(({ title }) => title)).toEqual([
    "Outbound connectors, and what each covers",
    "Where the reports of each region go",
    "The vendor's hosts for them",
  ]);
  expect(evidence[0]?.rows.map((row) => row.at(-1))).toEqual(["United States and everybody else, European Union", "No"]);
  expect(evidence[1]?.rows[1]).toEqual(["European Union", EU.address, EU.domain, EU.hosts.join(", ")]);
});

it("asks for an address of each chosen region, filled with what is chosen", () => {
  const { fields } = found(TWO);
  expect(fields.map((f) => f.name)).toEqual(["regions", "addresses.us", "addresses.eu", "gateway"]);
  expect(fields[1]?.value).toBe(US.address);
});

it("can't be undone while a rule of ours still sends reports", () => {
  const made: Change = { do: "new", kind: "JournalRule", key: "", name: "Rule", hands: "us", edits: {} };
  const entry = {
    run: "r",
    step: "journal-rule",
    at: 0,
    by: { kind: "admin", id: "a", name: "Contoso admin" },
    change: made,
    what: "done",
    made: "j1",
  } as const;
  const of = (done: readonly (typeof entry)[]) => ({ settings: {}, profile: area1, done: () => done });
  const known = found(ONE, { raw: { JournalRule: [journalRuleRow("j1", "Rule", US.address)] } }).known;
  expect(journalConnector.undoGuard?.judge(of([entry]), known, 0)[0]).toMatchObject({ verdict: "fail", step: "journal-rule" });
  const on: Change = {
    do: "set",
    kind: "JournalRule",
    key: "j1",
    name: "Rule",
    hands: "us",
    edits: { Enabled: { from: false, to: true } },
  };
  expect(journalConnector.undoGuard?.judge(of([{ ...entry, change: on }]), known, 0)[0]?.verdict).toBe("fail");
  const scope: Change = { ...on, edits: { Scope: { from: "Global", to: "External" } } };
  expect(journalConnector.undoGuard?.judge(of([{ ...entry, change: scope }]), known, 0)[0]?.verdict).toBe("pass");
  expect(journalConnector.undoGuard?.judge(of([]), known, 0)[0]?.verdict).toBe("pass");
});

it("a rule for a region that is no longer chosen is named, before its connector goes", () => {
  const rule = { Guid: "r", Name: "Journal EU", JournalEmailAddress: EU.address, Recipient: null, Scope: "External", Enabled: true };
  expect(found(ONE, { journal: [rule] }).check("stranded/r")).toMatchObject({ verdict: "warn", step: "journal-rule" });
  expect(found(TWO, { journal: [rule] }).check("stranded/r")).toBeUndefined();
  expect(found(ONE, { journal: [{ ...rule, Enabled: false }] }).check("stranded/r")).toBeUndefined();
});
