/** What is said about the handling of mail, each by the symptom that people would see; and the outcome preview. */
import { describe, expect, it } from "vitest";
import { resolve } from "@/lib/model/query";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { messageHandling } from "./message-handling";
import { type Mail, outcomes } from "./message-handling-outcomes";
import { FIRST_SETTINGS, handlingSettings } from "./message-handling-settings";
import { EGRESS, flowRule, policy, policyRule, quarantinePolicy, strict, tenant } from "./message-handling-testing";
import { judged } from "./testing";

const CLEAN = { spoofClean: "yes" };
const found = (settings: object, raw = tenant(), profile: Profile = cloudflare) =>
  judged(messageHandling, { ...FIRST_SETTINGS, ...settings }, raw, { profile });

/** "quarantine UserNotifyAdminRelease, told, user-asks" by kind of mail, for one group of people. */
function landing(settings: object, raw = tenant(), group = "Default", profile: Profile = cloudflare): Readonly<Record<string, string>> {
  const { known } = found(settings, raw, profile);
  const chosen = handlingSettings.parse({ ...FIRST_SETTINGS, ...settings });
  const queries = Object.entries(messageHandling.queries(chosen, profile));
  const reading = Object.fromEntries(
    queries.map(([name, q]) => {
      const read = resolve(q, known);
      return [name, read.ok ? read.value : []];
    }),
  ) as Parameters<typeof outcomes>[0]; // every value was parsed by its own noun
  const said = outcomes(reading, chosen, profile).filter((o) => o.group.name === group);
  return Object.fromEntries(
    said.map(({ mail, place, isTold, release }): [Mail, string] => [
      mail,
      [`${place.at}${"policy" in place ? ` ${place.policy}` : ""}`, ...(isTold ? ["told"] : []), ...(release ? [release] : [])].join(", "),
    ]),
  );
}

const ASKS = "quarantine UserNotifyAdminRelease, told, user-asks";
const RELEASES = "quarantine UserNotifyUserRelease, told, user";

describe("where mail lands, for those for whom Default decides", () => {
  it.each([
    ["1", "vendor, admin", "junk", "vendor, admin", "vendor, admin", "junk"],
    ["2", "vendor, admin", "inbox", RELEASES, RELEASES, "junk"],
    ["3", ASKS, "inbox", ASKS, ASKS, "junk"],
    ["4", ASKS, "inbox", RELEASES, RELEASES, "inbox"],
    ["5", "hosted, admin", "inbox", "hosted, admin", "hosted, admin", "junk"],
  ])("use case %s", (useCase, MALICIOUS, SUSPICIOUS, SPOOF, SPAM, BULK) => {
    expect(landing({ ...CLEAN, useCase })).toMatchObject({ MALICIOUS, SUSPICIOUS, SPOOF, SPAM, BULK, NONE: "inbox" });
  });

  it("SUSPICIOUS goes to Junk in area1's cases, and SPOOF as BULK follows BULK", () => {
    expect(landing({ useCase: "3" }, tenant(), "Default", area1)).toMatchObject({ SUSPICIOUS: "junk", SPOOF: "junk" });
    expect(landing({ useCase: "4" })).toMatchObject({ SPOOF: "inbox" });
  });
});

const sales = policyRule("Sales", { SentTo: ["sales@contoso.com"] });
const preset = policyRule("Strict Preset Security Policy", { HostedContentFilterPolicy: strict.Name, SentTo: ["boss@contoso.com"] });
const all = tenant({
  policies: [policy("Default"), policy("Sales"), strict],
  rules: [sales],
  presets: [preset],
});

describe("Default anti-spam edited, but custom or preset policies win for some people", () => {
  it("the preview says it for each of them", () => {
    expect(landing({ ...CLEAN, useCase: "3" }, all, "Sales")).toMatchObject({ SPAM: "junk", MALICIOUS: "junk", BULK: "junk" });
    expect(landing({ ...CLEAN, useCase: "3" }, all, preset.Name)).toMatchObject({
      SPAM: "quarantine DefaultFullAccessWithNotificationPolicy, told, user",
      BULK: "quarantine DefaultFullAccessWithNotificationPolicy, told, user",
    });
  });

  it("each is warned about with its people, and told apart where the same happens", () => {
    const { check } = found({ useCase: "3" }, all);
    expect(check("outranked/Sales")).toMatchObject({ verdict: "warn", saw: expect.stringContaining("sales@contoso.com") });
    const same = tenant({
      policies: [policy("Default"), policy("Sales", { QuarantineRetentionPeriod: 7, ...asDefaultInCase5 })],
      rules: [sales],
    });
    expect(found({ useCase: "5" }, same).check("outranked/Sales")?.verdict).toBe("pass");
  });

  it("Strict decides before Standard, both before custom ones, and nobody is left after a policy for everybody", () => {
    const order = tenant({
      policies: [policy("Default"), policy("Sales"), strict, policy("Standard1")],
      rules: [sales, policyRule("Late", { Priority: 1, HostedContentFilterPolicy: "Sales" })],
      presets: [
        policyRule("Standard Preset Security Policy", { HostedContentFilterPolicy: "Standard1", SentTo: ["x@contoso.com"] }),
        preset,
      ],
    });
    const { evidence } = found({ useCase: "3" }, order);
    const people = evidence[0]?.rows.filter(([mail]) => mail === "MALICIOUS").map(([, who]) => who);
    expect(people?.[0]).toBe("boss@contoso.com");
    expect(people?.join(" ")).not.toContain("everybody else");
  });

  it("a policy that Microsoft does not show is not guessed", () => {
    const raw = tenant({ rules: [policyRule("Gone", { SentTo: ["a@contoso.com"] })] });
    expect(landing({ useCase: "3" }, raw, "Gone")).toMatchObject({ MALICIOUS: "unknown", NONE: "inbox" });
  });
});

const asDefaultInCase5 = {
  HighConfidenceSpamAction: "Quarantine",
  HighConfidenceSpamQuarantineTag: "AdminOnlyAccessPolicy",
  PhishSpamAction: "Quarantine",
  PhishQuarantineTag: "AdminOnlyAccessPolicy",
};

describe("users can release malicious mail by themselves", () => {
  it("where a preset's quarantine policy lets them: a fail", () => {
    const { check } = found({ useCase: "3" }, all);
    expect(check("malicious-release")).toMatchObject({ verdict: "fail", saw: expect.stringContaining("boss@contoso.com") });
  });

  it("not where the vendor holds it, not where it is hosted, not with the published policies", () => {
    for (const useCase of ["1", "2", "5"]) expect(found({ useCase }, all).check("malicious-release")).toBeUndefined();
    for (const useCase of ["3", "4"]) expect(found({ useCase }).check("malicious-release")).toBeUndefined();
  });
});

it("high-confidence phish cannot be user-released, and junk is turned into quarantine: told in the preview", () => {
  const full = policy("Sales", { HighConfidencePhishAction: "MoveToJmf", HighConfidencePhishQuarantineTag: "DefaultFullAccessPolicy" });
  const raw = tenant({ policies: [policy("Default"), full], rules: [sales] });
  expect(landing({}, raw, "Sales")["HPHISH"]).toBe("quarantine DefaultFullAccessPolicy, user-asks");
  expect(landing({})["HPHISH"]).toBe(ASKS);
});

describe("rules never fire", () => {
  const rule = (more: object) =>
    flowRule("r", 0, {
      HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition",
      HeaderContainsWords: ["UCE"],
      SenderIpRanges: EGRESS,
      SetSCL: 9,
      ...more,
    });
  it.each([
    ["the word SPAM", { HeaderContainsWords: ["SPAM"] }, "UCE"],
    ["the old header", { HeaderContainsMessageHeader: "X-Area1Security-Disposition" }, "X-CFEmailSecurity-Disposition"],
    ["missing addresses", { SenderIpRanges: EGRESS.slice(1) }, "1 of Cloudflare's 42 address ranges are missing"],
  ])("%s: named, and put right by the plan where the use case needs it", (_, more, words) => {
    const raw = tenant({ flow: [rule(more)] });
    const wanted = found({ ...CLEAN, useCase: "2" }, raw);
    expect(wanted.check("older/r")).toMatchObject({ verdict: "warn", fix: expect.stringContaining("puts this rule right") });
    expect(wanted.check("older/r")?.saw).toContain(words);
    expect(wanted.changes.some((c) => c.key === "r")).toBe(true);
    const unwanted = found({ ...CLEAN, useCase: "1" }, raw);
    expect(unwanted.check("older/r")?.fix).toContain("Turn it off");
    expect(unwanted.changes.some((c) => c.key === "r")).toBe(false);
  });

  it("a rule that is right is nothing to say about", () => {
    const { check } = found({ ...CLEAN, useCase: "2" }, tenant({ flow: [rule({ HeaderContainsWords: ["SPOOF", "UCE"] })] }));
    expect(check("older/r")).toBeUndefined();
    expect(check("leftover/r")).toBeUndefined();
  });
});

describe("rule order", () => {
  it("a rule above that ends processing is warned about, moved only when ticked", () => {
    const raw = tenant({ flow: [flowRule("s", 0, { StopRuleProcessing: true })] });
    expect(found({}, raw).check("above/s")?.verdict).toBe("warn");
    expect(found({ moveRules: ["s"] }, raw).check("above/s")).toBeUndefined();
  });

  it("one that is turned off, or only tested, stops nothing", () => {
    const off = flowRule("s", 0, { StopRuleProcessing: true, State: "Disabled" });
    const tested = flowRule("t", 1, { StopRuleProcessing: true, Mode: "Audit" });
    const { checks } = found({}, tenant({ flow: [off, tested] }));
    expect(checks.filter((c) => c.id.startsWith("above/"))).toEqual([]);
  });

  it("the order is shown among the tenant's own rules, 250 of them as one row", () => {
    const flow = [...Array.from({ length: 250 }, (_, i) => flowRule(`o${i}`, i)), flowRule("s", 250, { SetSCL: -1 })];
    const table = found({}, tenant({ flow })).evidence.find((e) => e.title.includes("order"));
    expect(table?.rows.map((r) => r[0])).toEqual(["0 to 249", "250", "new"]);
  });

  it("300 rules are the most that Microsoft takes", () => {
    const flow = Array.from({ length: 299 }, (_, i) => flowRule(`o${i}`, i));
    expect(found({ useCase: "3" }, tenant({ flow })).check("room")?.verdict).toBe("fail");
    expect(found({ useCase: "1" }, tenant({ flow })).check("room")).toBeUndefined();
  });
});

describe("nothing is filtered: an old bypass rule or allowed senders", () => {
  it("a rule that sets SCL -1 is named", () => {
    expect(found({}, tenant({ flow: [flowRule("b", 0, { SetSCL: -1 })] })).check("scl/b")?.saw).toContain("does not look at it at all");
  });

  it("allowed senders and domains of a policy are named", () => {
    const raw = tenant({ policies: [policy("Default", { AllowedSenderDomains: ["adatum.example"] })] });
    expect(found({}, raw).check("allowed/Default")?.saw).toContain("adatum.example");
  });
});

describe("double quarantine", () => {
  const leftover = flowRule("l", 0, {
    HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition",
    HeaderContainsWords: ["UCE"],
    SenderIpRanges: EGRESS,
    Quarantine: true,
  });

  it("a message held by the vendor, released, is caught again by a rule: named, with both places", () => {
    const { check } = found({ useCase: "1" }, tenant({ flow: [leftover] }));
    expect(check("double")?.saw).toContain("SPAM");
    expect(check("leftover/l")?.verdict).toBe("warn");
  });

  it("never by the published use cases themselves", () => {
    for (const useCase of ["1", "2", "3", "4", "5"]) expect(found({ ...CLEAN, useCase }).check("double")).toBeUndefined();
  });

  it("the preview counts a leftover rule that stays", () => {
    expect(landing({ useCase: "4" }, tenant({ flow: [leftover] }))["SPAM"]).toBe("hosted, admin");
  });
});

it("hosted quarantine by rule ignores quarantine policies: told with use case 5 only", () => {
  expect(found({ useCase: "5" }).check("hosted-limits")?.saw).toContain("nobody is told");
  expect(found({ useCase: "3" }).check("hosted-limits")).toBeUndefined();
  const told = tenant({ quarantine: [quarantinePolicy("AdminOnly with notice", 11, true)] });
  expect(landing({ ...CLEAN, useCase: "5" }, told)["MALICIOUS"]).toBe("hosted, admin");
});

describe("departures from the best-practice table", () => {
  it("the published use cases have none where Default decides", () => {
    for (const useCase of ["1", "2", "3", "4", "5"])
      for (const answers of [CLEAN, { enhancedDetections: "yes" }, {}])
        expect(found({ ...answers, useCase }).checks.filter((c) => c.id.startsWith("practice/"))).toEqual([]);
  });

  it("BULK in quarantine and SPAM in Junk are named with the people", () => {
    const { check } = found({ ...CLEAN, useCase: "3" }, all);
    expect(check("practice/BULK")?.saw).toContain("boss@contoso.com");
    expect(check("practice/SPAM")?.saw).toContain("sales@contoso.com");
    expect(check("practice/MALICIOUS")?.verdict).toBe("warn");
  });
});

describe("tags and links, which no API shows", () => {
  const tags = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"].map((d) => `tag-${d}`);

  it("are asked for until somebody says so, and never pass", () => {
    expect(found({ entered: tags.slice(1) }).check("tags")).toMatchObject({
      verdict: "warn",
      fix: expect.stringContaining("MALICIOUS in subject and body"),
    });
    expect(found({ entered: tags }).check("tags")).toMatchObject({ verdict: "unknown", onWord: true });
  });

  it("links: defang on Advantage; on Enterprise isolation, after its host is allowed", () => {
    expect(found({ entered: "links-defang" }).check("links")?.onWord).toBe(true);
    const enterprise = found({ plan: "Enterprise", entered: ["links-isolation"] }).check("links");
    expect(enterprise).toMatchObject({ verdict: "warn", fix: expect.stringContaining("https://linkdefender.cloudflare.com") });
    expect(found({ plan: "Enterprise", entered: ["links-isolation", "links-host"] }).check("links")?.onWord).toBe(true);
  });
});

it("the preview is the first table, the five use cases the second", () => {
  const { evidence } = found({});
  expect(evidence[0]?.rows.map((r) => r[0])).toEqual([
    "MALICIOUS",
    "SUSPICIOUS",
    "SPOOF",
    "SPAM",
    "BULK",
    "Clean mail",
    "High-confidence phishing, by Microsoft's own judgement",
  ]);
  expect(evidence[1]?.rows).toHaveLength(5);
});
