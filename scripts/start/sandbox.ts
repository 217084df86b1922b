/** Practice mode: where the stand-in clouds listen, and the settings that make Cutover talk to them instead of the real ones. */

type Env = Readonly<Record<string, string | undefined>>;

/** Practice mode is what there is without an Entra of one's own. */
export const isPractice = (env: Env): boolean => !env["ENTRA_URL"] && !env["ENTRA_CLIENT_ID"];

export const sandboxPorts = (env: Env) => ({ http: env["SANDBOX_PORT"] || "4400", dns: env["SANDBOX_DNS_PORT"] || "4453" });

/** The sandbox's own registration of Cutover; these are no secrets, they open nothing but stand-ins. */
export function practiceSettings(env: Env): Readonly<Record<string, string>> {
  const { http, dns } = sandboxPorts(env);
  const url = `http://127.0.0.1:${http}`;
  return {
    ENTRA_URL: url,
    ENTRA_CLIENT_ID: "c0ffee00-0000-4000-8000-000000000001",
    ENTRA_CLIENT_SECRET: "sandbox-secret",
    OPERATOR_TENANT: "0be7a700-0000-4000-8000-000000000001",
    GRAPH_URL: url,
    EXCHANGE_URL: url,
    CLOCK_URL: `${url}/sandbox/clock`,
    RESOLVERS: [101, 102, 103].map((host) => `127.0.0.${host}:${dns}`).join(","),
    DNS_PORT: dns,
    PROBE_ALLOW: "127.0.0.0/8",
  };
}
