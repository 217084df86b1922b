/** The contract between the sandbox's front door and its stand-ins: a request in, a response or "not mine" out. */
import type { World } from "./world";

export type SandboxRequest = {
  method: string;
  url: URL;
  /** Lower-case names; repeated headers joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
};

export type SandboxResponse = {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** Cut the connection instead of answering (fault `drop`). */
  drop?: boolean;
};

/** Answers what belongs to it, null for what does not. */
export type Handler = (request: SandboxRequest, world: World) => Promise<SandboxResponse | null>;

export function json(status: number, value: unknown, headers: Record<string, string> = {}): SandboxResponse {
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body: JSON.stringify(value) };
}

export function html(status: number, body: string): SandboxResponse {
  return { status, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }, body };
}

export function text(status: number, body: string, headers: Record<string, string> = {}): SandboxResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}

export function redirect(location: string): SandboxResponse {
  return { status: 303, headers: { location }, body: "" };
}

/** The form of a POST, as plain names and values. */
export function formOf(request: SandboxRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString("utf8"));
}

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What a stand-in needs of an access token; `sandbox/entra/tokens.ts` makes and checks them. */
export type AccessToken = { aud: string; tid: string; oid: string; appid: string; roles: string[]; wids: string[] };

/** Signature, issuer and lifetime (by the sandbox's clock) are right, or null. Audience, tenant and roles are for the caller to judge. */
export type VerifyToken = (token: string, world: World) => Promise<AccessToken | null>;
