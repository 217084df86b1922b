/** The picture of the mail's way says what DNS said. */
import { describe, expect, it } from "vitest";
import { ok } from "@/lib/base/result";
import type { Known } from "@/lib/model/query";
import { profileOf } from "@/lib/profiles/all";
import { mailWayOf } from "./mail-way";
import { connector } from "./testing";

const mx = (domain: string, ...exchanges: readonly string[]) =>
  [
    `mx/${domain}`,
    ok([
      {
        domain,
        exists: true,
        zone: domain,
        nameServers: [],
        ttl: 300,
        agreed: true,
        servers: [],
        hosts: exchanges.map((exchange) => ({ preference: 10, exchange })),
      },
    ]),
  ] as const;
const known = (...answers: readonly (readonly [string, ReturnType<typeof ok<unknown>>])[]): Known => ({
  raw: new Map(answers),
  past: new Map(),
});
const profile = profileOf("cloudflare");

describe("the mail's way", () => {
  it("is not drawn before anything was read", () => {
    expect(mailWayOf(["contoso.example"], known(), profile)).toBeNull();
  });

  it("goes straight to Microsoft where the MX says so, and through the vendor after the switch", () => {
    const way = mailWayOf(["contoso.example"], known(mx("contoso.example", "contoso-example.mail.protection.outlook.com")), profile);
    expect(way?.now.map((s) => s.name)).toEqual(["The internet", "Microsoft 365", "Your people"]);
    expect(way?.after.map((s) => s.name)).toEqual(["The internet", profile.product, "Microsoft 365", "Your people"]);
  });

  it("names another gateway that stands in front today", () => {
    const way = mailWayOf(
      ["a.example", "b.example"],
      known(mx("a.example", "mxa-1.gslb.pphosted.com"), mx("b.example", "b-example.mail.protection.outlook.com")),
      profile,
    );
    expect(way?.now.map((s) => s.name)).toEqual(["The internet", "Proofpoint", "Microsoft 365", "Your people"]);
    expect(way?.now[1]?.note).toContain("a.example");
  });

  it("after the switch shows the vendor, also under its hosts of before, and a locked door", () => {
    const lock: readonly [string, ReturnType<typeof ok<unknown>>] = [
      "InboundConnector",
      ok([connector("1", "Secure M365 Inbound", { RestrictDomainsToIPAddresses: true })]),
    ];
    const way = mailWayOf(["contoso.example"], known(mx("contoso.example", "mailstream-east.mxrecord.io"), lock), profile);
    expect(way?.now[1]).toMatchObject({ name: profile.product, isOurs: true });
    expect(way?.now[2]?.note).toContain("refuses what does not come from Cloudflare");
    expect(way?.after[2]?.note).toContain("once the door is locked");
  });
});
