/** Graph's error body: `innerError` with a date that has no zone, request ids in body and headers. */
import { randomUUID } from "node:crypto";
import { json, type SandboxResponse } from "../http";

export interface GraphError {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

export const graphErrors = {
  noToken: (): GraphError => ({ status: 401, code: "InvalidAuthenticationToken", message: "Access token is empty.", headers: challenge }),
  badToken: (message: string): GraphError => ({ status: 401, code: "InvalidAuthenticationToken", message, headers: challenge }),
  denied: (): GraphError => ({
    status: 403,
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
  }),
  noSegment: (segment: string): GraphError => ({
    status: 400,
    code: "BadRequest",
    message: `Resource not found for the segment '${segment}'.`,
  }),
  noMethod: (): GraphError => ({
    status: 405,
    code: "Request_BadRequest",
    message: "Specified HTTP method is not allowed for the request target.",
  }),
  notFound: (id: string): GraphError => ({
    status: 404,
    code: "Request_ResourceNotFound",
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  }),
  bad: (message: string, code = "Request_BadRequest"): GraphError => ({ status: 400, code, message }),
  notDone: (): GraphError => ({ status: 501, code: "notSupported", message: "The sandbox does not stand in for this operation." }),
  /** Mail is Exchange's, and answers in its words (graph facts, section 1; the texts are recalled, not captured). */
  deniedMail: (): GraphError => ({ status: 403, code: "ErrorAccessDenied", message: "Access is denied. Check credentials and try again." }),
  noUser: (name: string): GraphError => ({ status: 404, code: "ErrorInvalidUser", message: `The requested user '${name}' is invalid.` }),
  noMailbox: (): GraphError => ({
    status: 404,
    code: "MailboxNotEnabledForRESTAPI",
    message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
  }),
  noItem: (): GraphError => ({ status: 404, code: "ErrorItemNotFound", message: "The specified object was not found in the store." }),
  badId: (): GraphError => ({ status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed." }),
  tooManyAtOnce: (): GraphError => ({
    status: 429,
    code: "ApplicationThrottled",
    message: "Application is over its MailboxConcurrency limit.",
    headers: { "retry-after": "1" },
  }),
  throttled: (retryAfter: number): GraphError => ({
    status: 429,
    code: "TooManyRequests",
    message: "Too many requests.",
    headers: { "retry-after": String(retryAfter), "x-ms-throttle-scope": "Tenant_Application/ReadWrite" },
  }),
} as const;

const challenge = { "www-authenticate": 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"' };

export interface RequestIds {
  "request-id": string;
  "client-request-id": string;
}

export function idsOf(headers: Record<string, string>): RequestIds {
  const id = randomUUID();
  return { "request-id": id, "client-request-id": headers["client-request-id"] ?? id };
}

export function fail({ status, code, message, headers }: GraphError, ids: RequestIds, now: number): SandboxResponse {
  const innerError = { date: new Date(now).toISOString().slice(0, 19), ...ids };
  return json(status, { error: { code, message, innerError } }, { ...ids, ...headers });
}
