/** What the slice of Graph knows: its paths, methods, query options and permissions, read from contracts/graph.openapi.json. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Schema } from "../openapi";

const parameter = z.object({ name: z.string(), in: z.enum(["query", "path", "header"]), required: z.boolean().optional() });
const parameterOrRef = z.union([z.object({ $ref: z.string() }), parameter]);
const schema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const content = z.object({ content: z.object({ "application/json": z.object({ schema }) }).optional() });
const application = z.object({ least: z.array(z.string()), higher: z.array(z.string()) });
const operationShape = z.object({
  operationId: z.string(),
  parameters: z.array(parameterOrRef).default([]),
  requestBody: content.optional(),
  responses: z.record(z.string(), z.unknown()),
  "x-permissions": z.object({ Application: application.optional(), DelegatedWork: application.optional() }).optional(),
  "x-status": z.number().optional(),
});
const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), schema), parameters: z.record(z.string(), parameter) }),
});

const contract = documentShape.parse(JSON.parse(readFileSync(new URL("../contracts/graph.openapi.json", import.meta.url), "utf8")));
export const schemas = contract.components.schemas;

export interface Operation {
  id: string;
  path: string;
  method: string;
  query: ReadonlySet<string>;
  body: Schema | null;
  answer: Schema | null;
  status: number;
  permissions: { application: string[][]; delegated: string[][] };
}

/** `A (also requires B,C)` means A and B and C. Any one of the sets is enough. */
function sets(permission: z.infer<typeof application> | undefined): string[][] {
  return [...(permission?.least ?? []), ...(permission?.higher ?? [])].map((text) => {
    const [name = "", also = ""] = text.split(" (also requires ");
    return [name, ...also.replace(")", "").split(",").filter(Boolean)];
  });
}

function queryOptions(parameters: z.infer<typeof parameterOrRef>[]): Set<string> {
  const known = parameters.map((one) => ("$ref" in one ? contract.components.parameters[one.$ref.split("/").at(-1) ?? ""] : one));
  return new Set(known.flatMap((one) => (one?.in === "query" ? [one.name] : [])));
}

const METHODS = ["get", "post", "patch", "put", "delete"];

/**
 * Where Microsoft's list of permissions says nothing, or too little: permanentDelete by analogy with move and delete (graph facts, section 4),
 * one message by analogy with the list of them.
 */
const assumed: Record<string, string[][]> = {
  "user.message.permanentDelete": [["Mail.ReadWrite"]],
  "user.GetMessage": [["Mail.Read"], ["Mail.ReadBasic.All"], ["Mail.ReadWrite"]],
};

function operationOf(path: string, method: string, raw: unknown): Operation {
  const parsed = operationShape.parse(raw);
  const success = content.safeParse(parsed.responses["2XX"] ?? parsed.responses["204"]);
  return {
    id: parsed.operationId,
    path,
    method: method.toUpperCase(),
    query: queryOptions(parsed.parameters),
    body: parsed.requestBody?.content?.["application/json"].schema ?? null,
    answer: success.success ? (success.data.content?.["application/json"].schema ?? null) : null,
    status: parsed["x-status"] ?? (success.success && success.data.content ? 200 : 204),
    permissions: {
      application: assumed[parsed.operationId] ?? sets(parsed["x-permissions"]?.Application),
      delegated: assumed[parsed.operationId] ?? sets(parsed["x-permissions"]?.DelegatedWork),
    },
  };
}

interface Route {
  pattern: RegExp;
  names: string[];
  operations: Map<string, Operation>;
}

/** `/domains/{domain-id}` and `/servicePrincipals(appId='{appId}')` as patterns; a parameter never spans a slash. */
function routeOf(path: string, item: Record<string, unknown>): Route {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
  const literal = path.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${literal.join("([^/()]+)")}$`);
  const known = METHODS.filter((method) => item[method] !== undefined);
  return { pattern, names, operations: new Map(known.map((method) => [method.toUpperCase(), operationOf(path, method, item[method])])) };
}

const routes = Object.entries(contract.paths).map(([path, item]) => routeOf(path, item));
export const operations: readonly Operation[] = routes.flatMap((route) => [...route.operations.values()]);

/** A path of half a percent sign names nothing, but must not break us. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export type Match = { operation: Operation; params: Record<string, string> } | "no-such-path" | "no-such-method";

/** The operation for this method and path (below /v1.0, still percent-encoded). */
export function match(method: string, path: string): Match {
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (!found) continue;
    const operation = route.operations.get(method);
    if (!operation) return "no-such-method";
    const params = Object.fromEntries(route.names.map((name, at) => [name, decoded(found[at + 1] ?? "")]));
    return { operation, params };
  }
  return "no-such-path";
}
