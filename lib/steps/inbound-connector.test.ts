/** The vendor's connector: recognised by what it does, never doubled, and never a lock on the door before the move. */
import { describe, expect, it } from "vitest";
import { whyRefused } from "@/lib/model/addresses";
import { isListEdit } from "@/lib/model/change";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { inboundConnector } from "./inbound-connector";
import { connector, judged, NOW } from "./testing";
import { acceptedRow, at, DAY_MS, mxTo, stretch, VENDOR_HOSTS } from "./testing-switch";

const EGRESS = cloudflare.egress.value;
const { name: NAME } = cloudflare.inboundConnector.value;
const microsoft = "contoso-com.mail.protection.outlook.com";
const domain = (exchange: string) => ({
  AcceptedDomain: [acceptedRow("contoso.com")],
  "mx/contoso.com": [mxTo("contoso.com", [at(exchange)])],
});
const found = (...InboundConnector: object[]) => judged(inboundConnector, {}, { InboundConnector, ...domain(microsoft) });

describe("what is planned", () => {
  it("a new partner connector with every address in a form that Microsoft takes, TLS, and nobody shut out", () => {
    const { changes } = found();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      do: "new",
      name: NAME,
      edits: {
        ConnectorType: { to: "Partner" },
        Enabled: { to: true },
        RequireTls: { to: true },
        RestrictDomainsToIPAddresses: { to: false },
      },
    });
    const addresses = changes[0]?.edits["SenderIPAddresses"];
    const add = addresses && isListEdit(addresses) ? addresses.add : [];
    expect([...add].sort()).toEqual([...EGRESS].sort());
    expect(add.map(whyRefused).filter((why) => why !== null)).toEqual([]);
  });

  it("uses the profile's own name and description", () => {
    const { changes } = judged(inboundConnector, {}, { InboundConnector: [] }, { profile: area1 });
    expect(changes[0]).toMatchObject({
      name: "Area 1 Inbound Connector",
      edits: { Comment: { to: "Inbound connector for Enhanced Filtering" } },
    });
  });

  it("a hand-made connector that does the job is the job done, whatever it is called", () => {
    const { changes, check } = found(
      connector("1", "Mail from the filter", { SenderIPAddresses: [...EGRESS].reverse(), Comment: "Made by hand" }),
    );
    expect(changes).toEqual([]);
    expect(check("settled")?.verdict).toBe("pass");
  });

  it("one with our name and wrong addresses is put right, and its other addresses are kept and said", () => {
    const { changes, check } = found(connector("1", NAME, { SenderIPAddresses: ["203.0.113.10"] }));
    expect(changes).toMatchObject([{ do: "set", key: "1", edits: { SenderIPAddresses: { remove: [] } } }]);
    expect(check("strangers/1")?.saw).toContain("203.0.113.10");
  });

  it("propagation: a connector that is there is never made a second time", () => {
    expect(found(connector("1", NAME)).changes).toEqual([]);
    expect(
      inboundConnector
        .texts(cloudflare)
        .fails.some(({ when, remedy }) => when.includes("not in the list") && remedy.includes("second time")),
    ).toBe(true);
  });
});

it("under the other product's name it is put right in place, with the addresses that were missing", () => {
  const { changes } = found(connector("1", area1.inboundConnector.value.name, { SenderIPAddresses: EGRESS.slice(0, 8) }));
  expect(changes).toMatchObject([{ do: "set", key: "1", edits: { SenderIPAddresses: { remove: [] } } }]);
});

describe("look-alike objects", () => {
  it("the lock-down's own connector is none, on or off", () => {
    const lock = connector("2", "Secure M365 Inbound", { RestrictDomainsToIPAddresses: true, Enabled: false });
    expect(found(connector("1", NAME), lock).checks.filter((c) => c.id.startsWith("look-alike/"))).toEqual([]);
  });

  it("an earlier attempt “(1)” is named, and left alone", () => {
    const { changes, check } = found(connector("1", NAME), connector("2", `${NAME} (1)`, { SenderIPAddresses: [EGRESS[0]] }));
    expect(check("look-alike/2")?.verdict).toBe("warn");
    expect(check("look-alike/2")?.saw).toContain("41 are missing");
    expect(changes).toEqual([]);
  });

  it("two that both do the job: the second is named", () => {
    const { checks } = found(connector("1", "Filter"), connector("2", "Filter again"));
    expect(checks.filter((c) => c.id.startsWith("look-alike/"))).toHaveLength(1);
  });

  it("a connector for one sender's domain is nobody's look-alike", () => {
    const { checks } = found(
      connector("1", NAME),
      connector("2", "Partner", { SenderDomains: ["smtp:partner.example;1"], SenderIPAddresses: ["203.0.113.5"] }),
    );
    expect(checks.some((c) => c.id.startsWith("look-alike/"))).toBe(false);
  });
});

describe("what stops it", () => {
  it("an OnPremises connector with the vendor's addresses fails, and nothing is planned", () => {
    const { changes, check } = found(connector("1", "Hybrid", { ConnectorType: "OnPremises", SenderIPAddresses: ["104.30.33.7"] }));
    expect(check("not-on-premises")?.verdict).toBe("fail");
    expect(changes).toEqual([]);
  });

  it("lock-down too early: a connector that refuses everybody else is found before anything is changed", () => {
    const { changes, check } = found(connector("1", "Secure M365 Inbound", { RestrictDomainsToIPAddresses: true }));
    expect(check("no-lock-down")?.verdict).toBe("fail");
    expect(check("no-lock-down")?.saw).toContain("Secure M365 Inbound");
    expect(changes).toEqual([]);
  });

  it("our own lock-down is right once its gate is met, waits before, and names a server it leaves outside", () => {
    const [host = ""] = VENDOR_HOSTS;
    const lock = (more: object = {}) => connector("1", "Secure M365 Inbound", { RestrictDomainsToIPAddresses: true, ...more });
    const locked = (since: number, c = lock()) =>
      judged(
        inboundConnector,
        {},
        { InboundConnector: [c], ...domain(host) },
        { past: { "mx/contoso.com": [stretch(mxTo("contoso.com", [at(host)]), since)] } },
      ).check("no-lock-down");
    expect(locked(NOW - 10 * DAY_MS)?.verdict).toBe("pass");
    expect(locked(NOW - DAY_MS)).toMatchObject({ verdict: "wait", again: NOW + 2 * DAY_MS });
    expect(locked(NOW - 10 * DAY_MS, lock({ SenderIPAddresses: EGRESS.slice(1) }))).toMatchObject({ verdict: "fail", step: "lock-down" });
  });

  it("so is one by certificate, of another gateway", () => {
    expect(
      found(connector("1", "Old gateway", { SenderIPAddresses: [], RestrictDomainsToCertificate: true })).check("no-lock-down")?.verdict,
    ).toBe("fail");
  });

  it("one that is turned off locks nobody out", () => {
    expect(found(connector("1", "Later", { Enabled: false, RestrictDomainsToIPAddresses: true })).check("no-lock-down")?.verdict).toBe(
      "pass",
    );
  });
});

it("trial and developer tenants refuse inbound connectors: the refusal is explained", () => {
  const refusal = inboundConnector.texts(cloudflare).fails.find(({ when }) => when.includes("refuses to create"));
  expect(refusal?.remedy).toContain("Trial and developer tenants");
});
