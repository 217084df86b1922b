/** BIND as an authoritative name server at 127.0.0.1: zones from text, edited and reloaded as an administrator would. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startDaemon } from "./daemon";
import { freePort } from "./places";
import { pathOf } from "./programs";

export type Zone = {
  readonly nameServers: readonly string[];
  /** Lines of a zone file. */
  readonly records: readonly string[];
  /** How long resolvers may remember that there is none (RFC 2308). */
  readonly negativeSeconds?: number;
  /** The primary name server that the SOA names. */
  readonly primary?: string;
};
/** "broken": a zone whose file cannot be read, for which BIND answers SERVFAIL. */
export type Zones = Readonly<Record<string, Zone | "broken">>;

export type Bind = {
  /** Writes the zone file and tells BIND to reload it; what BIND answers changes a moment later. */
  readonly edit: (origin: string, zone: Zone) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const run = promisify(execFile);
const fileOf = (origin: string) => `${origin}.zone`;

const zoneText = (serial: number, { nameServers, records, negativeSeconds = 300, primary = "ns1.dns.example" }: Zone) =>
  [
    "$TTL 3600",
    `@ SOA ${primary}. hostmaster.dns.example. ${serial} 3600 600 86400 ${negativeSeconds}`,
    ...nameServers.map((name) => `@ NS ${name}.`),
    ...records,
    "",
  ].join("\n");

const key = (secret: string) => `key "test" { algorithm hmac-sha256; secret "${secret}"; };`;

const config = (folder: string, port: number, control: number, secret: string, zones: Zones) => `
${key(secret)}
controls { inet 127.0.0.1 port ${control} allow { 127.0.0.1; } keys { "test"; }; };
options {
  directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  pid-file none;
  lock-file none;
  session-keyfile none;
  recursion no;
  dnssec-validation no;
  notify no;
  minimal-responses no;
};
${Object.keys(zones)
  .map((origin) => `zone "${origin}" { type primary; file "${fileOf(origin)}"; };`)
  .join("\n")}
`;

export async function startBind(parent: string, port: number, zones: Zones): Promise<Bind> {
  const folder = join(parent, `named-${port}`);
  mkdirSync(folder);
  const [control, secret] = [await freePort(["127.0.0.1"]), randomBytes(32).toString("base64")];
  let serial = 1;
  const write = (origin: string, zone: Zone | "broken") =>
    writeFileSync(join(folder, fileOf(origin)), zone === "broken" ? "this is no zone\n" : zoneText(serial++, zone));
  for (const [origin, zone] of Object.entries(zones)) write(origin, zone);
  writeFileSync(join(folder, "named.conf"), config(folder, port, control, secret, zones));
  writeFileSync(
    join(folder, "rndc.conf"),
    `${key(secret)}\noptions { default-server 127.0.0.1; default-port ${control}; default-key "test"; };\n`,
  );
  const { stop } = await startDaemon({
    name: "BIND",
    command: pathOf("named"),
    log: join(folder, "named.log"),
    args: ["-g", "-n", "1", "-c", join(folder, "named.conf")],
    saysWhenReady: /\brunning$/m,
  });
  return {
    edit: async (origin, zone) => {
      write(origin, zone);
      await run(pathOf("rndc"), ["-c", join(folder, "rndc.conf"), "reload", origin]);
    },
    stop,
  };
}
