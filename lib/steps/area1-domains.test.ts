/** The domains at the vendor: next hop, TLS, quarantine, proof; by its API, or by hand and on somebody's word. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { fold } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { area1Domains } from "./area1-domains";
import { HOUR_MS, judged, NOW, refusals } from "./testing";
import {
  acceptedRow,
  at,
  DAY_MS,
  directRow,
  microsoftHost,
  mxTo,
  securedRow,
  serviceRow,
  stretch,
  TARGET,
  VENDOR_HOSTS,
} from "./testing-switch";

const D = "contoso.com";
/** Use case 1 with SPOOF as BULK is what `securedRow` has. */
const chosen = { domains: [D] };
function found(rows: readonly object[], settings: object = {}, raw: object = {}, more: object = {}) {
  return judged(
    area1Domains,
    { ...chosen, ...settings },
    {
      EmailSecurityDomain: rows,
      AcceptedDomain: [acceptedRow(D)],
      OutboundConnector: [],
      [`serviceRecord/${D}`]: [serviceRow(D)],
      [`mx/${D}`]: [mxTo(D, [at(microsoftHost(D), 0)])],
      ...raw,
    },
    more,
  );
}

describe("with a token", () => {
  it("a missing domain is added, in the form's own words", () => {
    const { changes, check, evidence } = found([]);
    expect(changes).toMatchObject([
      {
        do: "new",
        kind: "EmailSecurityDomain",
        name: D,
        edits: {
          deliveryModes: { add: ["DIRECT"] },
          hops: { to: 1 },
          forwardingTo: { to: microsoftHost(D) },
          tlsOutbound: { to: true },
          quarantined: { add: ["MALICIOUS", "SPAM"] },
          regions: { add: ["GLOBAL"] },
        },
      },
    ]);
    expect(check(D)?.verdict).toBe("fail");
    expect(evidence[0]?.rows[0]).toEqual([
      D,
      "MX Records",
      microsoftHost(D),
      "leave empty",
      "Forward all messages over TLS",
      "MALICIOUS and SPAM",
    ]);
  });
  it("as it should be: nothing to change", () => {
    const { changes, check } = found([securedRow(D)]);
    expect(changes).toEqual([]);
    expect(check(D)?.verdict).toBe("pass");
  });
  it("another domain with the same settings does not do the job of this one", () => {
    const { changes } = found(
      [securedRow("fabrikam.com", { transport: microsoftHost(D) })],
      {},
      { "mx/fabrikam.com": [mxTo("fabrikam.com", TARGET)] },
    );
    expect(changes).toMatchObject([{ do: "new", name: D }]);
  });
  it("a region is asked for only where one was chosen: a place that was set before stays", () => {
    expect(found([securedRow(D, { regions: ["DE"] })]).changes).toEqual([]);
    expect(found([securedRow(D)], { regions: ["de"] }).changes).toMatchObject([
      { edits: { regions: { add: ["DE"], remove: ["GLOBAL"] } } },
    ]);
    expect(
      judged(
        area1Domains,
        { ...chosen, regions: ["eu"] },
        {
          EmailSecurityDomain: [securedRow(D)],
          AcceptedDomain: [],
          [`serviceRecord/${D}`]: [serviceRow(D)],
          [`mx/${D}`]: [mxTo(D, TARGET)],
        },
        { profile: area1 },
      ).changes,
    ).toEqual([]);
  });
  it("another quarantine for one domain is allowed, and named", () => {
    const { changes, check } = found([securedRow(D)], { ownChoice: D, quarantined: { [D]: ["MALICIOUS", "BULK"] } });
    expect(changes).toMatchObject([{ edits: { quarantined: { add: ["BULK"], remove: ["SPAM"] } } }]);
    expect(check(`own/${D}`)?.verdict).toBe("warn");
    expect(refusals(area1Domains, { ...chosen, quarantined: { [D]: "GOOD" } })).toHaveLength(1);
  });
  it("what the vendor holds whatever is chosen is said", () => {
    expect(found([securedRow(D)], { useCase: "5" }).check("held-anyway")?.saw).toContain("MALICIOUS and SPAM");
    expect(found([securedRow(D)]).check("held-anyway")).toBeUndefined();
  });
  it("an account that can't be read is unknown, and nothing is planned", () => {
    const { check, changes } = found([], {}, {}, { failed: { EmailSecurityDomain: no("denied", "The token may not read domains.") } });
    expect(check(D)?.verdict).toBe("unknown");
    expect(changes).toEqual([]);
  });
});

describe("the next hop", () => {
  it("loop 5.4.14 “hop count exceeded”: it forwards to the vendor itself", () => {
    for (const transport of [VENDOR_HOSTS[0], "mailstream-central.mxrecord.mx"]) {
      const { check, changes } = found([securedRow(D, { transport })]);
      expect(check(D)).toMatchObject({ verdict: "fail" });
      expect(check(D)?.saw).toContain("hop count exceeded");
      expect(changes).toMatchObject([{ edits: { forwardingTo: { from: transport, to: microsoftHost(D) } } }]);
    }
  });
  it("wrong next hop: 451 4.4.62 wrong Office 365 region", () => {
    const { check } = found([securedRow(D, { transport: "fabrikam-com.mail.protection.outlook.com" })]);
    expect(check(D)?.saw).toContain("451 4.4.62");
  });
  it("an internal relay sends unknown people's mail round", () => {
    expect(
      found([securedRow(D)], {}, { AcceptedDomain: [acceptedRow(D, { DomainType: "InternalRelay" })] }).check(`relay/${D}`)?.verdict,
    ).toBe("warn");
  });
  it("Microsoft first, then out and back (hairpin), is unsupported; the journaling connector is none", () => {
    const out = (RecipientDomains: readonly string[]) => ({
      OutboundConnector: [
        {
          Guid: "o",
          Name: "Out",
          Enabled: true,
          ConnectorType: "Partner",
          RecipientDomains,
          SmartHosts: ["mailstream-east.mxrecord.io"],
          RouteAllMessagesViaOnPremises: false,
        },
      ],
    });
    expect(found([securedRow(D)], {}, out([])).check("hairpin/o")?.verdict).toBe("fail");
    expect(found([securedRow(D)], {}, out(["journaling.mxrecord.io"])).check("hairpin/o")).toBeUndefined();
  });
  it("what Microsoft does not say is not made up", () => {
    const { check, changes } = found([], {}, { [`serviceRecord/${D}`]: [] });
    expect(check(D)).toMatchObject({ verdict: "fail", fix: expect.stringContaining("admin center") });
    expect(changes).toEqual([]);
  });
  it("without access it is what DNS showed before the switch, else the admin's word", () => {
    const past = { [`mx/${D}`]: [stretch(mxTo(D, [at(microsoftHost(D), 0)]), 0, 1), stretch(mxTo(D, TARGET), 2)] };
    const settings = { access: "without", nextHops: { [D]: "typed.mail.protection.outlook.com" } };
    expect(found([securedRow(D)], settings, {}, { past }).changes).toEqual([]);
    expect(found([securedRow(D)], settings, { [`mx/${D}`]: [mxTo(D, TARGET)] }).changes).toMatchObject([
      { edits: { forwardingTo: { to: "typed.mail.protection.outlook.com" } } },
    ]);
  });
});

it("TLS required but the vendor hands on without: delay and bounces", () => {
  const { check, changes } = found([securedRow(D, { require_tls_outbound: null })]);
  expect(check(D)?.saw).toContain("opportunistic");
  expect(changes).toMatchObject([{ edits: { tlsOutbound: { to: true } } }]);
});

describe("not proved yet", () => {
  const pending = securedRow(D, {
    status: "pending",
    verification: { txt_record_name: `_cf-email-sec-challenge.${D}`, txt_record_value: "abc123", status: "pending" },
  });
  it("waits, with the record to set", () => {
    const { check, evidence } = found([pending]);
    expect(check(D)).toMatchObject({ verdict: "wait" });
    expect(check(D)?.fix).toContain("abc123");
    expect(evidence.find((t) => t.title.startsWith("Records that prove"))?.rows[0]).toEqual([
      D,
      "TXT",
      `_cf-email-sec-challenge.${D}`,
      "abc123",
    ]);
  });
  it("after a day it is a failure", () => {
    const past = { EmailSecurityDomain: [{ raw: [pending], first: NOW - DAY_MS - HOUR_MS, last: NOW }] };
    expect(found([pending], {}, {}, { past }).check(D)?.verdict).toBe("fail");
    expect(found([securedRow(D, { status: "TIMEOUT" })]).check(D)?.verdict).toBe("fail");
  });
});

describe("without a token", () => {
  const failed = { EmailSecurityDomain: no("not-asked", "There is no token.") };
  it("shows the values to enter, and asks to be told", () => {
    const { check, fields, evidence, changes } = found([], {}, {}, { failed });
    expect(check(D)?.fix).toContain("tick the domain");
    expect(fields[0]?.name).toBe("entered");
    expect(evidence[0]?.rows).toHaveLength(1);
    expect(changes).toEqual([]);
  });
  it("a word is remembered as a word, with what is seen from outside beside it", () => {
    const [host = ""] = VENDOR_HOSTS;
    const seen = (refused: boolean) =>
      found([], { entered: [D] }, { [`directDelivery/${D}@${host}`]: [directRow(D, host, refused)] }, { failed }).check(D);
    expect(seen(false)).toMatchObject({ verdict: "unknown", onWord: true });
    expect(seen(false)?.saw).toContain("takes mail for it");
    expect(seen(true)).toMatchObject({ verdict: "unknown", onWord: true });
    expect(seen(true)?.saw).toContain("did not take mail");
  });
});

describe("a domain of ours that is no longer chosen", () => {
  const made = { do: "new", kind: "EmailSecurityDomain", key: "", name: "fabrikam.com", hands: "us", edits: {} } as const;
  const mine = fold([{ change: made, made: "es-fabrikam.com" }]);
  const rows = [securedRow(D), securedRow("fabrikam.com")];
  const where = (hosts: readonly ReturnType<typeof at>[]) => ({ "mx/fabrikam.com": [mxTo("fabrikam.com", hosts)] });
  it("goes when no mail comes through it", () => {
    expect(found(rows, {}, where([at(microsoftHost("fabrikam.com"))]), { mine }).changes).toMatchObject([
      { do: "remove", name: "fabrikam.com" },
    ]);
  });
  it("stays while mail comes through it, and that is said", () => {
    const { changes, check } = found(rows, {}, where(TARGET), { mine });
    expect(changes).toEqual([]);
    expect(check("not-chosen")?.saw).toContain("fabrikam.com");
  });
});

it("uses the words and places of the product that was chosen", () => {
  expect(area1Domains.texts(area1).byHand[0]?.say).toContain("Area 1 dashboard");
  expect(area1Domains.texts(cloudflare).byHand[0]?.say).toContain("Zero Trust");
});
