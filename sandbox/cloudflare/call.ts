/** One call of the API: route, permission, query and body by the contract, then the operation. */
import type { SandboxRequest } from "../http";
import { type Fault, faults, isRecord, resolve, type Schema } from "../openapi";
import type { World } from "../world";
import { type Caller, mayCall } from "./access";
import { bulkOperations } from "./bulk-jobs";
import type { Context, Operations } from "./context";
import { match, type Operation, schemas } from "./contract";
import { dnsRecordOperations } from "./dns-records";
import { domainOperations } from "./domains";
import { type Answer, Refusal, refusals } from "./errors";
import { messageOperations } from "./message-operations";
import { understood } from "./old-spellings";
import { searchOperations } from "./search";
import { findZone, zoneOperations } from "./zones";

export const PREFIX = "/client/v4";

const verifyToken = ({ token }: Context): Answer => {
  const messages = token.status === "active" ? [{ code: 10000, message: "This API Token is valid and active" }] : [];
  return { status: 200, result: { id: token.id, status: token.status }, messages };
};

const acts: Operations = {
  ...domainOperations,
  ...searchOperations,
  ...messageOperations,
  ...bulkOperations,
  ...zoneOperations,
  ...dnsRecordOperations,
  "user.tokens.verify": verifyToken,
};

/** A query's text as the value that its schema speaks of; text that is none stays text and fails there. */
function typed(texts: string[], schema: Schema): unknown {
  const { type } = resolve(schema, schemas);
  const [text = ""] = texts;
  if (type === "array") return texts;
  if ((type === "integer" || type === "number") && /^-?\d+$/.test(text)) return Number(text);
  return type === "boolean" && (text === "true" || text === "false") ? text === "true" : text;
}

function queryFaults(operation: Operation, query: URLSearchParams): Fault[] {
  return [...new Set(query.keys())].flatMap((name) => {
    const schema = operation.query.get(name);
    if (!schema) return [{ pointer: `/${name}`, message: "is not a known parameter" }];
    // Domains had their status in lower case before SDK 7.2: both are understood.
    const isOldSpelling = name === "status" && operation.path.includes("/email-security/settings/");
    const texts = query.getAll(name).map((text) => (isOldSpelling ? text.toUpperCase() : text));
    return faults(typed(texts, schema), schema, { schemas }, `/${name}`);
  });
}

function parsed(body: Buffer): { value: unknown } | Refusal {
  const text = body.toString("utf8");
  try {
    return { value: text === "" ? undefined : JSON.parse(text) };
  } catch {
    return refusals.badJson();
  }
}

/** DNS ignores what it does not know (clients send back what they read); the body of a domain is closed. */
function bodyFaults(operation: Operation, value: unknown): Fault[] {
  if (!operation.body) return [];
  if (value === undefined) return [{ pointer: "", message: "is required" }];
  return faults(value, operation.body, { schemas, closed: operation.path.includes("/email-security/") });
}

export interface Said {
  said: Answer | Refusal;
  sent: unknown;
}

/** What a write changed is put back: a lying service says "done" and has done nothing. */
async function untouched(context: Context, act: () => ReturnType<Operations[string]>): Promise<Answer | Refusal> {
  const { account, zone } = context;
  const domains = structuredClone(account.domains);
  const before = zone && structuredClone(zone);
  const said = await act();
  account.domains = domains;
  if (zone && before) Object.assign(zone, before);
  return said;
}

async function run(context: Context, operation: Operation): Promise<Answer | Refusal> {
  const act = acts[operation.id];
  if (!act) return refusals.noMethod();
  return context.lies && operation.method !== "GET" ? untouched(context, () => act(context)) : act(context);
}

export async function answerCall(request: SandboxRequest, caller: Caller, world: World, lies: boolean): Promise<Said> {
  const { url, method } = request;
  const body = parsed(request.body);
  const found = match(method, url.pathname.slice(PREFIX.length));
  const sent = body instanceof Refusal ? undefined : understood(typeof found === "string" ? "" : found.operation.id, body.value);
  const refuse = (said: Refusal): Said => ({ said, sent });
  if (found === "no-such-path") return refuse(refusals.noRoute(url.pathname));
  if (found === "no-such-method") return refuse(refusals.noMethod());
  const { operation, params } = found;
  const barred = mayCall(caller, operation, params);
  if (barred) return refuse(barred);
  const zone = params["zone_id"] === undefined ? null : findZone(caller.tenant, params["zone_id"]);
  if (params["zone_id"] !== undefined && !zone) return refuse(refusals.notYours());
  if (body instanceof Refusal) return refuse(body);
  const problems = [...queryFaults(operation, url.searchParams), ...bodyFaults(operation, sent)];
  if (problems.length > 0) return refuse(refusals.invalid(problems));
  const context: Context = { ...caller, world, url, zone, params, query: url.searchParams, body: isRecord(sent) ? sent : {}, sent, lies };
  return { said: await run(context, operation), sent };
}
