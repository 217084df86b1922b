/** Reads a control call's JSON body by a shape, or says what is wrong with it. */
import type { z } from "zod";
import { json, type SandboxRequest, type SandboxResponse } from "../http";

export type Read<T> = { ok: true; value: T } | { ok: false; response: SandboxResponse };

export function read<T>(request: SandboxRequest, shape: z.ZodType<T>): Read<T> {
  const result = shape.safeParse(parsed(request.body.toString("utf8") || "{}"));
  return result.success ? { ok: true, value: result.data } : { ok: false, response: json(400, { error: result.error.issues }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const noTenant = () => json(404, { error: "No such tenant." });
