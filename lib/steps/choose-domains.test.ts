/** Choosing domains: what is typed wrong is said clearly, what is found is named, and nothing is guessed. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { chooseDomains } from "./choose-domains";
import { dnsHostRow, judged, mxRow, refusals } from "./testing";

const domain = (id: string, more: object = {}) => ({
  id,
  isVerified: true,
  isInitial: false,
  isDefault: false,
  supportedServices: ["Email"],
  ...more,
});
const record = (mailExchange: string) => [{ id: "r", recordType: "Mx", supportedService: "Email", mailExchange }];
const tenant = [
  domain("contoso.com"),
  domain("new.contoso.com", { isVerified: false }),
  domain("web.contoso.com", { supportedServices: [] }),
  domain("contoso.onmicrosoft.com", { isInitial: true }),
];
const of = (name: string, mx: object = mxRow(name, 3600)) => ({
  [`serviceRecord/${name}`]: record("contoso-com.mail.protection.outlook.com"),
  [`mx/${name}`]: [mx],
  [`dnsHost/${name}`]: [dnsHostRow(name)],
});
const hosts = (...names: string[]) => ({ hosts: names.map((exchange) => ({ preference: 10, exchange })) });
const chosen = (...domains: string[]) => ({ access: "consent", domains });

describe("bad input", () => {
  it.each([
    ["contoso", "no ending"],
    ["admin@contoso.com", "email address"],
    ["https://contoso.com/mail", "web address"],
    ["192.0.2.1", "IP address"],
    ["contoso..com", "two dots"],
    ["con!toso.com", "only letters"],
    [`${"a".repeat(255)}.com`, "at most 63"],
    [`${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.com`, "at most 253"],
  ])("%s is refused in a clear sentence", (typed, words) => {
    const said = refusals(chooseDomains, chosen(typed));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
  });

  it("an international domain becomes what DNS uses", () => {
    const read = chooseDomains.parse(chosen("Müller.example"));
    expect(read.ok && read.settings).toMatchObject({ domains: ["xn--mller-kva.example"] });
  });

  it("a domain given twice, in other cases, with a final dot, is one domain", () => {
    const read = chooseDomains.parse(chosen("Contoso.com", "contoso.com."));
    expect(read.ok && read.settings).toMatchObject({ domains: ["contoso.com"] });
  });

  it("typed text is taken apart at lines, spaces and commas", () => {
    const read = chooseDomains.parse({ access: "without", domains: "contoso.com, a.example\nb.example" });
    expect(read.ok && read.settings).toMatchObject({ domains: ["contoso.com", "a.example", "b.example"] });
  });

  it("what was parsed parses again to the same", () => {
    const read = chooseDomains.parse({
      access: "without",
      domains: "Müller.example",
      nextHops: { "a.example": "A-example.mail.protection.outlook.com" },
    });
    expect(read.ok && chooseDomains.parse(read.settings)).toEqual(read);
  });
});

describe("what is found", () => {
  it("nothing chosen is a failure that says what to do", () => {
    expect(judged(chooseDomains, chosen(), { domain: [] }).check("chosen")?.verdict).toBe("fail");
  });

  it("names today's way, what Microsoft expects and the DNS host", () => {
    const { check } = judged(chooseDomains, chosen("contoso.com"), { domain: tenant, ...of("contoso.com") });
    expect(check("contoso.com")?.verdict).toBe("pass");
    expect(check("contoso.com")?.saw).toContain("contoso-com.mail.protection.outlook.com");
    expect(check("contoso.com")?.saw).toContain("GoDaddy");
  });

  it("another gateway still in place is named from its MX records", () => {
    const { check } = judged(chooseDomains, chosen("contoso.com"), {
      domain: tenant,
      ...of("contoso.com", mxRow("contoso.com", 300, hosts("mx1.contoso.iphmx.com"))),
    });
    expect(check("contoso.com")?.verdict).toBe("warn");
    expect(check("contoso.com")?.saw).toContain("Cisco");
  });

  it("notgoogle.com is not Google", () => {
    const { check } = judged(chooseDomains, chosen("contoso.com"), {
      domain: tenant,
      ...of("contoso.com", mxRow("contoso.com", 300, hosts("mx.notgoogle.com"))),
    });
    expect(check("contoso.com")?.saw).toContain("Another gateway is in front of it: mx.notgoogle.com");
  });

  it("the vendor's own hosts are no other gateway", () => {
    const there = mxRow("contoso.com", 300, hosts("mxa.global.inbound.cf-emailsecurity.net"));
    expect(
      judged(chooseDomains, chosen("contoso.com"), { domain: tenant, ...of("contoso.com", there) }).check("contoso.com")?.verdict,
    ).toBe("pass");
  });

  it.each([["new.contoso.com"], ["web.contoso.com"], ["contoso.onmicrosoft.com"], ["stranger.example"]])(
    "%s cannot be onboarded, and it says why",
    (name) => {
      const { check } = judged(chooseDomains, chosen(name), { domain: tenant, ...of(name) });
      expect(check(name)?.verdict).toBe("fail");
      expect(check(name)?.fix).toBeTruthy();
    },
  );

  it("a forgotten domain that receives mail is said", () => {
    const all = [...tenant, domain("contoso.co.uk")];
    expect(judged(chooseDomains, chosen("contoso.com"), { domain: all, ...of("contoso.com") }).check("left-out")?.saw).toContain(
      "contoso.co.uk",
    );
  });

  it("one dead name server blinds one domain, not the others", () => {
    const all = [...tenant, domain("b.example")];
    const raw = { domain: all, ...of("contoso.com"), ...of("b.example") };
    const { check } = judged(chooseDomains, chosen("contoso.com", "b.example"), raw, {
      failed: { "mx/b.example": no("unreachable", "ns1 does not answer.") },
    });
    expect(check("contoso.com")?.verdict).toBe("pass");
    expect(check("b.example")?.verdict).toBe("unknown");
  });

  it("domains that cannot be read are unknown, never “not yours”", () => {
    const { check } = judged(chooseDomains, chosen("contoso.com"), of("contoso.com"), {
      failed: { domain: no("throttled", "Too many questions.") },
    });
    expect(check("domains")?.verdict).toBe("unknown");
    expect(check("contoso.com")).toBeUndefined();
  });
});

describe("the form", () => {
  it("shows every domain, and why one cannot be chosen", () => {
    const raw = {
      domain: tenant,
      ...of("contoso.com"),
      ...of("new.contoso.com"),
      ...of("web.contoso.com"),
      ...of("contoso.onmicrosoft.com"),
    };
    const field = judged(chooseDomains, chosen(), raw).fields.find((f) => f.name === "domains");
    const options = field?.type === "choices" ? field.options : [];
    expect(options.map((o) => [o.value, o.isOff === undefined])).toEqual([
      ["contoso.com", true],
      ["new.contoso.com", false],
      ["web.contoso.com", false],
      ["contoso.onmicrosoft.com", false],
    ]);
    expect(options[0]?.hint).toContain("GoDaddy");
  });

  it("asks for the expected host only where DNS does not show it", () => {
    const raw = { ...of("a.example"), ...of("b.example", mxRow("b.example", 300, hosts("mx.mimecast.com"))) };
    const { fields } = judged(chooseDomains, { access: "without", domains: "a.example b.example" }, raw);
    expect(fields.map((f) => f.name).filter((name) => name.startsWith("nextHops"))).toEqual(["nextHops.b.example"]);
  });
});

describe("without access", () => {
  it("asks Microsoft nothing", () => {
    const read = chooseDomains.parse({ access: "without", domains: "a.example" });
    const queries = read.ok ? chooseDomains.queries(read.settings, cloudflare) : {};
    expect(JSON.stringify(queries)).not.toMatch(/"domain"|serviceRecord/);
  });

  it("mail that goes straight to Microsoft shows the expected host", () => {
    expect(judged(chooseDomains, { access: "without", domains: "a.example" }, of("a.example")).check("a.example")?.verdict).toBe("pass");
  });

  it("elsewhere the host is asked for, and then a word, not a fact", () => {
    const raw = of("a.example", mxRow("a.example", 300, hosts("mail.a.example")));
    expect(judged(chooseDomains, { access: "without", domains: "a.example" }, raw).check("a.example")?.verdict).toBe("fail");
    const nextHops = { "a.example": "a-example.mail.protection.outlook.com" };
    expect(judged(chooseDomains, { access: "without", domains: "a.example", nextHops }, raw).check("a.example")?.verdict).toBe("warn");
  });
});
