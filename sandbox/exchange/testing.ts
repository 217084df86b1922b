/** For tests of Exchange: one tenant of a scenario, a caller who holds both grants, and the door itself. */
import type { AccessToken, Handler, SandboxRequest, SandboxResponse, VerifyToken } from "../http";
import { newTenant } from "../scenarios/index";
import { directoryRoles, type Tenant } from "../tenant";
import { makeWorld, type World } from "../world";
import { exchange } from "./index";

export type Answer = { status: number; headers: Record<string, string>; text: string; body: ReturnType<typeof JSON.parse> };

export type Caller = {
  world: World;
  tenant: Tenant;
  call(cmdlet: string, parameters?: Record<string, unknown>, more?: { query?: string; headers?: Record<string, string> }): Promise<Answer>;
  send(request: Partial<SandboxRequest> & { path: string }): Promise<Answer>;
};

export const goodToken = (tenant: Tenant): AccessToken => ({
  aud: "https://outlook.office365.com",
  tid: tenant.id,
  oid: "principal",
  appid: "app",
  roles: ["Exchange.ManageAsApp"],
  wids: [directoryRoles.exchangeAdministrator],
});

export function caller(scenario: string, token: (tenant: Tenant) => AccessToken | null = goodToken): Caller {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(`no scenario ${scenario}`);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const verify: VerifyToken = async (text) => (text === "good" ? token(tenant) : null);
  const door: Handler = exchange(verify);
  const send: Caller["send"] = async ({ path, ...rest }) => {
    const headers = { authorization: "Bearer good", "content-type": "application/json", ...rest.headers };
    const url = new URL(path, "http://127.0.0.1:4400");
    const answer = await door({ method: "POST", body: Buffer.alloc(0), ...rest, url, headers }, world);
    return read(answer ?? { status: 0, headers: {}, body: "not mine" });
  };
  const call: Caller["call"] = (CmdletName, Parameters = {}, { query = "", headers = {} } = {}) => {
    const body = Buffer.from(JSON.stringify({ CmdletInput: { CmdletName, Parameters } }));
    return send({ path: `/adminapi/beta/${tenant.id}/InvokeCommand${query}`, body, headers });
  };
  return { world, tenant, call, send };
}

function read({ status, headers, body }: SandboxResponse): Answer {
  const text = body.toString();
  return { status, headers, text, body: text.startsWith("{") ? JSON.parse(text) : null };
}

export const delta = (change: { Add?: unknown; Remove?: unknown }) => ({ "@odata.type": "#Exchange.GenericHashTable", ...change });

/** The exception's type, wherever this answer's spelling put it. */
export function typeOf(answer: Answer): string {
  const inner = answer.body?.error?.innererror ?? {};
  return String((inner.internalexception ?? inner.internalException)?.type).replace(/^.*\./, "");
}

/** And its text. */
export function textOf(answer: Answer): string {
  const inner = answer.body?.error?.innererror ?? {};
  return String((inner.internalexception ?? inner.internalException)?.message);
}
