/** Postfix as MX hosts: one instance, and each host an address of its own with its own certificate and rules. */
import { execFile } from "node:child_process";
import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Pair } from "./certificates";
import { startDaemon } from "./daemon";
import { pathOf } from "./programs";

export type MailHost = {
  /** Also its label in the log. */
  readonly name: string;
  readonly address: string;
  /** Absent: it does not offer encryption. */
  readonly certificate?: Pair;
  /** Settings of main.cf that differ on this host. */
  readonly settings?: Readonly<Record<string, string>>;
  /** With postscreen in front, which lets a stranger wait before it greets. */
  readonly isPatient?: boolean;
};

export type Postfix = {
  /** What it wrote to the log of one host. */
  readonly logOf: (name: string) => string;
  readonly stop: () => Promise<void>;
};

const run = promisify(execFile);
const ROOT_ONLY =
  "Postfix can only be started by root. Type: sudo npm run test:real (or, for the part that needs no root, npm run test:real -- real/dns)";

const main = (folder: string, domains: readonly string[]) => `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
maillog_file = /dev/stdout
myhostname = postfix.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks =
relay_domains = ${domains.join(", ")}
smtpd_relay_restrictions = reject_unauth_destination
inet_protocols = ipv4
smtpd_peername_lookup = no
smtpd_tls_loglevel = 1
postscreen_greet_action = enforce
postscreen_greet_wait = 2s
`;

const REST = `
tlsproxy unix - - n - 0 tlsproxy
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

function service(folder: string, port: number, { name, address, certificate, settings = {}, isPatient = false }: MailHost): string {
  const files = join(folder, "certificates", name);
  if (certificate !== undefined) writeFileSync(`${files}.pem`, certificate.key + certificate.chain, { mode: 0o600 });
  const all = {
    syslog_name: `host/${name}`,
    ...(certificate === undefined ? {} : { smtpd_tls_chain_files: `${files}.pem`, smtpd_tls_security_level: "may" }),
    ...settings,
  };
  const options = Object.entries(all).map(([key, value]) => `  -o { ${key} = ${value} }`);
  const inet = `${address}:${port} inet n - n - ${isPatient ? "1 postscreen" : "- smtpd"}`;
  return [inet, ...options, ...(isPatient ? ["smtpd pass - - n - - smtpd", ...options] : [])].join("\n");
}

/** @throws Error that says how, when it is not root that starts it. */
export async function startPostfix(parent: string, port: number, domains: readonly string[], hosts: readonly MailHost[]): Promise<Postfix> {
  if (process.getuid?.() !== 0) throw new Error(ROOT_ONLY);
  const ask = async (...args: readonly string[]) => (await run(pathOf("postconf"), [...args])).stdout.trim();
  const folder = join(parent, "postfix");
  for (const name of ["", "etc", "spool", "data", "certificates"]) mkdirSync(join(folder, name));
  const [owner, programs] = [await ask("-dh", "mail_owner"), await ask("-dh", "daemon_directory")];
  const { stdout: uid } = await run("id", ["-u", owner]);
  chownSync(join(folder, "data"), Number(uid), -1);
  writeFileSync(join(folder, "etc/main.cf"), main(folder, domains));
  writeFileSync(join(folder, "etc/master.cf"), hosts.map((host) => service(folder, port, host)).join("\n") + REST);
  // Makes the folders of the queue.
  await run(pathOf("postfix"), ["-c", join(folder, "etc"), "check"]);
  // Not `postfix start-fg`: a shell would stand between us and the master, and would not tell it to stop.
  const { said, stop } = await startDaemon({
    name: "Postfix",
    command: join(programs, "master"),
    log: join(folder, "mail.log"),
    args: ["-c", join(folder, "etc"), "-s"],
    saysWhenReady: /daemon started/,
  });
  const logOf = (name: string) =>
    said()
      .split("\n")
      .filter((line) => line.includes(` host/${name}/`))
      .join("\n");
  return { logOf, stop };
}
