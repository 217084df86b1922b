/** Findings about mail records, each named by how it shows and with its fix. */
import { describe, expect, it } from "vitest";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { mxRecords } from "./mx-records";
import { judged, NOW } from "./testing";
import { acceptedRow, at, beforeSwitch, DAY_MS, microsoftHost, mxTo, securedRow, smtpRow, stretch, TARGET } from "./testing-switch";

const D = "contoso.com";
function found(hosts: readonly ReturnType<typeof at>[], raw: object = {}, settings: object = {}, profile: Profile = cloudflare) {
  const known = profile.regions.value.flatMap((r) => r.hosts.map((h) => h.host));
  return judged(
    mxRecords,
    { access: "without", domains: [D], ...settings },
    {
      ...beforeSwitch(D, [...hosts]),
      ...Object.fromEntries(known.map((host) => [`smtpHost/${host}`, [smtpRow(host)]])),
      EmailSecurityDomain: [securedRow(D)],
      cfZone: [],
      ...raw,
    },
    { past: { [`mx/${D}`]: [stretch(mxTo(D, hosts), NOW - 10 * DAY_MS)] }, profile },
  );
}
const hostsOf = (region: string) => area1.regions.value.find((r) => r.id === region)?.hosts.map((h) => at(h.host, h.preference)) ?? [];

describe("old or extra MX left", () => {
  it("a low-priority Microsoft MX as “backup” is a way past the vendor, and the plan takes it out", () => {
    const { check, changes } = found([...TARGET, at(microsoftHost(D), 90)]);
    expect(check(`left-over/${D}`)).toMatchObject({ verdict: "fail" });
    expect(check(`left-over/${D}`)?.saw).toContain("Microsoft 365");
    expect(changes).toMatchObject([{ edits: { hosts: { add: [], remove: [`90 ${microsoftHost(D)}`] } } }]);
  });
  it("another gateway left in the set is named", () => {
    expect(found([...TARGET, at("mxa-1.gslb.pphosted.com", 20)]).check(`left-over/${D}`)?.saw).toContain("Proofpoint");
  });
  it("hosts of 2022 are the vendor's, and are upgraded in place", () => {
    const { check, changes } = found(hostsOf("us"));
    expect(check(`left-over/${D}`)).toBeUndefined();
    expect(check(`other-names/${D}`)?.verdict).toBe("warn");
    expect(changes).toMatchObject([{ edits: { hosts: { whole: TARGET.map((h) => `${h.preference} ${h.exchange}`) } } }]);
  });
});

describe("wrong priority or region set: EU mail processed in the US", () => {
  const eu = { regions: ["eu"] };
  it("the wrong order fails", () => {
    const turned = hostsOf("eu").map((h) => at(h.exchange, h.exchange.includes("eu1") ? 50 : h.preference));
    const { check, changes } = found(turned, {}, eu, area1);
    expect(check(`order/${D}`)?.verdict).toBe("fail");
    expect(changes).toHaveLength(1);
  });
  it("a missing host fails", () => {
    expect(found(hostsOf("eu").slice(0, 2), {}, eu, area1).check(`missing-host/${D}`)?.saw).toContain("mailstream-east.mxrecord.io");
  });
  it("a host of another region names the promise it breaks", () => {
    const { check } = found([...hostsOf("in"), at("mailstream-east.mxrecord.io", 20)], {}, { regions: ["in"] }, area1);
    expect(check(`region/${D}`)?.saw).toContain("United States");
    expect(check(`region/${D}`)?.saw).toContain("India only");
  });
  it("the published set of the region passes", () => {
    expect(found(hostsOf("eu"), {}, eu, area1).checks.filter((c) => c.verdict === "fail")).toEqual([]);
  });
});

it("MX at an alias, at an address, at nothing", () => {
  const target = (host: string, more: object) => ({
    host,
    addresses: ["192.0.2.1"],
    cname: null,
    isAddress: false,
    problem: null,
    ...more,
  });
  const targets = [
    target("mx.contoso.com", { cname: "mx.elsewhere.example" }),
    target("192.0.2.9", { isAddress: true }),
    target("gone.example", { addresses: [] }),
  ];
  const { check } = found([at("mx.contoso.com")], { [`mxTargets/${D}`]: [{ domain: D, targets }] });
  expect(check(`leads-nowhere/${D}`)?.saw).toContain(
    "mx.contoso.com is only an alias of mx.elsewhere.example; 192.0.2.9 is an address, not a name; gone.example leads nowhere",
  );
});

describe("old outbound service removed with the old gateway", () => {
  const spf = (...records: readonly string[]) => ({ [`spf/${D}`]: [{ domain: D, records }] });
  it("an SPF record that still names it says who sends then", () => {
    const { check } = found(TARGET, spf("v=spf1 include:spf.mimecast.com -all"));
    expect(check(`spf/${D}`)?.saw).toContain("Mimecast");
    expect(check(`spf/${D}`)?.fix).toContain("DKIM");
  });
  it("no record, two records, one without Microsoft", () => {
    expect(found(TARGET, spf()).check(`spf/${D}`)?.fix).toContain("include:spf.protection.outlook.com");
    expect(found(TARGET, spf("v=spf1 -all", "v=spf1 a")).check(`spf/${D}`)?.saw).toContain("2 SPF records");
    expect(found(TARGET, spf("v=spf1 a -all")).check(`spf/${D}`)?.verdict).toBe("warn");
    expect(found(TARGET).check(`spf/${D}`)).toBeUndefined();
  });
});

it("a forgotten domain or subdomain with an MX of its own is named", () => {
  const sub = "shop.contoso.com";
  const { check } = found(
    TARGET,
    {
      AcceptedDomain: [acceptedRow(D), acceptedRow(sub), acceptedRow("contoso.onmicrosoft.com")],
      [`mx/${sub}`]: [mxTo(sub, [at(microsoftHost(sub))])],
    },
    { access: "consent" },
  );
  expect(check(`forgotten/${sub}`)).toMatchObject({ verdict: "warn", step: "choose-domains" });
  expect(check("forgotten/contoso.onmicrosoft.com")).toBeUndefined();
});
