/** The vendor after delivery: the record of moves, its own auto-retract, verdicts that come late, and many detections at once. */
import { z } from "zod";
import { retractDue, setAutoRetract } from "../cloudflare/auto-retract";
import { finder } from "../cloudflare/entries";
import { move } from "../cloudflare/moves";
import { destinations, retractable } from "../cloudflare/state";
import { vendorWorks } from "../cloudflare/work";
import { addBurst, generatedCount } from "../history/generated";
import { type Handler, json, type SandboxRequest, type SandboxResponse } from "../http";
import { dispositions } from "../mail/disposition";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { noTenant, read } from "./read";

const destination = z.enum(destinations);
const burstShape = z.strictObject({ tenant: z.string(), count: z.int().min(1).max(20_000), disposition: z.enum(dispositions) });
const moveShape = z.strictObject({
  tenant: z.string(),
  message: z.string(),
  recipient: z.string().optional(),
  destination,
  requestedBy: z.string().includes("@"),
});
const settingShape = z.strictObject({
  tenant: z.string(),
  on: z.boolean().optional(),
  table: z.partialRecord(z.enum(retractable), destination.nullable()).optional(),
  hasRetract: z.boolean().optional(),
});
const verdictShape = z.strictObject({ tenant: z.string(), message: z.string(), disposition: z.enum(dispositions) });
const workShape = z.strictObject({});

const noMessage = () => json(404, { error: "No such message." });

type Done = SandboxResponse | Promise<SandboxResponse>;

/** A POST with a body of this shape, for a tenant that it names. */
function about<T extends { tenant: string }>(shape: z.ZodType<T>, act: (world: World, tenant: Tenant, asked: T) => Done) {
  return (request: SandboxRequest, world: World): Done => {
    const asked = read(request, shape);
    if (!asked.ok) return asked.response;
    const tenant = findTenant(world, asked.value.tenant);
    return tenant ? act(world, tenant, asked.value) : noTenant();
  };
}

const burst = about(burstShape, async (world, tenant, { count, disposition }) => {
  const began = Date.now();
  const first = generatedCount(tenant);
  addBurst(tenant, { count, disposition, at: world.clock.now() });
  world.save();
  await retractDue(world, tenant);
  return json(200, { made: count, first, last: first + count - 1, tookMs: Date.now() - began });
});

/** As somebody in the vendor's dashboard does it. */
const moveByHand = about(moveShape, async (world, tenant, { message, recipient, destination: to, requestedBy }) => {
  const entry = finder(tenant)(message);
  if (!entry) return noMessage();
  const recipients = recipient === undefined ? entry.recipients : [recipient];
  const by = { by: "dashboard" as const, requestedBy };
  const moves = await Promise.all(recipients.map((one) => move(world, tenant, { entry, recipient: one, destination: to }, by)));
  return json(200, { moves });
});

const setting = about(settingShape, async (world, tenant, { on, table, hasRetract }) => {
  const { cloudflare: account } = tenant;
  const whole = { ...account.autoRetract.table, ...table };
  setAutoRetract(account, { ...(on === undefined ? {} : { on }), table: whole }, world.clock.now());
  if (hasRetract !== undefined) account.hasRetract = hasRetract;
  world.save();
  await retractDue(world, tenant);
  return json(200, { autoRetract: account.autoRetract, hasRetract: account.hasRetract });
});

const verdict = about(verdictShape, async (world, tenant, { message, disposition }) => {
  const entry = finder(tenant)(message);
  if (!entry) return noMessage();
  tenant.cloudflare.verdicts[entry.id] = { disposition, at: world.clock.now() };
  world.save();
  await retractDue(world, tenant);
  return json(200, { message: entry.id, disposition });
});

/** Everything that is due by the sandbox's clock, before the answer. */
async function work(request: SandboxRequest, world: World): Promise<SandboxResponse> {
  const asked = read(request, workShape);
  if (!asked.ok) return asked.response;
  await vendorWorks(world);
  return json(200, { ok: true });
}

/** Of one message or recipient, where that is asked. */
function moves(request: SandboxRequest, world: World): SandboxResponse {
  const asked = request.url.searchParams;
  const tenant = findTenant(world, asked.get("tenant") ?? "");
  if (!tenant) return noTenant();
  const [message, recipient] = [asked.get("message"), asked.get("recipient")];
  const found = tenant.cloudflare.moves.filter(
    (one) => (message === null || one.messageId === message) && (recipient === null || one.recipient === recipient),
  );
  return json(200, { moves: found });
}

const parts: Record<string, (request: SandboxRequest, world: World) => Done> = {
  "POST /sandbox/mail/burst": burst,
  "GET /sandbox/cloudflare/moves": moves,
  "POST /sandbox/cloudflare/moves": moveByHand,
  "POST /sandbox/cloudflare/retract": setting,
  "POST /sandbox/cloudflare/verdicts": verdict,
  "POST /sandbox/cloudflare/work": work,
};

export const retractionControl: Handler = async (request, world) =>
  (await parts[`${request.method} ${request.url.pathname}`]?.(request, world)) ?? null;
