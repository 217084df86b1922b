/** One Graph call, alone or in a batch: token, path, query options, permission, answer. */
import { type ReadToken, readToken } from "../entra/tokens";
import { json, type SandboxRequest, type SandboxResponse } from "../http";
import { resolve, type Schema } from "../openapi";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { match, type Operation, schemas } from "./contract";
import { fail, type GraphError, graphErrors, idsOf } from "./errors";
import { DIRECTORY_PAGE, filterOf, type Item, MAIL_PAGE, orderOf, pageOf, pick, selectOf } from "./query";
import { answerFor, expand } from "./resources";
import { propertiesOf } from "./schema";
import { searchOf } from "./search";

const AUDIENCES = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];

export interface Caller {
  token: ReadToken;
  tenant: Tenant;
}

const TOKEN_FAULTS = {
  malformed: "IDX14100: JWT is not well formed, there are no dots (.).",
  signature: "Access token validation failure. Invalid signature.",
  expired: "Lifetime validation failed, the token is expired.",
};

/** Who calls, by the bearer token; or the 401 Graph gives. */
export function callerOf(request: SandboxRequest, world: World): Caller | GraphError {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (!bearer) return graphErrors.noToken();
  const token = readToken(bearer, world);
  if (typeof token === "string") return graphErrors.badToken(TOKEN_FAULTS[token]);
  if (!AUDIENCES.includes(token.aud)) return graphErrors.badToken("Access token validation failure. Invalid audience.");
  const tenant = world.tenants.get(token.tid);
  return tenant ? { token, tenant } : graphErrors.badToken("Access token validation failure. Invalid tenant.");
}

function isAllowed(operation: Operation, { token }: Caller): boolean {
  const held = token.scp === undefined ? token.roles : token.scp.split(" ");
  const sets = token.scp === undefined ? operation.permissions.application : operation.permissions.delegated;
  // /me has no application permission: an application gets past here and is told that it has no "me"
  return operation.path === "/me" || sets.some((set) => set.every((name) => held.includes(name)));
}

export const isOfMail = (path: string): boolean => /^\/users\/[^/]+\/(messages|mailFolders)(\/|$)/.test(path);

function queryFault(operation: Operation, query: URLSearchParams, headers: Record<string, string>): GraphError | null {
  const known = (name: string) => operation.query.has(name) || (name === "$skiptoken" && operation.query.has("$top"));
  const stranger = [...query.keys()].find((name) => !known(name));
  if (stranger !== undefined) return graphErrors.bad(`The query parameter '${stranger}' is not supported on this resource.`, "BadRequest");
  // words searched in mail are KQL, which nobody needs here: refused, not ignored
  if (query.has("$search") && isOfMail(operation.path)) return graphErrors.notDone();
  if (!query.has("$search") || headers.consistencylevel?.toLowerCase() === "eventual") return null;
  return graphErrors.bad(
    "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  );
}

interface Shape {
  /** `microsoft.graph.domain` */
  type: string;
  known: ReadonlySet<string>;
  isCollection: boolean;
}

const ofType = (name: string): Schema => ({ $ref: `#/components/schemas/microsoft.graph.${name}` });

function readShape(answer: Schema | null): Shape {
  const items = answer ? resolve(answer, schemas).properties?.value?.items : undefined;
  const schema = items ?? answer ?? {};
  const type = (schema.$ref ?? "").split("/").at(-1) ?? "";
  // a list of directory objects takes the properties of each kind
  const kinds = type === "microsoft.graph.directoryObject" ? [ofType("user"), ofType("group")] : [schema];
  const known = new Set(kinds.flatMap((kind) => Object.keys(propertiesOf(kind, schemas))));
  return { type, known, isCollection: items !== undefined };
}

const shapes = new WeakMap<Operation, Shape>();

function shapeOf(operation: Operation): Shape {
  const shape = shapes.get(operation) ?? readShape(operation.answer);
  shapes.set(operation, shape);
  return shape;
}

const isFault = (value: object): value is GraphError => "status" in value && "code" in value && "message" in value;

/** Search, filter and order: which of them, before pages are cut. */
function chosen(items: Item[], query: URLSearchParams, { known }: Shape): Item[] | GraphError {
  const [search, filter, order] = [query.get("$search"), query.get("$filter"), query.get("$orderby")];
  const isFound = search === null ? () => true : searchOf(search, known);
  if (typeof isFound !== "function") return isFound;
  const test = filter === null ? () => true : filterOf(filter, known);
  if (typeof test !== "function") return test;
  const compare = order === null ? () => 0 : orderOf(order, known);
  if (typeof compare !== "function") return compare;
  return items.filter((item) => isFound(item) && test(item)).sort(compare);
}

/** Expand, then select: what is shown of each. */
function dressed(operation: Operation, items: Item[], query: URLSearchParams, shape: Shape, tenant: Tenant): Item[] | GraphError {
  const select = query.get("$select");
  const expanded = expand(operation, items, query.get("$expand")?.split(",") ?? [], tenant);
  if (!Array.isArray(expanded) || select === null) return expanded;
  const names = selectOf(select, shape.known, shape.type);
  return Array.isArray(names) ? expanded.map((item) => pick(item, names)) : names;
}

function collection(operation: Operation, items: Item[], url: URL, shape: Shape, tenant: Tenant): Item | GraphError {
  const query = url.searchParams;
  const all = chosen(items, query, shape);
  if (!Array.isArray(all)) return all;
  const page = pageOf(all, query, isOfMail(operation.path) ? MAIL_PAGE : DIRECTORY_PAGE);
  if ("status" in page) return page;
  const value = dressed(operation, page.items, query, shape, tenant);
  if (!Array.isArray(value)) return value;
  const next = new URL(url);
  if (page.next !== null) next.searchParams.set("$skiptoken", page.next);
  return {
    "@odata.context": `${url.origin}/v1.0/$metadata#${operation.path.slice(1)}`,
    ...(query.get("$count") === "true" ? { "@odata.count": all.length } : {}),
    ...(page.next === null ? {} : { "@odata.nextLink": next.href }),
    value,
  };
}

function single(operation: Operation, item: Item, url: URL, shape: Shape, tenant: Tenant): Item | GraphError {
  const ready = dressed(operation, [item], url.searchParams, shape, tenant);
  if (!Array.isArray(ready)) return ready;
  return { "@odata.context": `${url.origin}/v1.0/$metadata#${operation.path.split("/")[1]}/$entity`, ...ready[0] };
}

const PREFIX = "/v1.0";

/** Undefined for an empty body; null for one that is no JSON. */
function parsedBody({ body }: SandboxRequest): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}

type Done = { operation: Operation; body: Item };

/** The answer's body, or the error; `lies` says that there is nothing, or that something was done. */
function bodyOf(request: SandboxRequest, caller: Caller, world: World, lies: boolean): Done | GraphError {
  const { url, method, headers } = request;
  const path = url.pathname.slice(PREFIX.length).replaceAll("%27", "'").replaceAll("%28", "(").replaceAll("%29", ")");
  const found = match(method, path);
  if (found === "no-such-path") return graphErrors.noSegment(path.split("/")[1] ?? "");
  if (found === "no-such-method") return graphErrors.noMethod();
  const { operation, params } = found;
  const fault = queryFault(operation, url.searchParams, headers);
  if (fault) return fault;
  if (!isAllowed(operation, caller)) return isOfMail(path) ? graphErrors.deniedMail() : graphErrors.denied();
  const { tenant, token } = caller;
  const person = token.scp === undefined ? null : token.oid;
  const query = url.searchParams;
  const body = parsedBody(request);
  if (body === null) return graphErrors.bad("Unable to read JSON request payload.", "BadRequest");
  const answer = answerFor(operation, { world, tenant, params, query, headers, body, person, roles: token.roles, lies });
  return !Array.isArray(answer) && isFault(answer) ? answer : shaped(operation, answer, { url, tenant, lies });
}

type Asking = { url: URL; tenant: Tenant; lies: boolean };

function shaped(operation: Operation, answer: Item[] | Item, { url, tenant, lies }: Asking): Done | GraphError {
  if (operation.status === 204) return { operation, body: {} };
  const shape = shapeOf(operation);
  const items = Array.isArray(answer) ? answer : [answer];
  const body = shape.isCollection
    ? collection(operation, lies ? [] : items, url, shape, tenant)
    : single(operation, items[0] ?? {}, url, shape, tenant);
  return isFault(body) ? body : { operation, body };
}

export function answerCall(request: SandboxRequest, caller: Caller | GraphError, world: World, lies: boolean): SandboxResponse {
  const ids = idsOf(request.headers);
  const answer = isFault(caller) ? caller : bodyOf(request, caller, world, lies);
  if (isFault(answer)) return fail(answer, ids, world.clock.now());
  const { status } = answer.operation;
  return status === 204 ? { status, headers: { ...ids }, body: "" } : json(status, answer.body, { ...ids, "odata-version": "4.0" });
}
