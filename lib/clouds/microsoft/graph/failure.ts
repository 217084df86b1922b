/** What a refused Graph request means. Status and code decide, never the message. Source: facts/graph.md 1. */
import { z } from "zod";
import { retryAfterMs } from "@/lib/base/http";
import type { Problem } from "@/lib/base/result";
import type { Came } from "./client";

const shape = z.object({ error: z.object({ code: z.string().default(""), message: z.string().default("") }) });
/** Where the service asks for patience without saying how much. */
const PATIENCE_MS = 60_000;

/** `permission`: what the request needs, named where it is refused. */
export function failureOf(came: Came, permission: string, now: number): Problem {
  const { status, headers } = came;
  const read = shape.safeParse(came.body);
  const { code, message } = read.success ? read.data.error : { code: "", message: "" };
  const evidence = {
    ...came.evidence,
    status: String(status),
    ...(code === "" ? {} : { code }),
    ...(message === "" ? {} : { text: message.slice(0, 300) }),
  };
  if (status === 429) {
    return {
      code: "throttled",
      say: "Microsoft Graph asks us to slow down.",
      fix: "Wait; we look again by ourselves.",
      retryAt: now + (retryAfterMs(headers, now) ?? PATIENCE_MS),
      evidence,
    };
  }
  if (status === 401)
    return {
      code: "consent-missing",
      say: "Microsoft Graph does not accept this application.",
      fix: "Give consent in the connect step; a new one takes minutes to be known.",
      evidence,
    };
  if (status === 403) {
    return {
      code: "denied",
      say: `Microsoft Graph refused: this application lacks the permission ${permission}, or was given it only minutes ago.`,
      fix: `Give consent to ${permission} in the connect step, and look again.`,
      evidence,
    };
  }
  if (status === 404)
    return {
      code: "gone",
      say: "Microsoft Graph does not know what we asked for.",
      fix: "Look again: it may have been removed.",
      evidence,
    };
  if (status >= 500 || status === 408)
    return {
      code: "unreachable",
      say: `Microsoft Graph is not working properly at the moment (${status}).`,
      fix: "Try again in a few minutes.",
      evidence,
    };
  return { code: "rejected", say: `Microsoft Graph refused the question (${status}${code === "" ? "" : `, ${code}`}).`, evidence };
}

/** The pause that an item of a batch asks for; null where it says none. */
export const pauseOf = ({ headers }: Came, now: number): number | null => retryAfterMs(headers, now);
