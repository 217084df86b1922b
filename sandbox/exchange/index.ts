/** Exchange's door: which address is which, what struck it, and what was received. */
import type { AccessToken, Handler, SandboxRequest, SandboxResponse, VerifyToken } from "../http";
import { json, text } from "../http";
import { suffer } from "../strike";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { unauthenticated } from "./authorize";
import { badBatch, batchBody, batchShape, headerOf, mostParts, type Part, type PartAnswer } from "./batch";
import { envelopeShape, invoke, refuseEnvelope } from "./invoke";

const path = /^\/adminapi\/(beta|v1\.0)\/([^/]+)\/(InvokeCommand|\$batch)\/?$/;

type Arrival = { world: World; tenant: Tenant; verify: VerifyToken; request: SandboxRequest };

/** `verify` comes from sandbox/entra, which alone knows how tokens are signed. */
export const exchange =
  (verify: VerifyToken): Handler =>
  async (request, world) => {
    if (!request.url.pathname.startsWith("/adminapi/")) return null;
    const [, version, name = "", action] = path.exec(decodeURI(request.url.pathname)) ?? [];
    if (!action) return json(404, { error: { code: "NotFound", message: "Resource not found." } });
    // Only beta serves the action; v1.0 answers 405 on the same path (measured).
    if (version !== "beta" || request.method !== "POST") return text(405, "");
    const tenant = findTenant(world, name);
    if (!tenant) return unauthenticated();
    const arrival = { world, tenant, verify, request };
    return action === "InvokeCommand" ? single(arrival) : batch(arrival);
  };

async function single({ world, tenant, verify, request }: Arrival): Promise<SandboxResponse> {
  const envelope = envelopeShape.safeParse(parsed(request.body));
  const called = envelope.data?.CmdletInput;
  const { pathname } = request.url;
  const struck = await suffer(world.faults.strike(tenant.id, "exchange", `${pathname} ${called?.CmdletName ?? ""}`));
  const token = await bearer(request.headers["authorization"], verify, world);
  const answer = (): SandboxResponse => {
    if (!token) return unauthenticated();
    if (!envelope.success || !isJson(request)) return refuseEnvelope();
    const prefer = request.headers["prefer"] ?? "";
    return invoke({
      world,
      tenant,
      token,
      envelope: envelope.data,
      url: request.url,
      origin: request.url.origin,
      prefer,
      lies: struck.lies,
    });
  };
  const response = struck.answer ?? answer();
  world.log.add({
    at: world.clock.now(),
    service: "exchange",
    tenant: tenant.id,
    method: "POST",
    path: pathname + request.url.search,
    status: response.status,
    ...cmdletOf(called),
  });
  return response;
}

async function batch(arrival: Arrival): Promise<SandboxResponse> {
  const { world, tenant, request } = arrival;
  const struck = await suffer(world.faults.strike(tenant.id, "exchange", request.url.pathname));
  const response = struck.answer ?? (await parts(arrival, struck.lies));
  world.log.add({
    at: world.clock.now(),
    service: "exchange",
    tenant: tenant.id,
    method: "POST",
    path: request.url.pathname,
    status: response.status,
  });
  return response;
}

async function parts(arrival: Arrival, lies: boolean): Promise<SandboxResponse> {
  const { request, verify, world } = arrival;
  const outer = request.headers["authorization"];
  if (!(await bearer(outer, verify, world))) return unauthenticated();
  const asked = batchShape.safeParse(parsed(request.body));
  if (!asked.success || !isJson(request)) return badBatch("The batch request is invalid.");
  if (asked.data.requests.length > mostParts) return badBatch(`The batch request exceeds the maximum of ${mostParts} requests.`);
  const answers: PartAnswer[] = [];
  for (const part of asked.data.requests) {
    const answer = await onePart(arrival, part, lies);
    if (answer.drop) return answer;
    answers.push({ id: part.id, answer });
  }
  return batchBody(answers);
}

async function onePart({ world, tenant, verify, request }: Arrival, part: Part, lies: boolean): Promise<SandboxResponse> {
  const url = URL.canParse(part.url, request.url) ? new URL(part.url, request.url) : null;
  const [, version, name = "", action] = path.exec(url?.pathname ?? "") ?? [];
  if (!url || version !== "beta" || action !== "InvokeCommand") return badBatch("The URL of the request is invalid.");
  const envelope = envelopeShape.safeParse(part.body);
  const called = envelope.data?.CmdletInput;
  const struck = await suffer(world.faults.strike(tenant.id, "exchange", called?.CmdletName ?? "", true));
  const token = await bearer(headerOf(part, "authorization") ?? request.headers["authorization"], verify, world);
  const answer = (): SandboxResponse => {
    if (!token || findTenant(world, name) !== tenant) return unauthenticated();
    if (!envelope.success) return refuseEnvelope();
    const prefer = headerOf(part, "prefer") ?? request.headers["prefer"] ?? "";
    return invoke({ world, tenant, token, envelope: envelope.data, url, origin: request.url.origin, prefer, lies: lies || struck.lies });
  };
  const response = struck.answer ?? answer();
  world.log.add({
    at: world.clock.now(),
    service: "exchange",
    tenant: tenant.id,
    method: "POST",
    path: url.pathname + url.search,
    status: response.status,
    part: true,
    ...cmdletOf(called),
  });
  return response;
}

const cmdletOf = (called: { CmdletName: string; Parameters: Record<string, unknown> } | undefined) =>
  called ? { cmdlet: called.CmdletName, parameters: called.Parameters } : {};

async function bearer(header: string | undefined, verify: VerifyToken, world: World): Promise<AccessToken | null> {
  const token = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  return token === undefined ? null : verify(token, world);
}

const isJson = (request: SandboxRequest) => (request.headers["content-type"] ?? "").startsWith("application/json");

/** Undefined for what is no JSON: the shapes refuse that like anything else that doesn't fit. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
