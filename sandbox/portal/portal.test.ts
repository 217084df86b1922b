import { expect, test } from "vitest";
import { newTenant } from "../scenarios/index";
import { directoryRoles } from "../tenant";
import { makeWorld } from "../world";
import { portal } from "./index";

function opened(scenario: string) {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const visit = async (path: string, form?: Record<string, string>) => {
    const body = Buffer.from(new URLSearchParams(form ?? {}).toString());
    const answer = await portal(
      { method: form ? "POST" : "GET", url: new URL(`/portal${path}`, "http://127.0.0.1"), headers: {}, body },
      world,
    );
    return { status: answer?.status, to: answer?.headers["location"], text: String(answer?.body) };
  };
  return { tenant, world, visit };
}

test("the page says that it is the sandbox, and what is set", async () => {
  const { tenant, visit } = opened("hand-made");
  expect((await visit("")).text).toContain(`/portal/${tenant.id}`);
  const page = await visit(`/${tenant.id}`);
  expect(page.text).toContain("This is the sandbox.");
  expect(page.text).toContain("Mail from the filter");
  expect((await visit("/nobody")).status).toBe(404);
});

test("a name made of markup stays text", async () => {
  const { tenant, visit } = opened("fresh");
  await visit(`/${tenant.id}/inbound-connector`, { Name: '<img src=x onerror="1">', SenderDomains: "*", ConnectorType: "Partner" });
  const page = await visit(`/${tenant.id}`);
  expect(tenant.exchange["InboundConnector"]).toHaveLength(1);
  expect(page.text).not.toContain("<img");
  expect(page.text).toContain("&#60;img src=x");
});

test("the allow list is edited by hand under Microsoft's own rules", async () => {
  const { tenant, visit } = opened("fresh");
  const saved = await visit(`/${tenant.id}/connection-filter`, { IPAllowList: "192.0.2.1\r\n198.51.100.0/24\r\n" });
  expect([saved.status, saved.to]).toEqual([303, `/portal/${tenant.id}?saved=connection-filter`]);
  expect(tenant.exchange["HostedConnectionFilterPolicy"]?.[0]?.["IPAllowList"]).toEqual(["192.0.2.1", "198.51.100.0/24"]);
  const refused = await visit(`/${tenant.id}/connection-filter`, { IPAllowList: "10.0.0.0/8" });
  expect([refused.status, refused.text.includes('role="alert"')]).toEqual([400, true]);
});

test("a connector is made, changed and deleted by hand with everything the wizard sets", async () => {
  const { tenant, visit } = opened("fresh");
  const form = {
    Name: "By hand",
    ConnectorType: "Partner",
    SenderDomains: "*",
    SenderIPAddresses: "192.0.2.1\n192.0.2.2",
    Enabled: "on",
    RequireTls: "on",
  };
  await visit(`/${tenant.id}/inbound-connector`, { Identity: "", ...form });
  const [made] = tenant.exchange["InboundConnector"] ?? [];
  expect(made).toMatchObject({ SenderIPAddresses: ["192.0.2.1", "192.0.2.2"], RequireTls: true, EFSkipLastIP: false });
  await visit(`/${tenant.id}/inbound-connector`, { Identity: String(made?.Guid), ...form, EFSkipLastIP: "on" });
  expect(tenant.exchange["InboundConnector"]?.[0]).toMatchObject({ EFSkipLastIP: true, SenderDomains: ["smtp:*;1"] });
  await visit(`/${tenant.id}/inbound-connector`, { Identity: String(made?.Guid), do: "remove" });
  expect(tenant.exchange["InboundConnector"]).toEqual([]);
});

test("SPF hard fail and customization are settings of the page", async () => {
  const { tenant, visit } = opened("dehydrated");
  const off = { MarkAsSpamSpfRecordHardFail: "Off" };
  expect((await visit(`/${tenant.id}/anti-spam`, off)).text).toContain("Enable-OrganizationCustomization");
  expect((await visit(`/${tenant.id}/organization-customization`, {})).status).toBe(303);
  expect(tenant.exchange["OrganizationConfig"]?.[0]?.["IsDehydrated"]).toBe(false);
});

test("a TTL is changed at the DNS host, and the host's lowest holds", async () => {
  const { tenant, visit } = opened("fresh");
  const [zone] = tenant.zones;
  const name = String(zone?.name);
  const form = { zone: name, count: "1", "type-0": "MX", "name-0": name, "ttl-0": "300", "data-0": "0 mail.example" };
  expect((await visit(`/${tenant.id}/dns`, form)).status).toBe(303);
  expect(zone?.records).toEqual([{ type: "MX", name, ttl: 300, preference: 0, exchange: "mail.example" }]);
  expect((await visit(`/${tenant.id}/dns`, { ...form, "ttl-0": "30" })).text).toContain("no TTL under 60 seconds");
  expect((await visit(`/${tenant.id}/dns`, { ...form, "data-0": "mail.example" })).text).toContain("10 mail.example.com");
  await visit(`/${tenant.id}/dns`, {
    ...form,
    "remove-0": "on",
    "type-new": "TXT",
    "name-new": name,
    "ttl-new": "300",
    "data-new": "v=spf1 -all",
  });
  expect(zone?.records).toEqual([{ type: "TXT", name, ttl: 300, text: "v=spf1 -all" }]);
});

test("a split host's servers can be brought together", async () => {
  const { tenant, visit } = opened("split-dns");
  const [zone] = tenant.zones;
  await visit(`/${tenant.id}/dns`, { zone: String(zone?.name), server: "ns2.bluehost.com", do: "same" });
  expect(zone?.nameServers.some((server) => server.recordsOverride)).toBe(false);
});

test("consent and role are given and taken by hand", async () => {
  const { tenant, visit } = opened("fresh");
  expect((await visit(`/${tenant.id}/role`, { do: "assign" })).text).toContain("Grant admin consent first");
  await visit(`/${tenant.id}/consent`, { do: "grant" });
  await visit(`/${tenant.id}/role`, { do: "assign" });
  expect(tenant.consent.exchange).toBe(true);
  expect(tenant.servicePrincipal?.directoryRoles).toEqual([directoryRoles.exchangeAdministrator]);
  await visit(`/${tenant.id}/role`, { do: "remove" });
  await visit(`/${tenant.id}/consent`, { do: "revoke" });
  expect([tenant.consent.exchange, tenant.servicePrincipal?.directoryRoles]).toEqual([false, []]);
});
