/** Cloudflare's envelope, and every refusal the stand-in knows. Codes are those of public issues; where none is on record the comment says so. */
import { randomBytes } from "node:crypto";
import { json, type SandboxResponse } from "../http";

export interface ApiError {
  code: number;
  message: string;
  /** JSON pointer into the body. */
  pointer?: string;
  chain?: { code: number; message: string }[];
}

export class Refusal {
  constructor(
    readonly status: number,
    readonly errors: ApiError[],
    readonly headers: Record<string, string> = {},
  ) {}
}

const one = (status: number, code: number, message: string, headers?: Record<string, string>) =>
  new Refusal(status, [{ code, message }], headers);

export const refusals = {
  badHeader: () =>
    new Refusal(400, [
      { code: 6003, message: "Invalid request headers", chain: [{ code: 6111, message: "Invalid format for Authorization header" }] },
    ]),
  /** `tokens/verify` has its own words for a token nobody knows. */
  invalidToken: () => one(401, 1000, "Invalid API Token"),
  unknownToken: () => one(401, 10000, "Authentication error"),
  /** Also what a token gets that lacks the permission group. */
  noPermission: () => one(403, 10000, "Authentication error"),
  notYours: () => one(403, 9109, "Unauthorized to access requested resource"),
  /** No code is on record. */
  notBought: () => one(403, 10013, "This account is not entitled to use Email Security"),
  noRoute: (path: string) => one(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`),
  noMethod: () => one(405, 10405, "Method not allowed"),
  /** No code is on record for Email Security. */
  noDomain: () => one(404, 10007, "Domain not found"),
  domainExists: (domain: string) => one(409, 10014, `Domain ${domain} already exists`),
  noMessage: () => one(404, 10007, "Message not found"),
  noJob: () => one(404, 10007, "Bulk job not found"),
  /** The job is not in a state in which this can be done. */
  wrongState: (text: string) => one(409, 10015, text),
  noPreview: (text: string) => one(400, 10016, text),
  /** Neither is one for a body or query that does not fit. */
  invalid: (errors: { pointer: string; message: string }[]) =>
    new Refusal(
      400,
      errors.map(({ pointer, message }) => ({ code: 10001, message: `${pointer || "/"} ${message}`, pointer })),
    ),
  badJson: () => one(400, 6007, "Malformed JSON in request body"),
  noRecord: () => one(404, 81044, "Record does not exist."),
  throttled: (seconds: number) =>
    one(429, 10429, "More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed", {
      "retry-after": String(seconds),
    }),
  broken: (status: number) => one(status, 10500, status === 503 ? "Service unavailable" : "Internal server error"),
} as const;

/** Until October 2024 a DNS error stood inside a 1004 (cloudflare-docs#15317); since then it stands alone. */
export function dnsRefusal(error: ApiError, speaksOld: boolean): Refusal {
  if (!speaksOld || error.code >= 81_000) return new Refusal(400, [error]);
  const { code, message } = error;
  return new Refusal(400, [{ code: 1004, message: "DNS Validation Error", chain: [{ code, message }] }]);
}

export interface ResultInfo {
  page: number;
  per_page: number;
  count: number;
  total_count: number;
  total_pages: number;
}

/** A search goes on from a cursor; page and total are always 0 there. */
export interface CursorInfo {
  page: 0;
  per_page: number;
  count: number;
  total_count: 0;
  next: string | null;
  previous: null;
}

export interface Answer {
  status: number;
  result: unknown;
  info?: ResultInfo | CursorInfo;
  headers?: Record<string, string>;
  messages?: ApiError[];
}

const written = ({ pointer, chain, ...error }: ApiError) => ({
  ...error,
  ...(pointer === undefined ? {} : { source: { pointer } }),
  ...(chain === undefined ? {} : { error_chain: chain }),
});

/** Cloudflare's id of a request; support asks for it. */
const ray = () => ({ "cf-ray": `${randomBytes(8).toString("hex")}-SBX` });

export function respond(said: Answer | Refusal, limits: Record<string, string>): SandboxResponse {
  const headers = { ...ray(), ...limits, ...said.headers };
  if (said instanceof Refusal)
    return json(said.status, { success: false, errors: said.errors.map(written), messages: [], result: null }, headers);
  if (said.status === 204) return { status: 204, headers, body: "" };
  const { status, result, info, messages = [] } = said;
  const body = { success: true, errors: [], messages: messages.map(written), result, ...(info ? { result_info: info } : {}) };
  return json(status, body, headers);
}
