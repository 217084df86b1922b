/** The sandbox's Cloudflare API under /client/v4: just what contracts/cloudflare.openapi.json knows, everything else refused as the service refuses it. */
import type { Fault } from "../faults";
import type { Handler, SandboxRequest, SandboxResponse } from "../http";
import { isRecord } from "../openapi";
import { suffer } from "../strike";
import type { World } from "../world";
import { type Caller, callerOf } from "./access";
import { answerCall, PREFIX, type Said } from "./call";
import { warmUp } from "./entries";
import { Refusal, refusals, respond } from "./errors";
import { count } from "./rate";

/** Faults in Cloudflare's own words. */
function faultOf(fault: Fault | undefined): Refusal | null {
  if (fault?.kind === "429" || fault?.kind === "concurrency") return refusals.throttled(fault.retryAfter ?? 1);
  if (fault?.kind === "500" || fault?.kind === "transient") return refusals.broken(500);
  return fault?.kind === "503" ? refusals.broken(503) : null;
}

async function said(
  request: SandboxRequest,
  caller: Caller | Refusal,
  world: World,
  fault: Refusal | null,
  lies: boolean,
): Promise<Said & { limits: Record<string, string> }> {
  if (caller instanceof Refusal) return { said: fault ?? caller, sent: undefined, limits: {} };
  const { headers: limits, waitSeconds } = count(caller.account, world.clock.now());
  if (waitSeconds !== null) return { said: refusals.throttled(waitSeconds), sent: undefined, limits };
  return fault ? { said: fault, sent: undefined, limits } : { ...(await answerCall(request, caller, world, lies)), limits };
}

export const cloudflare: Handler = async (request, world) => {
  if (!request.url.pathname.startsWith(`${PREFIX}/`)) return null;
  const { pathname, search } = request.url;
  const caller = callerOf(request, world);
  const tenant = caller instanceof Refusal ? null : caller.tenant.id;
  if (!(caller instanceof Refusal)) warmUp(caller.tenant);
  const log = (response: SandboxResponse, sent?: unknown, note?: string) => {
    const more = { ...(isRecord(sent) ? { parameters: sent } : {}), ...(note === undefined ? {} : { note }) };
    const entry = { at: world.clock.now(), service: "cloudflare" as const, tenant, method: request.method, path: pathname + search };
    world.log.add({ ...entry, status: response.status, ...more });
    return response;
  };
  const struck = world.faults.strike(tenant, "cloudflare", `${request.method} ${pathname}${search}`);
  const { answer, lies } = await suffer(struck);
  if (answer?.drop) return log(answer);
  const fault = faultOf(struck.find((one) => one.kind !== "latency"));
  const result = await said(request, caller, world, fault, lies);
  const note = result.said instanceof Refusal ? result.said.errors.map(({ code, message }) => `${code} ${message}`).join("; ") : undefined;
  return log(respond(result.said, result.limits), result.sent, note);
};
