/** The log: one JSON line an event, without anybody's secrets. */
import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "child">;
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

const SECRET_NAMES = [
  "authorization",
  "cookie",
  "secret",
  "clientSecret",
  "client_secret",
  "client_assertion",
  "secretKey",
  "password",
  "token",
  "accessToken",
  "access_token",
  "idToken",
  "id_token",
  "refreshToken",
  "code",
  "verifier",
  "code_verifier",
  "privateKey",
  "databaseUrl",
];

/** Pino's wildcard is one level, so each name is listed as deep as we nest. `err.code` is kept: it is ECONNREFUSED, not an authorization code. */
const paths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]).filter((path) => path !== "*.code" && path !== "*.*.code");

export const createLog = (level: LogLevel, destination?: DestinationStream): Log => {
  const options = { level, base: { app: "cutover" }, redact: { paths: [...paths, "headers.*.authorization"], censor: "***" } };
  return destination === undefined ? pino(options) : pino(options, destination);
};

/** Says nothing: for tests, and for callers that have no log yet. */
export const quietLog: Log = pino({ level: "silent" });
