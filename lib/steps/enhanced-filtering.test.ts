/** Enhanced filtering: on the vendor's connector, for everybody, not in test mode; on somebody else's only when ticked. */
import { describe, expect, it } from "vitest";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { enhancedFiltering } from "./enhanced-filtering";
import { connector, judged, refusals } from "./testing";

const EGRESS = cloudflare.egress.value;
const ours = connector("1", "Email Security Inbound Connector");
const theirs = connector("2", "Old filter", { SenderIPAddresses: ["198.51.100.0/24"] });
const rule = (SetSCL: number | null, State = "Enabled") => ({
  Guid: "r",
  Name: "Bypass",
  State,
  Priority: 0,
  SetSCL,
  SenderIpRanges: null,
});
const found = (InboundConnector: object[], settings: object = {}, TransportRule: object[] = []) =>
  judged(enhancedFiltering, settings, { InboundConnector, TransportRule });

it("SPF fails for everything after cut-over: it is turned on where the vendor's mail comes in", () => {
  expect(found([ours]).changes).toMatchObject([{ key: "1", edits: { EFSkipLastIP: { to: true } } }]);
});

it("users of a pilot and test mode are cleared", () => {
  const pilot = { ...ours, EFSkipLastIP: true, EFUsers: ["a@contoso.com"], EFTestMode: true };
  expect(found([pilot]).changes).toMatchObject([{ edits: { EFUsers: { remove: ["a@contoso.com"] }, EFTestMode: { to: false } } }]);
});

it("waits for the step before it, and plans nothing until then", () => {
  const { check, changes } = found([theirs], { others: ["2"] });
  expect(check("connector")?.verdict).toBe("fail");
  expect(check("connector")?.step).toBe("inbound-connector");
  expect(changes).toEqual([]);
});

describe("somebody else's connector for every sender", () => {
  it("is warned about and not changed", () => {
    const { check, changes } = found([ours, theirs]);
    expect(check("other/2")?.verdict).toBe("warn");
    expect(changes.map((c) => c.key)).toEqual(["1"]);
  });

  it("is changed only when it is ticked", () => {
    const { check, changes } = found([ours, theirs], { others: "2" });
    expect(check("other/2")).toBeUndefined();
    expect(changes.map((c) => c.key)).toEqual(["1", "2"]);
  });

  it("a tick for a connector of one sender, or of one's own servers, changes nothing", () => {
    const hybrid = connector("3", "Hybrid", { ConnectorType: "OnPremises", SenderIPAddresses: ["203.0.113.1"] });
    const one = connector("4", "Partner", { SenderDomains: ["smtp:partner.example;1"], SenderIPAddresses: ["203.0.113.5"] });
    expect(found([ours, hybrid, one], { others: ["3", "4"] }).changes.map((c) => c.key)).toEqual(["1"]);
  });

  it("the form offers it by name", () => {
    const field = found([ours, theirs]).fields.find((f) => f.name === "others");
    expect(field?.type === "choices" ? field.options.map((o) => o.label) : []).toEqual(["Old filter"]);
  });
});

it("set on connector 1 while mail matches the lock-down's connector: both are set", () => {
  const locked = connector("5", "Secure M365 Inbound", { RestrictDomainsToIPAddresses: true });
  expect(found([ours, locked]).changes.map((c) => c.key)).toEqual(["1", "5"]);
});

describe("an extra hop between the vendor and Microsoft", () => {
  it("is skipped by a list that holds the vendor's addresses too", () => {
    const { changes } = found([ours], { hop: "list", hops: "8.8.8.8" });
    expect(changes[0]?.edits["EFSkipIPs"]).toMatchObject({ add: ["8.8.8.8", ...EGRESS] });
  });

  it.each([
    ["10.0.0.1", "public internet"],
    ["2001:db8::1", "IPv6"],
    ["8.8.0.0/19", "larger than a /24"],
    ["mail.contoso.com", "not an IPv4 address"],
  ])("%s is refused in a clear sentence", (typed, words) => {
    expect(refusals(enhancedFiltering, { hop: "list", hops: typed })[0]).toContain(words);
  });

  it("without addresses it is refused", () => {
    expect(refusals(enhancedFiltering, { hop: "list" })).toEqual(["Enter the addresses of the servers in between."]);
  });
});

it("an old SCL -1 bypass rule is warned about, a disabled one is not", () => {
  expect(found([ours], {}, [rule(-1)]).check("bypass/r")?.verdict).toBe("warn");
  expect(found([ours], {}, [rule(-1, "Disabled")]).check("bypass/r")).toBeUndefined();
  expect(found([ours], {}, [rule(5)]).check("bypass/r")).toBeUndefined();
});
