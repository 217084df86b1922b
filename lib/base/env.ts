/** The only reader of process.env: every setting, parsed once; a bad one stops the start with one line that names it and never shows it. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";

export type Address = { readonly host: string; readonly port: number };

const url = z
  .string()
  .regex(/^https?:\/\/[^\s/]+/, "must begin with http:// or https://")
  .transform((text) => text.replace(/\/+$/, ""));
const port = z.coerce
  .number("must be a port number")
  .int("must be a port number")
  .min(1, "must be a port number")
  .max(65_535, "must be a port number");
const csv = z.string().transform((text) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== ""),
);
const guid = z
  .string()
  .regex(/^[0-9a-f-]{36}$/i, "must be a GUID")
  .transform((text) => text.toLowerCase());

/** `1.1.1.1`, `127.0.0.101:4453`, `2606:4700:4700::1111`, `[2606:4700:4700::1111]:53`. */
function address(text: string): Address | null {
  if (isIP(text) !== 0) return { host: text, port: 53 };
  const [, bracketed, plain, said] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? "";
  const number = Number(said);
  return isIP(host) === 0 || number < 1 || number > 65_535 ? null : { host, port: number };
}

const addresses = csv.transform((all, ctx) =>
  all.flatMap((one): Address[] => {
    const found = address(one);
    if (found === null) ctx.addIssue("must be addresses, each with a port or without, separated by commas");
    return found === null ? [] : [found];
  }),
);

const networks = csv.refine(
  (all) => all.every((one) => ipaddr.isValidCIDR(one)),
  "must be networks such as 127.0.0.0/8, separated by commas",
);

/** One key, or several during a rotation: the first seals, all of them open. */
const keys = csv
  .transform((all) => all.map((one) => Buffer.from(one, "base64")))
  .refine((all) => all.length > 0 && all.every((key) => key.length === 32), "must be 32 bytes in base64");

const pem = (...needed: readonly string[]) =>
  z.string().transform((path, ctx) => {
    try {
      const text = readFileSync(path, "utf8");
      for (const label of needed)
        if (!new RegExp(`-----BEGIN ([A-Z]+ )?${label}-----`).test(text)) ctx.addIssue(`must be a PEM file with a ${label.toLowerCase()}`);
      return text;
    } catch {
      ctx.addIssue("must be the path of a file this server can read");
      return z.NEVER;
    }
  });

const shape = z
  .object({
    PUBLIC_URL: url.default("http://localhost:3000"),
    PORT: port.default(3000),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
      .optional(),
    SECRET_KEY: keys,
    WORKER: z.enum(["inline", "off"], "must be inline or off").default("inline"),
    LOG_LEVEL: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "must be trace, debug, info, warn, error, fatal or silent")
      .default("info"),
    ENTRA_URL: url.default("https://login.microsoftonline.com"),
    ENTRA_CLIENT_ID: guid,
    ENTRA_CLIENT_SECRET: z.string().optional(),
    ENTRA_CERTIFICATE: pem("CERTIFICATE", "PRIVATE KEY").optional(),
    OPERATOR_TENANT: guid.optional(),
    GRAPH_URL: url.default("https://graph.microsoft.com"),
    EXCHANGE_URL: url.default("https://outlook.office365.com"),
    CLOUDFLARE_URL: url.default("https://api.cloudflare.com/client/v4"),
    CLOCK_URL: url.optional(),
    RESOLVERS: addresses.prefault("1.1.1.1,8.8.8.8,9.9.9.9").refine((all) => all.length > 0, "must name at least one resolver"),
    DNS_PORT: port.default(53),
    SMTP_PORT: port.default(25),
    SMTP_REFERENCE: z.string().default("gmail-smtp-in.l.google.com"),
    WEB_PORT: port.default(443),
    MAIL_URL: z
      .string()
      .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
      .optional(),
    MAIL_FROM: z.string().default("Cutover <cutover@localhost>"),
    EXTRA_CA: pem("CERTIFICATE").optional(),
    PROBE_ALLOW: networks.prefault(""),
  })
  .refine((all) => all.ENTRA_CLIENT_SECRET !== undefined || all.ENTRA_CERTIFICATE !== undefined, {
    path: ["ENTRA_CLIENT_SECRET"],
    error: "or ENTRA_CERTIFICATE must be set",
  });

export type Env = ReturnType<typeof loadEnv>;

/** @throws Error of one line that names the variable, without its value. */
export function loadEnv(source: Readonly<Record<string, string | undefined>> = process.env) {
  // An empty value means "not set": compose files and shells leave those behind.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const read = shape.safeParse(set);
  if (read.success) return named(read.data);
  const [issue] = read.error.issues;
  const name = String(issue?.path[0] ?? "The environment");
  const isMissing = issue?.code === "invalid_type" && set[name] === undefined;
  throw new Error(`${name} ${isMissing ? "must be set" : (issue?.message ?? "is wrong")}.`);
}

const named = (all: z.infer<typeof shape>) => ({
  publicUrl: all.PUBLIC_URL,
  port: all.PORT,
  databaseUrl: all.DATABASE_URL,
  secretKeys: all.SECRET_KEY,
  worker: all.WORKER,
  logLevel: all.LOG_LEVEL,
  entraUrl: all.ENTRA_URL,
  entraClientId: all.ENTRA_CLIENT_ID,
  entraClientSecret: all.ENTRA_CLIENT_SECRET,
  /** PEM text of certificate and private key. */
  entraCertificate: all.ENTRA_CERTIFICATE,
  operatorTenant: all.OPERATOR_TENANT,
  graphUrl: all.GRAPH_URL,
  exchangeUrl: all.EXCHANGE_URL,
  /** Includes the version: the official client wants it so. */
  cloudflareUrl: all.CLOUDFLARE_URL,
  clockUrl: all.CLOCK_URL,
  resolvers: all.RESOLVERS,
  dnsPort: all.DNS_PORT,
  smtpPort: all.SMTP_PORT,
  /** A host that always answers on port 25: when it cannot be reached either, there is no way out on that port. */
  smtpReference: all.SMTP_REFERENCE,
  /** Port of the bounded HTTPS GETs at strangers' web hosts. */
  webPort: all.WEB_PORT,
  /** Where notices are sent through; undefined sends none. */
  mailUrl: all.MAIL_URL,
  mailFrom: all.MAIL_FROM,
  /** PEM text. */
  extraCa: all.EXTRA_CA,
  /** Networks that probes may reach although they are private. */
  probeAllow: all.PROBE_ALLOW,
});
