/** Whether each cloud answers at all, for the health page: any HTTP answer will do, a refusal included. */
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";

export type PingDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly entraUrl: string;
  readonly graphUrl: string;
  readonly exchangeUrl: string;
  readonly cloudflareUrl: string;
};
type Part = { readonly name: string; readonly ok: boolean; readonly ms: number; readonly say: string };

const TIMEOUT_MS = 3_000;

export function createPings({ http, entraUrl, graphUrl, exchangeUrl, cloudflareUrl }: PingDeps): () => Promise<readonly Part[]> {
  const ping = async (name: string, url: string): Promise<Part> => {
    const began = performance.now();
    const answer = await http.request({ service: name, method: "GET", url, idempotent: true, timeoutMs: TIMEOUT_MS, budgetMs: 0 });
    const ms = Math.round(performance.now() - began);
    return { name, ok: answer.ok, ms, say: answer.ok ? "" : answer.problem.say };
  };
  return () =>
    Promise.all([
      ping("entra", `${entraUrl}/organizations/v2.0/.well-known/openid-configuration`),
      ping("graph", `${graphUrl}/v1.0/organization`),
      ping("exchange", `${exchangeUrl}/adminapi/beta/`),
      ping("cloudflare", `${cloudflareUrl}/user/tokens/verify`),
    ]);
}
