/** What the product sends stays inside what the services are known to take: everything that a whole walk sent, held against the contracts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { catalogue } from "@/lib/steps/index";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, MINUTE, type Received, verbs } from "./testing";

const contract = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "../../sandbox/contracts", name), "utf8"));

const parameterShape = z.looseObject({
  required: z.boolean(),
  values: z.array(z.unknown()).nullish(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  cidrPrefix: z.tuple([z.number(), z.number()]).optional(),
});
type Parameter = z.infer<typeof parameterShape>;
const { _meta, ...known } = z.looseObject({ _meta: z.unknown() }).parse(contract("exchange-cmdlets.json"));
const cmdlets = z.record(z.string(), z.object({ parameters: z.record(z.string(), parameterShape) })).parse(known);
const graph = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    components: z.object({ parameters: z.record(z.string(), z.looseObject({ name: z.string(), in: z.string() })) }),
  })
  .parse(contract("graph.openapi.json"));
const permissions = z.object({ least: z.array(z.string()), higher: z.array(z.string()) });
const operationShape = z.object({
  parameters: z.array(z.looseObject({ $ref: z.string().optional(), name: z.string().optional() })).default([]),
  "x-permissions": z.object({ Application: permissions.optional() }).optional(),
});
/** What the first step asks consent for: anything that needs more would be refused at the customer's. */
const CONSENTED = ["Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "User.Read.All"];

const delta = z.object({ "@odata.type": z.string(), Add: z.array(z.unknown()).default([]), Remove: z.array(z.unknown()).default([]) });

/** What a value holds: a list, the entries of an edited list, or one. */
function entriesOf(value: unknown): readonly unknown[] {
  const edit = delta.safeParse(value);
  if (edit.success) return [...edit.data.Add, ...edit.data.Remove];
  return Array.isArray(value) ? value : [value];
}

function wrongWith(value: unknown, { values, maxItems, maxLength, cidrPrefix }: Parameter): string | null {
  const entries = entriesOf(value);
  if (maxItems !== undefined && entries.length > maxItems) return `holds ${entries.length} entries, at most ${maxItems} are taken`;
  const isWord = (values ?? []).some((one) => typeof one === "string" || typeof one === "boolean");
  const strange = entries.find((one) => isWord && one !== null && !(values ?? []).includes(one));
  if (strange !== undefined) return `is ${JSON.stringify(strange)}, which is none of the values`;
  const long = entries.find((one) => maxLength !== undefined && typeof one === "string" && one.length > maxLength);
  if (long !== undefined) return `is longer than ${maxLength} characters`;
  const wide = entries.find((one) => cidrPrefix && Number(String(one).split("/")[1] ?? 32) < cidrPrefix[0]);
  return wide === undefined ? null : `holds ${String(wide)}, and /${cidrPrefix?.[0]} is the largest network`;
}

function wrongInCall({ cmdlet = "", parameters = {} }: Pick<Received, "cmdlet" | "parameters">): readonly string[] {
  const spec = cmdlets[cmdlet]?.parameters;
  if (!spec) return [`There is no cmdlet ${cmdlet}.`];
  const missing = Object.entries(spec).filter(([name, one]) => one.required && (parameters[name] ?? null) === null);
  return [
    ...missing.map(([name]) => `${cmdlet} was sent without ${name}.`),
    ...("Identity" in parameters && !parameters["Identity"] ? [`${cmdlet} was sent without saying for what.`] : []),
    ...Object.entries(parameters).flatMap(([name, value]) => {
      const one = spec[name];
      if (!one) return [`${cmdlet} has no parameter ${name}.`];
      const wrong = wrongWith(value, one);
      return wrong === null ? [] : [`${cmdlet}: ${name} ${wrong}.`];
    }),
  ];
}

/** `/domains/{domain-id}` as a pattern; a literal path wins over one with a blank. */
const patternOf = (path: string) => new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);

function wrongInPath({ method, path }: Pick<Received, "method" | "path">): readonly string[] {
  const url = new URL(path, "http://graph");
  const own = decodeURIComponent(url.pathname).replace(/^\/v1\.0/, "");
  const place = Object.keys(graph.paths).find((one) => patternOf(one).test(own));
  const operation = place === undefined ? undefined : graph.paths[place]?.[method.toLowerCase()];
  if (!operation) return [`Graph has no ${method} ${own}.`];
  const { parameters, "x-permissions": needed } = operationShape.parse(operation);
  const allowed = parameters.map((p) => {
    const name = p.$ref?.split("/").at(-1);
    return name === undefined ? p.name : graph.components.parameters[name]?.name;
  });
  const enough = [...(needed?.Application?.least ?? []), ...(needed?.Application?.higher ?? [])];
  const isRefused = enough.length > 0 && !CONSENTED.some((one) => enough.includes(one));
  return [
    ...(isRefused ? [`${method} ${own} needs one of ${enough.join(", ")}.`] : []),
    ...[...url.searchParams.keys()].filter((name) => !allowed.includes(name)).map((name) => `${method} ${own} does not take ${name}.`),
  ];
}

const ENTRA = /^\/[^/]+\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys|oauth2\/v2\.0\/token|adminconsent)$/;
const EXCHANGE = /^\/adminapi\/beta\/[0-9a-f-]{36}\/(InvokeCommand|\$batch)$/;

/** Everything that is wrong with one call, whatever service it was for. */
function wrongWithCall(call: Received): readonly string[] {
  const own = new URL(call.path, "http://service").pathname;
  const place = `${call.service} has no ${own}.`;
  if (call.service === "graph") return wrongInPath(call);
  if (call.service === "entra") return ENTRA.test(own) ? [] : [place];
  if (call.service !== "exchange") return [];
  const isBatched = call.part !== undefined && !/^Get-/.test(call.cmdlet ?? "");
  return [
    ...(EXCHANGE.test(own) ? [] : [place]),
    ...(call.cmdlet === undefined ? [] : wrongInCall(call)),
    ...(isBatched ? [`${call.cmdlet} was sent as part of a batch.`] : []),
  ];
}

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const OURS = ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"];

/** Every step there and back, and every page looked at on the way. */
async function walk(scenario: string, profile: string): Promise<Customer> {
  const customer = await house.customer(scenario);
  const domains = await I.chooseDomains(customer, profile);
  if (scenario === "dehydrated") await I.does(customer, "organization-customization");
  await I.wait(DAY);
  for (const step of OURS) {
    expect(await I.does(customer, step), step).toMatchObject({ state: "done" });
    await I.wait(10 * MINUTE);
  }
  await I.does(customer, "mx-ttl", { way: "hand" });
  for (const zone of domains) await I.dns({ zone, ttl: 300 });
  await I.wait(2 * DAY);
  await I.sweep(customer);
  for (const { id } of catalogue) await I.fresh(customer, id);
  for (const step of OURS.toReversed()) {
    expect(await I.does(customer, step, { isUndo: true }), step).toMatchObject({ state: "done" });
    await I.wait(10 * MINUTE);
  }
  return customer;
}

describe.each([
  ["dehydrated", "area1"],
  ["wrong-addresses", "cloudflare"],
])("a walk through the %s tenant with %s, there and back", (scenario, profile) => {
  it("sent nothing that the services do not know", async () => {
    const customer = await walk(scenario, profile);
    const received = await I.received(customer);
    expect(new Set(received.map((one) => one.service))).toEqual(new Set(["entra", "graph", "exchange", "dns", "smtp"]));
    expect(new Set(received.flatMap((one) => one.cmdlet ?? [])).size).toBeGreaterThan(8);
    expect([...new Set(received.flatMap(wrongWithCall))]).toEqual([]);
    expect(received.filter((one) => [400, 405, 415].includes(one.status)).map((one) => one.cmdlet ?? one.path)).toEqual([]);
  });
});

describe("the contract", () => {
  it("refuses what it should, or it would prove nothing", () => {
    const set = (parameters: Received["parameters"]) => wrongInCall({ cmdlet: "Set-HostedConnectionFilterPolicy", parameters });
    const many = Array.from({ length: 1_274 }, (_, i) => `198.18.${i >> 8}.${i & 255}`);
    expect(set({ Identity: "Default", IPAllowList: ["192.0.2.1"] })).toEqual([]);
    expect(set({ Identity: null })).toHaveLength(2);
    expect(set({ Identity: "Default", Colour: "red" })).toEqual(["Set-HostedConnectionFilterPolicy has no parameter Colour."]);
    expect(set({ Identity: "Default", IPAllowList: { "@odata.type": "#Exchange.GenericHashTable", Add: many } })).toHaveLength(1);
    expect(set({ Identity: "Default", IPAllowList: ["104.30.32.0/19"] })).toHaveLength(1);
    expect(wrongInCall({ cmdlet: "Get-Everything", parameters: {} })).toHaveLength(1);
    expect(
      wrongInCall({ cmdlet: "New-InboundConnector", parameters: { Name: "x", SenderDomains: ["*"], ConnectorType: "Mine" } }),
    ).toHaveLength(1);
    expect(wrongInPath({ method: "GET", path: "/v1.0/domains?$select=id" })).toEqual([]);
    expect(wrongInPath({ method: "GET", path: "/v1.0/users/x/messages" })).toHaveLength(1);
    expect(wrongInPath({ method: "DELETE", path: "/v1.0/domains/contoso.com" })).toHaveLength(1);
    expect(wrongInPath({ method: "GET", path: "/v1.0/domains?everything=1" })).toHaveLength(1);
  });
});
