/** Practice mode: where the stand-in clouds listen, and the settings that make Cutover talk to them instead of the real ones. */
import { join, resolve } from "node:path";
import { root } from "./children";

type Env = Readonly<Record<string, string | undefined>>;

/** Practice mode is what there is without an Entra of one's own. */
export const isPractice = (env: Env): boolean => !env["ENTRA_URL"] && !env["ENTRA_CLIENT_ID"];

export const sandboxPorts = (env: Env) => ({
  http: env["SANDBOX_PORT"] || "4400",
  dns: env["SANDBOX_DNS_PORT"] || "4453",
  smtp: env["SANDBOX_SMTP_PORT"] || "4425",
  web: env["SANDBOX_WEB_PORT"] || "4443",
});

export type SandboxPorts = { readonly sandbox: number; readonly dns: number; readonly smtp: number; readonly https: number };

/** For starts on ports of their own: tests, benches, pictures. */
export const portSettings = (ports: SandboxPorts) => ({
  SANDBOX_PORT: String(ports.sandbox),
  SANDBOX_DNS_PORT: String(ports.dns),
  SANDBOX_SMTP_PORT: String(ports.smtp),
  SANDBOX_WEB_PORT: String(ports.https),
});

/** An absolute path: the sandbox and Cutover may run in different folders. */
export const sandboxData = (env: Env) => resolve(env["SANDBOX_DATA"] || join(env["DATA_DIR"] || join(root, "data"), "sandbox"));

/**
 * The sandbox's own registration of Cutover; these are no secrets, they open nothing but stand-ins. EXTRA_CA names a file that is there
 * once the sandbox is.
 */
export function practiceSettings(env: Env): Readonly<Record<string, string>> {
  const { http, dns, smtp, web } = sandboxPorts(env);
  const url = `http://127.0.0.1:${http}`;
  return {
    ENTRA_URL: url,
    ENTRA_CLIENT_ID: "c0ffee00-0000-4000-8000-000000000001",
    ENTRA_CLIENT_SECRET: "sandbox-secret",
    OPERATOR_TENANT: "0be7a700-0000-4000-8000-000000000001",
    GRAPH_URL: url,
    EXCHANGE_URL: url,
    CLOUDFLARE_URL: `${url}/client/v4`,
    CLOCK_URL: `${url}/sandbox/clock`,
    RESOLVERS: [101, 102, 103].map((host) => `127.0.0.${host}:${dns}`).join(","),
    DNS_PORT: dns,
    SMTP_PORT: smtp,
    SMTP_REFERENCE: "gmail-smtp-in.l.google.com",
    WEB_PORT: web,
    MAIL_URL: `smtp://127.0.1.50:${smtp}`,
    MAIL_FROM: "Cutover <cutover@cutover-support.example>",
    EXTRA_CA: join(sandboxData(env), "ca.pem"),
    PROBE_ALLOW: "127.0.0.0/8",
  };
}
