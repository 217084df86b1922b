/** Both grants, as measured: no app role 401, app role without a directory role 403, both 200. */
import type { AccessToken, SandboxResponse } from "../http";
import { directoryRoles, type Tenant } from "../tenant";

const audience = "https://outlook.office365.com";
const writers: string[] = [directoryRoles.globalAdministrator, directoryRoles.exchangeAdministrator];

export type Verdict = "ok" | "unauthenticated" | "denied";

export function mayCall(token: AccessToken | null, tenant: Tenant, verb: string): Verdict {
  const isGood = token !== null && token.aud === audience && token.tid === tenant.id && token.roles.includes("Exchange.ManageAsApp");
  if (!isGood) return "unauthenticated";
  const roles = verb === "Get" ? [...writers, directoryRoles.globalReader] : writers;
  return token.wids.some((role) => roles.includes(role)) ? "ok" : "denied";
}

export function unauthenticated(): SandboxResponse {
  return {
    status: 401,
    headers: {
      "www-authenticate": `Bearer authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="invalid_token"`,
    },
    body: "",
  };
}

/** A run of NUL bytes that says it is gzip and is not (measured by graph2otel): nothing here is JSON, and a client that unpacks it falls over. */
export function denied(): SandboxResponse {
  return {
    status: 403,
    headers: {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "x-ms-diagnostics": '2000008;reason="The cmdlet isn\'t available to the caller."',
    },
    body: Buffer.alloc(470),
  };
}
