/** One cmdlet call from envelope to answer, the same whether it came alone or as part of a batch. */
import { z } from "zod";
import type { AccessToken, SandboxResponse } from "../http";
import { json } from "../http";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { errorBody, rowsBody } from "./answer";
import { denied, mayCall, unauthenticated } from "./authorize";
import { bind } from "./bind";
import { cmdletNamed } from "./contract";
import { execute } from "./execute";
import { ambiguousParameters, type Failure } from "./failure";

/** Exactly these keys: a misspelt envelope must not pass for an empty call. */
export const envelopeShape = z.strictObject({
  CmdletInput: z.strictObject({ CmdletName: z.string().min(1), Parameters: z.record(z.string(), z.unknown()) }),
});
export type Envelope = z.infer<typeof envelopeShape>;

export type Invocation = {
  world: World;
  tenant: Tenant;
  token: AccessToken | null;
  envelope: Envelope;
  url: URL;
  origin: string;
  prefer: string;
  lies: boolean;
};

/** Counts answers, so that spellings take turns. */
let turn = 0;

export function invoke({ world, tenant, token, envelope, url, origin, prefer, lies }: Invocation): SandboxResponse {
  turn += 1;
  const { CmdletName, Parameters } = envelope.CmdletInput;
  const cmdlet = cmdletNamed(CmdletName);
  const verdict = mayCall(token, tenant, cmdlet?.verb ?? "Get");
  if (verdict === "unauthenticated") return unauthenticated();
  if (verdict === "denied" || !cmdlet) return denied();
  const bound = bind(cmdlet, Parameters);
  if (!bound.ok) return refuse(bound.failure);
  const result = execute({ world, tenant, cmdlet, bound: bound.value, lies });
  if (!result) return denied();
  if (!result.ok) return refuse(result.failure);
  const page = rowsBody(result.value, {
    origin,
    tenant,
    noun: result.value.noun ?? cmdlet.noun,
    cmdlet: cmdlet.name,
    bound: bound.value,
    select: (url.searchParams.get("$select") ?? "").split(",").filter((name) => name !== ""),
    skipToken: url.searchParams.get("$skiptoken"),
    maxPageSize: pageSize(prefer),
    now: world.clock.now(),
    reordered: tenant.traits.reordersLists && turn % 2 === 1,
  });
  return page.ok ? json(200, page.body, liveHeaders(world)) : refuse(page.failure);
}

/** A body that is no envelope: what is known of the wrong ones is only that they fail. */
export const refuseEnvelope = (): SandboxResponse => refuse(ambiguousParameters(["CmdletInput"]));

const refuse = (failure: Failure): SandboxResponse =>
  json(failure.status, errorBody(failure, turn), failure.retryAfter === undefined ? {} : { "retry-after": String(failure.retryAfter) });

function pageSize(prefer: string): number | null {
  const size = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(prefer)?.[1];
  return size === undefined ? null : Math.max(1, Math.min(1000, Number(size)));
}

function liveHeaders(world: World): Record<string, string> {
  return {
    "content-type": "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    "odata-version": "4.0",
    "request-id": crypto.randomUUID(),
    "rate-limit-limit": "3000",
    "rate-limit-remaining": "2999",
    "rate-limit-reset": new Date(world.clock.now() + 300_000).toISOString(),
  };
}
