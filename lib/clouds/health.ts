/** Whether the outside systems answer at all, without asking them anything about a tenant: for the health page. */
import type { Http } from "@/lib/base/http";

export type CloudHealth = { readonly name: "entra" | "graph" | "exchange"; readonly isUp: boolean; readonly ms: number };
export type HealthDeps = { readonly http: Http; readonly entraUrl: string; readonly graphUrl: string; readonly exchangeUrl: string };

const TIMEOUT_MS = 3_000;

/** Any answer below 500 shows that somebody is there: without a token Graph and Exchange answer 401 or 404. */
export function createCloudHealth({ http, entraUrl, graphUrl, exchangeUrl }: HealthDeps): () => Promise<readonly CloudHealth[]> {
  const look = async (name: CloudHealth["name"], url: string): Promise<CloudHealth> => {
    const began = performance.now();
    const answer = await http.request({
      service: name,
      method: "GET",
      url,
      idempotent: true,
      timeoutMs: TIMEOUT_MS,
      budgetMs: 0,
      maxBytes: 200_000,
    });
    return { name, isUp: answer.ok && answer.value.status < 500, ms: Math.round(performance.now() - began) };
  };
  return () =>
    Promise.all([
      look("entra", `${entraUrl}/organizations/v2.0/.well-known/openid-configuration`),
      look("graph", `${graphUrl}/v1.0/`),
      look("exchange", `${exchangeUrl}/adminapi/beta/`),
    ]);
}
