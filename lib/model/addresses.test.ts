import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOf, coversIp, overlaps, whyRefused } from "./addresses";

describe("addresses as the services write them", () => {
  it.each([
    ["104.30.32.0/19", "104.30.33.0/24"],
    ["10.0.0.0-10.0.0.255", "10.0.0.7"],
    ["10.0.0.7/24", "10.0.0.200"],
    ["1.2.3.4", "1.2.3.4/32"],
  ])("%s covers %s", (held, wanted) => expect(coversIp(held, wanted)).toBe(true));

  it.each([
    ["104.30.33.0/24", "104.30.32.0/19"],
    ["10.0.0.0/25", "10.0.0.128"],
    ["1.2.3.4", "1.2.3.5"],
  ])("%s does not cover %s", (held, wanted) => expect(coversIp(held, wanted)).toBe(false));

  it.each(["", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/", "1.2.3.9-1.2.3.4", "1.2.3.4-1.2.3.9/24", "::1", "a.b.c.d"])(
    "“%s” stands for nothing",
    (entry) => expect(boundsOf(entry)).toBeNull(),
  );

  it("a network covers every address in it, and shares one with each", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 8, max: 32 }), (ip, bits) => {
        const network = `${ip}/${bits}`;
        return coversIp(network, ip) && overlaps(network, ip) && coversIp(network, network);
      }),
    );
  });

  it.each([
    ["2405:8100:c400::/38", "IPv6"],
    ["104.30.32.0/19", "/24"],
    ["nonsense", "not an IPv4"],
  ])("says why Microsoft would refuse %s", (entry, word) => expect(whyRefused(entry)).toContain(word));

  it.each(["1.2.3.4", "1.2.3.0/24", "1.2.3.0-1.2.3.255"])("takes %s", (entry) => expect(whyRefused(entry)).toBeNull());
});
