/** Bodies as older clients write them, in the words of the newest (facts: contract drift). */
import { isRecord } from "../openapi";

const older: Record<string, (body: unknown) => unknown> = {
  // SDK up to 7.2.0 and the specification of July 2026 send the bare list.
  "emailSecurity.investigate.release.bulk": (body) => (Array.isArray(body) ? { ids: body } : body),
  "emailSecurity.investigate.preview.create": (body) => renamed(body, "postfix_id", "id"),
  "emailSecurity.investigate.move.bulk": (body) => renamed(body, "postfix_ids", "ids"),
};

function renamed(body: unknown, old: string, name: string): unknown {
  if (!isRecord(body) || body[name] !== undefined || body[old] === undefined) return body;
  const { [old]: value, ...rest } = body;
  return { ...rest, [name]: value };
}

export const understood = (operationId: string, body: unknown): unknown => older[operationId]?.(body) ?? body;
