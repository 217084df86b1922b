/** What the slice of Cloudflare's API knows: paths, methods, query, bodies and permission groups, read from contracts/cloudflare.openapi.json. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { faults, type Schema } from "../openapi";

const schema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const content = z.object({ content: z.object({ "application/json": z.object({ schema }) }).optional() });
const operationShape = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["query", "path"]), schema })).default([]),
  requestBody: content.optional(),
  responses: z.record(z.string(), content),
  "x-api-token-group": z.array(z.string()).default([]),
});
const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

const contract = documentShape.parse(JSON.parse(readFileSync(new URL("../contracts/cloudflare.openapi.json", import.meta.url), "utf8")));
export const schemas = contract.components.schemas;

export interface Operation {
  id: string;
  path: string;
  method: string;
  query: ReadonlyMap<string, Schema>;
  body: Schema | null;
  answer: Schema | null;
  /** What success says: 200, or 201 where something is made. */
  status: number;
  /** One of these permission groups is enough; none = any token. */
  groups: readonly string[];
}

/** `Cloud Email Security: Write` is `Email Security Write` in the dashboard; what else is said in brackets names no group. */
const groupOf = (name: string) => name.replace("Cloud Email Security: ", "Email Security ").replace(/ \(.*\)$/, "");

function operationOf(path: string, method: string, raw: z.infer<typeof operationShape>): Operation {
  const success = Object.keys(raw.responses).find((status) => /^2\d\d$/.test(status)) ?? "200";
  return {
    id: raw.operationId,
    path,
    method: method.toUpperCase(),
    query: new Map(raw.parameters.flatMap((one) => (one.in === "query" ? [[one.name, one.schema]] : []))),
    body: raw.requestBody?.content?.["application/json"].schema ?? null,
    answer: raw.responses[success]?.content?.["application/json"].schema ?? null,
    status: Number(success),
    groups: raw["x-api-token-group"].map(groupOf),
  };
}

interface Route {
  pattern: RegExp;
  names: string[];
  shapes: Map<string, Schema>;
  operations: Map<string, Operation>;
}

function routeOf(path: string, item: Record<string, z.infer<typeof operationShape>>): Route {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
  const entries = Object.entries(item);
  const inPath = entries.flatMap(([, raw]) => raw.parameters.filter((one) => one.in === "path"));
  return {
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "([^/]+)")}$`),
    names,
    shapes: new Map(inPath.map((one) => [one.name, one.schema])),
    operations: new Map(entries.map(([method, raw]) => [method.toUpperCase(), operationOf(path, method, raw)])),
  };
}

/** Not in the slice, which was made of the mail and DNS parts: the official shape, from the client's own types (7.3.0). */
const verify = operationShape.parse({ operationId: "user.tokens.verify", responses: { "200": {} } });

/** A path that is spelled out stands before one with a placeholder in its place. */
const routes = Object.entries({ ...contract.paths, "/user/tokens/verify": { get: verify } })
  .map(([path, item]) => routeOf(path, item))
  .sort((one, other) => one.names.length - other.names.length);
export const operations: readonly Operation[] = routes.flatMap((route) => [...route.operations.values()]);

/** Ids of messages have colons in them, which some clients escape. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export type Match = { operation: Operation; params: Record<string, string> } | "no-such-path" | "no-such-method";

/** The operation for this method and path (below /client/v4). An identifier of the wrong form is no path at all. */
export function match(method: string, path: string): Match {
  const fitting = routes.flatMap((route) => {
    const found = route.pattern.exec(path);
    if (!found) return [];
    const params = Object.fromEntries(route.names.map((name, at) => [name, plain(found[at + 1] ?? "")]));
    const fits = Object.entries(params).every(([name, value]) => faults(value, route.shapes.get(name) ?? {}, { schemas }).length === 0);
    return fits ? [{ operation: route.operations.get(method), params }] : [];
  });
  if (fitting.length === 0) return "no-such-path";
  const found = fitting.find((one) => one.operation);
  return found?.operation ? { operation: found.operation, params: found.params } : "no-such-method";
}
