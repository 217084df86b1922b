/** Connecting a tenant: what is missing is named, with who grants it and where; what cannot be known is not claimed. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { catalogue } from "./index";
import { connector, judged } from "./testing";

const [step] = catalogue;
if (!step) throw new Error("The catalogue is empty.");

const ALL = ["Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "Exchange.ManageAsApp"];
const grants = (roles: readonly string[], directory: readonly string[] = ["29232cdf-9323-42fd-ade2-1d097af3e4de"]) => [
  {
    servicePrincipalId: "sp",
    appRoles: roles.map((name) => ({ resource: "r", name })),
    directoryRoles: directory.map((templateId) => ({ templateId, name: "" })),
  },
];
const organization = (plans: readonly string[], tenantType = "AAD") => [
  {
    id: "t",
    displayName: "Fabrikam",
    tenantType,
    countryLetterCode: "US",
    assignedPlans: plans.map((servicePlanId) => ({ service: "exchange", capabilityStatus: "Enabled", servicePlanId })),
  },
];
const PLAN_2 = "efb87545-963c-4e0d-99df-69c6916d9eb0";
const tenant = { grants: grants(ALL), organization: organization([PLAN_2]), InboundConnector: [], OutboundConnector: [] };
const consent = { access: "consent" };

describe("permissions and roles", () => {
  it("passes every permission that the steps use, and the role", () => {
    const { checks } = judged(step, consent, tenant);
    const named = checks.filter((c) => c.id.startsWith("permission/"));
    expect(named.map((c) => [c.about, c.verdict]).sort()).toEqual(ALL.map((name) => [name, "pass"]).sort());
  });

  it("names a missing permission, the steps that use it, who grants it and where", () => {
    const { check } = judged(step, consent, { ...tenant, grants: grants(ALL.slice(1)) });
    const found = check("permission/Domain.Read.All");
    expect(found?.verdict).toBe("fail");
    expect(found?.saw).toContain("Choose your domains");
    expect(found?.fix).toContain("Global Administrator");
    expect(found?.fix).toContain("Enterprise applications");
  });

  it("wrong role: consent is there, Exchange refuses, and the missing role is named all the same", () => {
    const failed = { InboundConnector: no("denied", "Exchange refused."), OutboundConnector: no("denied", "Exchange refused.") };
    const { check } = judged(step, consent, { grants: grants(ALL, []), organization: tenant.organization }, { failed });
    expect(check("role/exchange-administrator")?.verdict).toBe("fail");
    expect(check("role/exchange-administrator")?.fix).toContain("Privileged Role Administrator");
    expect(check("inbound")?.verdict).toBe("unknown");
    expect(check("licence")?.verdict).toBe("pass");
  });

  it("says when it holds more than it asks for", () => {
    const { check } = judged(step, consent, { ...tenant, grants: grants([...ALL, "Mail.ReadWrite"]) });
    expect(check("permission/extra")?.saw).toContain("Mail.ReadWrite");
  });

  it("asks for no permission to read mail, and for none that writes to the directory", () => {
    const { evidence } = judged(step, consent, tenant);
    const asked = evidence[0]?.rows.map((row) => row[0] ?? "") ?? [];
    expect([...asked].sort()).toEqual([...ALL].sort());
  });

  it("a removed application is said, not taken for missing permissions", () => {
    const { check, checks } = judged(step, consent, { ...tenant, grants: [] });
    expect(check("grants")?.verdict).toBe("fail");
    expect(checks.some((c) => c.id.startsWith("permission/"))).toBe(false);
  });
});

describe("can this tenant do it", () => {
  it("a tenant without Exchange Online fails, and Exchange Foundation alone is none", () => {
    expect(judged(step, consent, { ...tenant, organization: organization([]) }).check("licence")?.verdict).toBe("fail");
    expect(
      judged(step, consent, { ...tenant, organization: organization(["113feb6c-3fe4-4440-bddc-54d774bf0318"]) }).check("licence")?.verdict,
    ).toBe("fail");
  });

  it("trial tenants refuse inbound connectors: said before, never claimed to be known", () => {
    expect(judged(step, consent, tenant).check("trial")?.verdict).toBe("warn");
    expect(judged(step, consent, { ...tenant, InboundConnector: [connector("1", "Any")] }).check("trial")?.verdict).toBe("pass");
  });

  it("hybrid, centralised transport and another gateway are each named", () => {
    const InboundConnector = [
      connector("1", "From our servers", { ConnectorType: "OnPremises", SenderIPAddresses: ["203.0.113.1"] }),
      connector("2", "Old filter", { SenderIPAddresses: ["198.51.100.0/24"] }),
    ];
    const OutboundConnector = [
      {
        Guid: "3",
        Name: "To our servers",
        Enabled: true,
        ConnectorType: "OnPremises",
        RecipientDomains: ["*"],
        SmartHosts: [],
        RouteAllMessagesViaOnPremises: true,
      },
    ];
    const { check } = judged(step, consent, { ...tenant, InboundConnector, OutboundConnector });
    expect(check("hybrid")?.saw).toContain("From our servers");
    expect(check("gateway")?.saw).toContain("Old filter");
    expect(check("centralised-transport")?.saw).toContain("To our servers");
  });

  it("the vendor's own connector is not another gateway", () => {
    expect(judged(step, consent, { ...tenant, InboundConnector: [connector("1", "Ours")] }).check("gateway")?.verdict).toBe("pass");
  });

  it("a customer identity tenant has no mail", () => {
    expect(judged(step, consent, { ...tenant, organization: organization([PLAN_2], "CIAM") }).check("tenant-kind")?.verdict).toBe("fail");
  });
});

it("without access nothing is asked, and the one check says how the later steps work", () => {
  const { checks, known } = judged(step, { access: "without" }, {});
  expect(known.raw.size).toBe(0);
  expect(checks.map((c) => [c.id, c.verdict])).toEqual([
    ["without-access", "pass"],
    ["settled", "pass"],
  ]);
});

it("never changes anything", () => {
  expect(judged(step, consent, tenant).changes).toEqual([]);
  expect(step.id).toBe("connect-tenant");
});
