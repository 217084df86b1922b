/** A request from one stand-in to another, without a socket in between: faults, limits and the log have their say as for any other. */
import type { Handler } from "../http";
import type { World } from "../world";

/** Nobody listens there. */
export const origin = "http://vendor.sandbox.invalid";

export type Outgoing = { method: string; url: URL; headers: Record<string, string>; body?: string };

/** `status` 0: the line was cut. */
export type Incoming = { status: number; body: unknown };

export async function internal(handler: Handler, world: World, { method, url, headers, body = "" }: Outgoing): Promise<Incoming> {
  const response = await handler({ method, url, headers, body: Buffer.from(body) }, world);
  if (!response || response.drop) return { status: 0, body: undefined };
  return { status: response.status, body: parsed(response.body.toString()) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
