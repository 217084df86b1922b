import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHeaders } from "./mail-proof-headers";
import { cameByVendor, entryOf, extraHop, hopsIn } from "./mail-proof-hops";
import { signsIn } from "./mail-proof-signs";
import { received, report, results, SENDER_IP, signs, skipped, throughVendor, VENDOR_IP, vendor } from "./mail-proof-testing";

const hops = (text: string) => hopsIn(readHeaders(text).headers, vendor);

describe("the servers a message came through", () => {
  it("are told oldest first, with times and how long each took", () => {
    expect(hops(throughVendor([]))).toMatchObject([
      { from: "mail.sender.test", ip: SENDER_IP, whose: "vendor", delayMs: null },
      { ip: VENDOR_IP, whose: "microsoft", delayMs: 7_000 },
    ]);
  });

  it.each([
    ["from a.test ([198.51.100.7]) by b.test; Tue, 3 Nov 2026 10:00:00 +0000", "198.51.100.7", "b.test"],
    ["from a.test (198.51.100.7) by b.test (10.0.0.9) with SMTP; Tue, 3 Nov 2026 11:00:00 +0100 (CET)", "198.51.100.7", "b.test"],
    ["from a.test (a.test [IPv6:2001:db8::7]) by b.test; Tue, 3 Nov 2026 10:00:00 GMT", "2001:db8::7", "b.test"],
    ["from a.test (2603:10a6:20b::4) by b.test (2603::9); Tue, 3 Nov 2026 10:00:00 +0000", "2603:10a6:20b::4", "b.test"],
  ])("are read out of %s", (line, ip, by) => {
    expect(hops(`Received: ${line}`)).toMatchObject([{ ip, by, at: Date.parse("2026-11-03T10:00:00Z") }]);
  });

  it("have no time, address or name where the line says none", () => {
    expect(hops("Received: by b.test with HTTP")).toMatchObject([{ from: "", ip: null, by: "b.test", at: null }]);
    expect(hops("Received: nonsense; yesterday")).toMatchObject([{ by: "", at: null }]);
  });

  it("show one more between the vendor and Microsoft (17)", () => {
    const between = received("mxa.cf", VENDOR_IP, "archive.test", 5);
    const text = throughVendor([], { entry: "198.51.100.40", between: [between] });
    expect(extraHop(hops(text), vendor)).toMatchObject({ ip: "198.51.100.40" });
    expect(extraHop(hops(throughVendor([])), vendor)).toBeNull();
  });

  it("show none in between where the vendor was never on the way", () => {
    const straight = hops(received("a.test", SENDER_IP, "x.mail.protection.outlook.com", 1));
    expect([cameByVendor(straight, vendor), extraHop(straight, vendor), entryOf(straight)?.ip]).toEqual([false, null, SENDER_IP]);
  });

  it("belong to nobody by a name that only ends alike", () => {
    expect(hops(received("a", SENDER_IP, "notoutlook.com", 1))[0]?.whose).toBe("other");
    expect(hops(received("a", SENDER_IP, "evil-mxrecord.io", 1))[0]?.whose).toBe("other");
  });
});

describe("the headers that decide", () => {
  it("are read, each into what it says", () => {
    const text = throughVendor([
      skipped(SENDER_IP),
      results("pass", SENDER_IP, "dkim=fail (body hash did not verify) header.d=sender.test;dmarc=fail"),
      report("SCL:5;SRV:;IPV:CAL;SFV:SPM;CAT:SPM;"),
      "X-CFEmailSecurity-Disposition: uce",
      "X-CFEmailSecurity-Attribute: BEC",
      "X-CFEmailSecurity-Attribute: EXECUTABLE",
    ]);
    expect(signs(text)).toMatchObject({
      messageId: "<1@sender.test>",
      skipListed: SENDER_IP,
      originalSender: null,
      spf: { result: "pass", ip: SENDER_IP, about: "sender.test" },
      dkim: { result: "fail", detail: "body hash did not verify", about: "sender.test" },
      dmarc: { result: "fail" },
      antispam: { SCL: "5", IPV: "CAL", SFV: "SPM", CAT: "SPM" },
      disposition: { header: "X-CFEmailSecurity-Disposition", value: "UCE" },
      attributes: ["BEC", "EXECUTABLE"],
    });
  });

  it("of the older product are read under their older names", () => {
    expect(signs("X-Area1Security-Disposition: SPOOF\nReceived: x").disposition).toEqual({
      header: "X-Area1Security-Disposition",
      value: "SPOOF",
    });
  });

  it("are Microsoft's, whatever results a server before it left", () => {
    const text = throughVendor([results("fail", VENDOR_IP), "Authentication-Results: mx.vendor.test; spf=pass smtp.mailfrom=sender.test"]);
    expect(signs(text).spf).toMatchObject({ result: "fail", ip: VENDOR_IP });
    const under = throughVendor(["Authentication-Results: mx.vendor.test; spf=pass smtp.mailfrom=sender.test", results("fail", VENDOR_IP)]);
    expect(signs(under).spf).toMatchObject({ result: "fail", ip: VENDOR_IP });
  });

  it("are absent where they are not there", () => {
    expect(signs("A: 1")).toMatchObject({
      messageId: null,
      subject: "",
      spf: null,
      dkim: null,
      dmarc: null,
      skipListed: null,
      antispam: null,
      disposition: null,
    });
  });

  it("of any text are read without harm", () => {
    const name = fc.constantFrom(
      "Received",
      "Authentication-Results",
      "X-Forefront-Antispam-Report",
      "X-MS-Exchange-SkipListedInternetSender",
      "Subject",
    );
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc
        .array(fc.constantFrom("from ", "by ", "(", "[", ")", "]", ";", "spf=", "sender IP is ", "1.2.3.4", "::", " ", "SCL:", "ip=["), {
          maxLength: 400,
        })
        .map((all) => all.join("")),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 60 }), (lines) => {
        const text = lines.map(([header, said]) => `${header}: ${said}`).join("\r\n");
        const read = signsIn(readHeaders(text).headers, vendor);
        expect(read.hops.length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 50 },
    );
  });

  it.each(["by ", "from by ", "((", "[", ";", "spf=a ", "sender IP is ", "(1:", "::"])(
    "made of nothing but %j are read in no time",
    (piece) => {
      const began = performance.now();
      for (const name of ["Received", "Authentication-Results", "X-Forefront-Antispam-Report", "Subject"])
        signs(`${name}: ${piece.repeat(65_536)}`.slice(0, 65_536));
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );
});
