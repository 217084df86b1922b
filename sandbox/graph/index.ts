/** The sandbox's Microsoft Graph: just what contracts/graph.openapi.json knows, everything else refused as the service refuses it. */
import type { Fault } from "../faults";
import type { Handler, SandboxRequest, SandboxResponse } from "../http";
import { suffer } from "../strike";
import type { World } from "../world";
import { batch } from "./batch";
import { answerCall, type Caller, callerOf } from "./call";
import { fail, type GraphError, graphErrors, idsOf } from "./errors";

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

async function call(request: SandboxRequest, world: World): Promise<SandboxResponse> {
  const caller = callerOf(request, world);
  const tenant = "tenant" in caller ? caller.tenant.id : null;
  const { pathname, search } = request.url;
  const faults = world.faults.strike(tenant, "graph", pathname + decodeQuery(search));
  const response = await struck(request, caller, world, faults);
  world.log.add({
    at: world.clock.now(),
    service: "graph",
    tenant,
    method: request.method,
    path: pathname + search,
    status: response.status,
  });
  return response;
}

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
  world.log.add({ at: world.clock.now(), service: "graph", tenant, method: request.method, path: pathname, status: response.status });
  return response;
}

export const graph: Handler = async (request, world) => {
  const { pathname } = request.url;
  if (!pathname.startsWith("/v1.0/")) return null;
  return request.method === "POST" && pathname === "/v1.0/$batch" ? wholeBatch(request, world) : call(request, world);
};
