import { expect, test } from "vitest";
import { peopleOf, personNamed } from "../people";
import { directoryRoles } from "../tenant";
import { archiveDomain } from "./archive-zone";
import { sharedZones } from "./dns-hosts";
import { egress } from "./egress";
import { newTenant, rebuilt, scenarios, startingTenants } from "./index";

const byScenario = (name: string) => startingTenants().find((tenant) => tenant.scenario === name);

test("the starting set has ids and names of its own, none twice", () => {
  const tenants = startingTenants();
  const names = tenants.flatMap((tenant) => [tenant.id, tenant.initialDomain, ...tenant.domains.map((domain) => domain.id)]);
  expect(tenants.length).toBeGreaterThanOrEqual(11);
  expect(new Set(names).size).toBe(names.length - tenants.length);
});

const withoutGlobalAdministrator = ["operator", "no-privileged-role"];

test("every customer tenant has a Global Administrator, an Exchange Administrator and somebody without a role", () => {
  for (const tenant of startingTenants().filter((one) => !withoutGlobalAdministrator.includes(one.scenario))) {
    const [admin, exchangeAdmin, ...others] = tenant.users.map((user) => user.directoryRoles.join());
    expect([admin, exchangeAdmin]).toEqual([directoryRoles.globalAdministrator, directoryRoles.exchangeAdministrator]);
    expect(others).toContain("");
    expect(others.filter((roles) => roles !== "" && roles !== directoryRoles.privilegedRoleAdministrator)).toEqual([]);
  }
});

test("where the admin may not authorise, one person of the tenant may", () => {
  const users = byScenario("no-privileged-role")?.users ?? [];
  const holders = (role: string) => users.filter((user) => user.directoryRoles.includes(role)).map((user) => user.upn.split("@")[0]);
  expect(users[0]?.directoryRoles).toEqual([directoryRoles.exchangeAdministrator, directoryRoles.securityAdministrator]);
  expect(holders(directoryRoles.globalAdministrator)).toEqual([]);
  expect(holders(directoryRoles.privilegedRoleAdministrator)).toEqual(["role.admin"]);
});

test("consent is given nowhere at the start but where only the role is missing, or where nobody present could give it", () => {
  for (const { scenario, servicePrincipal } of startingTenants()) {
    expect([scenario, servicePrincipal !== null]).toEqual([scenario, ["no-role", "no-privileged-role"].includes(scenario)]);
  }
});

test("the vendor's application is in the tenants that say so, and of two of one name only one is the vendor's", () => {
  expect(byScenario("retraction")?.vendorApplication).toBeNull();
  expect(byScenario("retraction-narrow")?.vendorApplication?.roles).toContain("Mail.Read");
  expect(byScenario("retraction-narrow")?.vendorApplication?.roles).not.toContain("Mail.ReadWrite");
  const { vendorApplication: own, otherApplications: [other] = [] } = byScenario("two-apps") ?? {};
  expect(other?.name).toBe(own?.name);
  expect([other?.appId === own?.appId, other?.ownerId === own?.ownerId]).toEqual([false, false]);
});

test("a new tenant shares no id and no domain with another of its scenario", () => {
  for (const { name } of scenarios) {
    const [one, two] = [newTenant(name), newTenant(name)];
    const ids = [one, two].flatMap((tenant) => [
      tenant?.id,
      ...(tenant?.domains ?? []).map((domain) => domain.id),
      ...(tenant?.users ?? []).map((user) => user.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  }
  expect(newTenant("nothing of the kind")).toBeUndefined();
});

test("a reset tenant is the same again, ids included", () => {
  for (const tenant of startingTenants()) {
    const before = structuredClone(tenant);
    tenant.exchange = {};
    tenant.zones = [];
    expect(rebuilt(tenant)).toEqual(before);
  }
});

test("many has as many domains as asked", () => {
  expect(newTenant("many", { domains: 25 })?.domains.filter((domain) => !domain.isInitial)).toHaveLength(25);
});

test("the full list leaves no room for a gateway's addresses", () => {
  const list = byScenario("full-list")?.exchange["HostedConnectionFilterPolicy"]?.[0]?.["IPAllowList"];
  const taken = Array.isArray(list) ? new Set(list).size : 0;
  expect(taken).toBeLessThanOrEqual(1273);
  expect(taken + egress.length).toBeGreaterThan(1273);
});

test("the split host's servers do not agree on the TTL", () => {
  const zone = byScenario("split-dns")?.zones[0];
  const ttls = zone?.nameServers.map((server) => (server.recordsOverride ?? zone.records)[0]?.ttl);
  expect(ttls).toEqual([300, 14_400]);
});

test("every name server's address is found in its host's own zone", () => {
  const known = sharedZones().flatMap((zone) => zone.records.map((record) => record.name));
  for (const server of startingTenants().flatMap((tenant) => tenant.zones.flatMap((zone) => zone.nameServers)))
    expect(known).toContain(server.name);
});

test("one of the two domains at two hosts can be changed by API, the other cannot", () => {
  expect(byScenario("two-hosts")?.zones.map((zone) => zone.host)).toEqual(["Cloudflare", "Network Solutions"]);
});

test("the leftovers hold a part of today's addresses, and none that was never the gateway's", () => {
  const lists = ["InboundConnector", "TransportRule"].flatMap((noun) => byScenario("leftovers")?.exchange[noun] ?? []);
  for (const object of lists) {
    const addresses = [object["SenderIPAddresses"] ?? object["SenderIpRanges"]].flat().map(String);
    expect(addresses.every((address) => egress.includes(address))).toBe(true);
    expect(addresses.length).toBeLessThan(egress.length);
  }
});

test("policies that outrank Default name a group, a domain and policies that there are", () => {
  const tenant = byScenario("presets");
  const rules = ["EOPProtectionPolicyRule", "HostedContentFilterRule"].flatMap((noun) => tenant?.exchange[noun] ?? []);
  const policies = (tenant?.exchange["HostedContentFilterPolicy"] ?? []).map((policy) => policy.Name);
  expect(rules).toHaveLength(2);
  for (const rule of rules) expect(policies).toContain(rule["HostedContentFilterPolicy"]);
  expect(tenant?.groups[0]?.members.every((member) => tenant.users.some((user) => user.upn === member))).toBe(true);
});

const locationsOf = (name: string) => {
  const tenant = byScenario(name);
  return new Set((tenant?.users ?? []).map((user) => user.usageLocation ?? tenant?.country));
};

test("people of two regions, of the EU alone, and of one region only", () => {
  expect([...locationsOf("regions")].sort()).toEqual(["DE", "FR", "GB", "US"]);
  expect([...locationsOf("eu-only")].sort()).toEqual(["DE", "FR"]);
  expect([...locationsOf("fresh")]).toEqual(["US"]);
});

test("somebody is in both lists, somebody in none, and every member of a list is somebody", () => {
  const tenant = byScenario("overlap");
  const [first = [], second = []] = (tenant?.groups ?? []).map((group) => group.members);
  expect(first.filter((member) => second.includes(member))).toHaveLength(1);
  expect(tenant?.users.some((user) => ![...first, ...second].includes(user.upn))).toBe(true);
  for (const one of startingTenants())
    for (const member of one.groups.flatMap((group) => group.members)) expect(personNamed(one, member)).toBeDefined();
});

test("the big directory holds ten thousand people, the same every time, and none of them twice", () => {
  const [tenant, again] = [byScenario("big-directory"), byScenario("big-directory")];
  if (!tenant || !again) throw new Error("no big directory");
  const people = peopleOf(tenant);
  expect(people.length - tenant.users.length).toBe(10_000);
  expect(new Set(people.flatMap((one) => [one.id, one.upn])).size).toBe(2 * people.length);
  expect(peopleOf(again)).toEqual(people);
  expect(new Set(people.map((one) => one.usageLocation)).size).toBeGreaterThan(5);
});

test("an archive that journals already has taken the one address for undeliverable reports", () => {
  const exchange = byScenario("archive-ndr")?.exchange;
  expect(exchange?.["TransportConfig"]?.[0]?.["JournalingReportNdrTo"]).toContain(`@${archiveDomain}`);
  expect(exchange?.["JournalRule"]?.[0]).toMatchObject({ Enabled: true, Scope: "Global" });
});
