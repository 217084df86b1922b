/** Entra's refusals: the JSON body of the token endpoint, the same text on a page or in a redirect. */
import { randomUUID } from "node:crypto";
import { json, type SandboxResponse } from "../http";
import type { World } from "../world";

export interface Refusal {
  /** The AADSTS number. */
  code: number;
  /** The OAuth error word. */
  error: string;
  message: string;
  status: 400 | 401;
}

const refusal = (code: number, error: string, message: string, status: 400 | 401 = 400): Refusal => ({ code, error, message, status });

export const refusals = {
  missing: (name: string) => refusal(900144, "invalid_request", `The request body must contain the following parameter: '${name}'.`),
  malformed: () => refusal(9002313, "invalid_request", "Invalid request. Request is malformed or invalid."),
  grantType: (type: string) => refusal(70003, "unsupported_grant_type", `The app requested an unsupported grant type '${type}'.`),
  responseType: () => refusal(700054, "unsupported_response_type", "response_type is not enabled for the application."),
  noTenant: (name: string) =>
    refusal(
      90002,
      "invalid_request",
      `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    ),
  noApplication: (id: string, directory: string) =>
    refusal(
      700016,
      "unauthorized_client",
      `Application with identifier '${id}' was not found in the directory '${directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    ),
  noPrincipal: (id: string, tenant: string) =>
    refusal(7000229, "unauthorized_client", `The client application ${id} is missing service principal in the tenant ${tenant}.`),
  disabled: (id: string, name: string) => refusal(7000112, "unauthorized_client", `Application '${id}'(${name}) is disabled.`),
  noCredential: () =>
    refusal(
      7000218,
      "invalid_client",
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      401,
    ),
  secret: (id: string) =>
    refusal(
      7000215,
      "invalid_client",
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${id}'.`,
      401,
    ),
  assertion: (reason: string) =>
    refusal(700027, "invalid_client", `Client assertion failed signature validation. [Reason - ${reason}]`, 401),
  assertionTime: () => refusal(700024, "invalid_client", "Client assertion is not within its valid time range.", 401),
  scope: (scope: string) =>
    refusal(
      70011,
      "invalid_scope",
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    ),
  resource: (name: string, tenant: string) =>
    refusal(500011, "invalid_resource", `The resource principal named ${name} was not found in the tenant named ${tenant}.`),
  grant: () => refusal(70000, "invalid_grant", "Provided grant is invalid or malformed."),
  codeExpired: () =>
    refusal(
      70008,
      "invalid_grant",
      "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
    ),
  codeUsed: () =>
    refusal(
      54005,
      "invalid_grant",
      "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    ),
  verifier: () =>
    refusal(501481, "invalid_grant", "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
  redirect: (uri: string) =>
    refusal(
      50011,
      "invalid_request",
      `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application.`,
    ),
  noUser: (name: string, directory: string) =>
    refusal(
      50034,
      "invalid_grant",
      `The user account ${name} does not exist in the ${directory} directory. To sign into this application, the account must be added to the directory.`,
    ),
  interaction: () => refusal(50058, "login_required", "A silent sign-in request was sent but no user is signed in."),
  declined: () => refusal(65004, "access_denied", "User declined to consent to access the app."),
  needsAdmin: (app: string) =>
    refusal(
      90094,
      "access_denied",
      `${app} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.`,
    ),
  commonConsent: () =>
    refusal(90014, "invalid_request", "The 'common' tenant is not supported here: name a tenant, or use 'organizations'."),
};

/** `2026-11-24 08:12:00Z`. */
const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}Z`;

interface Ids {
  trace: string;
  correlation: string;
}

function sentence({ code, message }: Refusal, { trace, correlation }: Ids, now: number, lineEnd: string): string {
  const lines = [`AADSTS${code}: ${message}`, `Trace ID: ${trace}`, `Correlation ID: ${correlation}`, `Timestamp: ${stamp(now)}`];
  return lines.join(lineEnd);
}

const freshIds = (): Ids => ({ trace: randomUUID(), correlation: randomUUID() });

/** The text for a redirect's `error_description` or a page. */
export function describeRefusal(refused: Refusal, now: number): string {
  return sentence(refused, freshIds(), now, "\r\n");
}

/** The token endpoint's body (facts: error, error_description, error_codes, timestamp, trace_id, correlation_id, error_uri). */
export function refuse(refused: Refusal, world: World, origin: string): SandboxResponse {
  const ids = freshIds();
  const now = world.clock.now();
  return json(
    refused.status,
    {
      error: refused.error,
      error_description: sentence(refused, ids, now, "\r\n"),
      error_codes: [refused.code],
      timestamp: stamp(now),
      trace_id: ids.trace,
      correlation_id: ids.correlation,
      error_uri: `${origin}/error?code=${refused.code}`,
    },
    { "cache-control": "no-store, no-cache", "x-ms-request-id": ids.trace },
  );
}
