/** `$batch`: at most ten calls in one, each with its own status; partial failure is normal. */
import { z } from "zod";
import { json, type SandboxResponse } from "../http";

export const batchShape = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.literal("POST"),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown(),
    }),
  ),
});
export type Part = z.infer<typeof batchShape>["requests"][number];

/** CIPP splits by ten; what the server says to an eleventh is not on record, that it must not be sent is. */
export const mostParts = 10;

export function badBatch(text: string): SandboxResponse {
  return json(400, { error: { code: "BadRequest", message: text } });
}

/** A part's header, whatever its case. */
export function headerOf(part: Part, name: string): string | undefined {
  return Object.entries(part.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

export type PartAnswer = { id: string; answer: SandboxResponse };

export function batchBody(parts: PartAnswer[]): SandboxResponse {
  return json(200, {
    responses: parts.map(({ id, answer }) => ({ id, status: answer.status, headers: headersOf(answer), body: bodyOf(answer) })),
  });
}

const headersOf = ({ headers }: SandboxResponse) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-encoding"));

/** JSON bodies go in as JSON; anything else, NUL runs included, as the text it is; nothing as null. */
function bodyOf({ body, headers, status }: SandboxResponse): unknown {
  const text = body.toString();
  if (text === "") return null;
  return status !== 403 && (headers["content-type"] ?? "").includes("json") ? JSON.parse(text) : text;
}
