import { afterEach, beforeEach, expect, test } from "vitest";
import { grantConsent } from "../entra/grants";
import { graphResource, resources } from "../entra/permissions";
import { type Running, startEntra } from "../entra/testing";
import { applicationToken } from "../entra/tokens";
import { faults } from "../openapi";
import { newTenant } from "../scenarios/index";
import type { Tenant } from "../tenant";
import { operations, schemas } from "./contract";
import { strangers } from "./schema";

let running: Running;
beforeEach(async () => {
  running = await startEntra();
});
afterEach(() => running.close());

const eventual = { consistencyLevel: "eventual" };

function asking(scenario: string) {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  running.world.tenants.set(tenant.id, tenant);
  grantConsent(tenant, resources, running.world.clock.now());
  tenant.consent.graph.push("GroupMember.Read.All");
  const authorization = `Bearer ${applicationToken(running.world, tenant, graphResource)}`;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(path.startsWith("http") ? path : `${running.url}/v1.0${path}`, { headers: { authorization, ...headers } });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };
  return { tenant, get };
}

const partsOf = ({ value }: { value: { userPrincipalName: string }[] }) => value.map((one) => one.userPrincipalName.split("@")[0]);

test("ten thousand people come in eleven pages, each once", async () => {
  const { get } = asking("big-directory");
  const seen = new Set<string>();
  let path: string | undefined = "/users?$top=999&$select=id,mail,usageLocation";
  let pages = 0;
  for (; path !== undefined; pages += 1) {
    const { body } = await get(path);
    for (const one of body.value) seen.add(one.id);
    expect(Object.keys(body.value[0])).toEqual(["id", "mail", "usageLocation"]);
    path = body["@odata.nextLink"];
  }
  expect([seen.size, pages]).toEqual([10_003, 11]);
});

test("where, which office, guest or not and synced or not is told of everybody", async () => {
  const { get, tenant } = asking("regions");
  const select = "$select=mail,userType,accountEnabled,usageLocation,officeLocation,onPremisesSyncEnabled";
  const { body } = await get(`/users?${select}`);
  const of = (mail: string) => body.value.find((one: { mail: string }) => one.mail === mail);
  const at = (part: string) => `${part}@${tenant.seed.slug}.example`;
  expect(of(at("paris.finance"))).toMatchObject({ usageLocation: "FR", officeLocation: "Paris", userType: "Member", accountEnabled: true });
  expect(of(at("info"))).toMatchObject({ accountEnabled: false });
  expect(of(`${tenant.seed.slug}@partner.example`)).toMatchObject({ userType: "Guest", usageLocation: "US" });
  const synced = asking("synced-groups");
  const people = (await synced.get("/users?$select=onPremisesSyncEnabled")).body.value;
  expect(people.filter((one: { onPremisesSyncEnabled: boolean | null }) => one.onPremisesSyncEnabled === true)).toHaveLength(3);
});

test("a search finds words of a name and beginnings of an address, and needs its header", async () => {
  const { get } = asking("regions");
  const found = async (search: string) => partsOf((await get(`/users?$search=${encodeURIComponent(search)}`, eventual)).body);
  expect(await found('"displayName:sal"')).toEqual(["berlin.sales", "austin.sales"]);
  expect(await found('"displayName:berlin" AND "displayName:room"')).toEqual(["berlin.room"]);
  expect(await found('"displayName:Paris" OR "mail:london"')).toEqual(["paris.finance", "london.office"]);
  expect(await found('"mail:sales"')).toEqual([]);
  expect((await get('/users?$search="displayName:sal"')).status).toBe(400);
  expect((await get("/users?$search=sal", eventual)).status).toBe(400);
  expect((await get('/users?$search="shoeSize:44"', eventual)).status).toBe(400);
});

test("a filter by beginnings and by place works in big directories too", async () => {
  const { get } = asking("big-directory");
  const count = async (filter: string) =>
    (await get(`/users?$filter=${encodeURIComponent(filter)}&$count=true&$top=1`, eventual)).body["@odata.count"];
  expect(await count("startswith(mail,'person-0000')")).toBe(9);
  expect(await count("usageLocation eq 'DE'")).toBe(1000);
  expect(await count("startswith(displayName,'A. Datum') or startswith(mail,'nobody')")).toBe(10_003);
});

function groupsOf(tenant: Tenant, name: string) {
  return tenant.groups.find((group) => group.name === name)?.id ?? "";
}

test("groups and their members are shown by kind; dynamic lists are Exchange's alone", async () => {
  const { get, tenant } = asking("regions");
  const groups = (await get("/groups?$select=displayName,mail,groupTypes,onPremisesSyncEnabled")).body.value;
  expect(groups.map((one: { displayName: string }) => one.displayName)).toEqual(["Sales", "Project Atlas"]);
  expect(groups[1].groupTypes).toEqual(["Unified"]);
  const members = await get(`/groups/${groupsOf(tenant, "Sales")}/members?$select=id,displayName,mail`);
  expect(members.body.value).toMatchObject([
    { "@odata.type": "#microsoft.graph.user", mail: `berlin.sales@${tenant.seed.slug}.example` },
    { "@odata.type": "#microsoft.graph.user", mail: `austin.sales@${tenant.seed.slug}.example` },
  ]);
  expect((await get(`/groups/${groupsOf(tenant, "Everybody in Berlin")}/members`)).status).toBe(404);
});

test.each(["/users", "/groups"])("answers of %s fit their schema and say nothing more", async (path) => {
  const { get } = asking("regions");
  const { body } = await get(path);
  const operation = operations.find((one) => one.path === path && one.method === "GET");
  expect(faults(body, operation?.answer ?? {}, { schemas })).toEqual([]);
  expect(strangers(body, operation?.answer ?? {}, schemas)).toEqual([]);
});
