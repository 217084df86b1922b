import { expect, test } from "vitest";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { portal } from "./index";

function opened(scenario: string) {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const visit = async (section: string, form?: [string, string][]) => {
    const body = Buffer.from(new URLSearchParams(form ?? []).toString());
    const url = new URL(`/portal/${tenant.id}${section}`, "http://127.0.0.1");
    const answer = await portal({ method: form ? "POST" : "GET", url, headers: {}, body }, world);
    return { status: answer?.status, text: String(answer?.body) };
  };
  return { tenant, visit };
}

const form = (more: [string, string][] = []): [string, string][] => [
  ["configured", "MX Records"],
  ["hops", "1"],
  ["transport", "fabrikam-example.mail.protection.outlook.com"],
  ["tls", "Forward all messages over TLS"],
  ["quarantine", "MALICIOUS"],
  ["quarantine", "SPAM"],
  ["regions", "GLOBAL"],
  ...more,
];

test("a domain is added by hand in the vendor's words, changed and deleted", async () => {
  const { tenant, visit } = opened("fresh");
  expect((await visit("/cloudflare-domains", form([["domain", "Fabrikam.example"]]))).status).toBe(303);
  const [made] = tenant.cloudflare.domains;
  const id = made?.id ?? "";
  expect(made).toMatchObject({ domain: "fabrikam.example", status: "ACTIVE", drop_dispositions: ["MALICIOUS", "SPAM"], challenge: null });
  expect((await visit("")).text).toContain("Forwarding to");
  await visit("/cloudflare-domains", [
    ["id", id],
    ...form().filter(([name]) => name !== "quarantine" && name !== "tls"),
    ["tls", "Forward all messages (opportunistic TLS)"],
  ]);
  expect(tenant.cloudflare.domains).toMatchObject([{ id, drop_dispositions: [], require_tls_outbound: false }]);
  const twice = await visit("/cloudflare-domains", form([["domain", "fabrikam.example"]]));
  expect([twice.status, twice.text.includes("is there already")]).toEqual([400, true]);
  await visit("/cloudflare-domains", [
    ["id", id],
    ["do", "remove"],
  ]);
  expect(tenant.cloudflare.domains).toEqual([]);
});

test("what the form does not show stays as it was", async () => {
  const { tenant, visit } = opened("fresh");
  await visit("/cloudflare-domains", form([["domain", "fabrikam.example"]]));
  const [made] = tenant.cloudflare.domains;
  made?.allowed_delivery_modes.push("JOURNAL");
  made?.drop_dispositions.push("ENCRYPTED");
  await visit("/cloudflare-domains", [["id", made?.id ?? ""], ...form()]);
  expect(tenant.cloudflare.domains).toMatchObject([
    { allowed_delivery_modes: ["DIRECT", "JOURNAL"], drop_dispositions: ["MALICIOUS", "SPAM", "ENCRYPTED"] },
  ]);
});

test("tokens are shown whole, made with what is ticked, and deleted", async () => {
  const { tenant, visit } = opened("fresh");
  const [full] = tenant.cloudflare.tokens;
  expect((await visit("")).text).toContain(full?.value);
  expect((await visit("/cloudflare-tokens", [["do", "create"]])).status).toBe(400);
  await visit("/cloudflare-tokens", [
    ["do", "create"],
    ["permissions", "DNS Read"],
  ]);
  expect(tenant.cloudflare.tokens.at(-1)?.permissions).toEqual(["DNS Read"]);
  await visit("/cloudflare-tokens", [
    ["do", "remove"],
    ["id", full?.id ?? ""],
  ]);
  expect(tenant.cloudflare.tokens).toHaveLength(1);
});

test("a record edited on the DNS page keeps its id at Cloudflare, and Auto while its TTL stays", async () => {
  const { tenant, visit } = opened("cloudflare-dns");
  const [zone] = tenant.zones;
  const name = String(zone?.name);
  const own = { id: "a".repeat(32), tags: [], createdAt: 0, modifiedAt: 0 };
  if (zone) zone.records = [{ type: "MX", name, ttl: 300, auto: true, preference: 0, exchange: "one.example", cloudflare: own }];
  const edit = (ttl: string): [string, string][] => [
    ["zone", name],
    ["count", "1"],
    ["type-0", "MX"],
    ["name-0", name],
    ["ttl-0", ttl],
    ["data-0", "5 two.example"],
  ];
  await visit("/dns", edit("300"));
  expect(zone?.records).toEqual([{ type: "MX", name, ttl: 300, auto: true, preference: 5, exchange: "two.example", cloudflare: own }]);
  await visit("/dns", edit("600"));
  expect(zone?.records).toEqual([{ type: "MX", name, ttl: 600, preference: 5, exchange: "two.example", cloudflare: own }]);
});
