/** For tests: Cloudflare's API on loopback, route by route, and the adapter that asks it. Not used by the product. */
import { createHttp, type Http } from "@/lib/base/http";
import { createLog } from "@/lib/base/log";
import { json, type Received, type Reply, type StandIn, standIn } from "@/lib/base/stand-in";
import type { Edit } from "@/lib/model/change";
import type { Kind } from "@/lib/model/nouns";
import { type Cloudflare, createCloudflare } from "./cloudflare";

export const NOW = 1_800_000_000_000;
export const ACCESS = { token: "cf-token-of-forty-signs-that-nobody-sees", accountId: "a".repeat(32) };
export const DOMAINS = `/accounts/${ACCESS.accountId}/email-security/settings/domains`;

export const fine = (result: unknown, more: object = {}): Reply =>
  json({ success: true, errors: [], messages: [], result, ...more }, 200, { "cf-ray": "8f00-SBX" });
export const list = (rows: readonly unknown[], total = rows.length): Reply => fine(rows, { result_info: { total_count: total } });
export const refusal = (status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}): Reply =>
  json({ success: false, errors: [{ code, message }], messages: [], result: null }, status, { "cf-ray": "8f01-SBX", ...headers });

/** `GET /zones` or a function of what came; the first whose beginning fits. */
export type Routes = Readonly<Record<string, Reply | ((received: Received, query: URLSearchParams) => Reply)>>;

export type Practice = {
  readonly cloudflare: Cloudflare;
  readonly server: StandIn;
  readonly sent: () => readonly string[];
  readonly bodies: (method: string) => readonly unknown[];
  readonly logged: string[];
  readonly pauses: number[];
  readonly clock: { at: number };
  /** The most calls that were under way together. */
  readonly most: () => number;
};

const open: StandIn[] = [];
export const closeAll = () => Promise.all(open.splice(0).map((server) => server.close()));

function counted(http: Http) {
  let [inside, most] = [0, 0];
  const request: Http["request"] = async (ask) => {
    most = Math.max(most, ++inside);
    const answer = await http.request(ask);
    inside--;
    return answer;
  };
  return { http: { ...http, request }, most: () => most };
}

export async function practise(routes: Routes): Promise<Practice> {
  const server = await standIn((received) => {
    const url = new URL(received.url, "http://loopback");
    const line = `${received.method} ${url.pathname.replace(/^\/client\/v4/, "")}`;
    const [, reply] = Object.entries(routes).find(([route]) => line === route) ?? [];
    if (reply === undefined) return refusal(404, 7003, `Could not route to ${line}`);
    return typeof reply === "function" ? reply(received, url.searchParams) : reply;
  });
  open.push(server);
  const clock = { at: NOW };
  const pauses: number[] = [];
  const logged: string[] = [];
  const log = createLog("trace", { write: (line: string) => void logged.push(line) });
  const pause = async (ms: number) => void pauses.push(ms);
  const now = { now: () => clock.at };
  const { http, most } = counted(createHttp({ clock: now, log, pause }));
  return {
    cloudflare: createCloudflare({ http, clock: now, baseUrl: `${server.url}/client/v4`, pause }),
    server,
    sent: () => server.received.map(({ method, url }) => `${method} ${url.replace("/client/v4", "")}`),
    bodies: (method) => server.received.filter((one) => one.method === method).map((one) => JSON.parse(one.body)),
    logged,
    pauses,
    clock,
    most,
  };
}

export const domain = (name: string, more: object = {}) => ({
  id: `id-of-${name}`,
  domain: name,
  allowed_delivery_modes: ["DIRECT"],
  drop_dispositions: ["MALICIOUS"],
  ip_restrictions: [],
  transport: "contoso-com.mail.protection.outlook.com",
  require_tls_outbound: true,
  require_tls_inbound: null,
  lookback_hops: 1,
  regions: ["GLOBAL"],
  status: "ACTIVE",
  emails_processed: { total_emails_processed: 7 },
  ...more,
});
export const zone = (name: string, more: object = {}) => ({
  id: `zone-of-${name}`,
  name,
  status: "active",
  type: "full",
  name_servers: ["ada.ns.cloudflare.com"],
  account: { id: ACCESS.accountId, name: "Contoso" },
  ...more,
});

export const change = (
  kind: Kind,
  what: "new" | "set" | "remove",
  name: string,
  edits: Readonly<Record<string, Edit>>,
  key = `id-of-${name}`,
) => ({
  do: what,
  kind,
  key: what === "new" ? "" : key,
  name,
  edits,
  hands: "us" as const,
});
export const swap = (before: readonly string[], after: readonly string[]): Edit => ({
  add: after.filter((one) => !before.includes(one)),
  remove: before.filter((one) => !after.includes(one)),
  whole: after,
});

export const INVESTIGATE = `/accounts/${ACCESS.accountId}/email-security/investigate`;
export const idOf = (nth: string) => `4Njp3P0STMz2c0${nth}-2027-01-15T08:00:00-12345678`;
/** As the search sends it; `nth` is two letters. */
export const message = (nth: string, more: object = {}) => ({
  id: idOf(nth),
  postfix_id: `4Njp3P0STMz2c0${nth}`,
  message_id: `<${nth}@contoso.com>`,
  client_recipients: [`${nth}@contoso.com`],
  detection_reasons: ["A link leads to a known page"],
  is_phish_submission: false,
  is_quarantined: false,
  properties: {},
  action_log: [],
  ts: "2027-01-15T07:59:00Z",
  delivery_mode: "JOURNAL",
  delivery_status: ["delivered"],
  final_disposition: "MALICIOUS",
  from: "sender@fabrikam.example",
  subject: "Budget",
  to: [`${nth}@contoso.com`],
  ...more,
});
export const found = (rows: readonly unknown[], next: string | null = null): Reply =>
  fine(rows, { result_info: { count: rows.length, total_count: 0, page: 0, per_page: 0, next } });
