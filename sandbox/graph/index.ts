/** The sandbox's Microsoft Graph: just what contracts/graph.openapi.json knows, everything else refused as the service refuses it. */
import type { Fault } from "../faults";
import type { Handler, SandboxRequest, SandboxResponse } from "../http";
import { suffer } from "../strike";
import { cutoverApp, type World } from "../world";
import { batch } from "./batch";
import { answerCall, type Caller, callerOf, isOfMail } from "./call";
import { fail, type GraphError, graphErrors, idsOf } from "./errors";
import { mailboxOf } from "./mailbox";
import { throttled } from "./throttle";

/** Faults in Graph's own words; those it has no words for (drop, 500, 503) are the same everywhere. */
function faultOf(fault: Fault | undefined): GraphError | null {
  if (fault?.kind === "429" || fault?.kind === "concurrency") return graphErrors.throttled(fault.retryAfter ?? 1);
  if (fault?.kind === "500") return { status: 500, code: "generalException", message: "General exception while processing." };
  if (fault?.kind === "503") return { status: 503, code: "serviceNotAvailable", message: "Service unavailable." };
  return fault?.kind === "transient" ? { status: 504, code: "UnknownError", message: "" } : null;
}

async function struck(request: SandboxRequest, caller: Caller | GraphError, world: World, faults: Fault[]): Promise<SandboxResponse> {
  const { answer, lies } = await suffer(faults);
  if (answer?.drop) return answer;
  const fault = faultOf(faults.find((one) => one.kind !== "latency"));
  return fault ? fail(fault, idsOf(request.headers), world.clock.now()) : answerCall(request, caller, world, lies);
}

/** As a person writes it in a fault's `match`; what decodes to nothing sensible stays as it came. */
function decodeQuery(search: string): string {
  try {
    return decodeURIComponent(search.replaceAll("+", " "));
  } catch {
    return search;
  }
}

/** Which application asks of which mailbox, whatever name the path gives it; null where mail's limits don't apply. */
function limitOf(caller: Caller | GraphError, path: string): string | null {
  if (!("tenant" in caller) || !isOfMail(path)) return null;
  const name = decodeQuery(path.split("/")[2] ?? "");
  const user = mailboxOf(caller.tenant, name);
  return `${caller.token.appid} ${caller.tenant.id} ${"upn" in user ? user.id : name}`;
}

async function call(request: SandboxRequest, world: World): Promise<SandboxResponse> {
  const caller = callerOf(request, world);
  const tenant = "tenant" in caller ? caller.tenant.id : null;
  const { pathname, search } = request.url;
  const faults = world.faults.strike(tenant, "graph", pathname + decodeQuery(search));
  const limited = limitOf(caller, pathname.slice("/v1.0".length));
  const answer = () => struck(request, caller, world, faults);
  const done = limited === null ? await answer() : await throttled(world, limited, answer);
  const response = "code" in done ? fail(done, idsOf(request.headers), world.clock.now()) : done;
  world.log.add({
    at: world.clock.now(),
    service: "graph",
    tenant,
    method: request.method,
    path: pathname + search,
    status: response.status,
    ...byOf(caller),
  });
  return response;
}

/** The log names an application that is not Cutover. */
const byOf = (caller: Caller | GraphError) =>
  "token" in caller && caller.token.appid !== cutoverApp.clientId ? { by: caller.token.appid } : {};

/** The calls inside a batch suffer faults and are logged one by one; the batch itself only suffers those that name it. */
async function wholeBatch(request: SandboxRequest, world: World): Promise<SandboxResponse> {
  const caller = callerOf(request, world);
  const tenant = "tenant" in caller ? caller.tenant.id : null;
  const { pathname } = request.url;
  const isNamed = world.faults.list().some((fault) => fault.service === "graph" && fault.match?.includes("$batch"));
  const faults = isNamed ? world.faults.strike(tenant, "graph", pathname) : [];
  const { answer } = await suffer(faults);
  const fault = "tenant" in caller ? faultOf(faults.find((one) => one.kind !== "latency")) : caller;
  const done = answer?.drop ? answer : (fault ?? (await batch(request, (inner) => call(inner, world))));
  const response = "code" in done ? fail(done, idsOf(request.headers), world.clock.now()) : done;
  world.log.add({
    at: world.clock.now(),
    service: "graph",
    tenant,
    method: request.method,
    path: pathname,
    status: response.status,
    ...byOf(caller),
  });
  return response;
}

export const graph: Handler = async (request, world) => {
  const { pathname } = request.url;
  if (!pathname.startsWith("/v1.0/")) return null;
  return request.method === "POST" && pathname === "/v1.0/$batch" ? wholeBatch(request, world) : call(request, world);
};
