/** Unbound as a caching resolver that finds its zones at a name server of ours. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Daemon, startDaemon } from "./daemon";
import { pathOf } from "./programs";

export type Unbound = { readonly address: string; readonly stop: () => Promise<void> };

type Settings = {
  readonly folder: string;
  readonly address: string;
  readonly port: number;
  /** Every zone by name: from a zone's NS records alone unbound would go to port 53. */
  readonly zones: readonly string[];
  readonly nameServer: string;
  /** Further addresses at which it answers. */
  readonly also?: readonly string[];
  /** DS records of zones that it wants to see signed. */
  readonly trustAnchors?: readonly string[];
};

const config = ({ folder, address, port, zones, nameServer, also = [], trustAnchors = [] }: Settings) => `
server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  verbosity: 1
  num-threads: 1
  do-ip6: no
${[address, ...also].map((one) => `  interface: ${one}@${port}`).join("\n")}
  # allow_snoop: it answers questions without recursion from its cache, as many resolvers do.
  access-control: 127.0.0.0/8 allow_snoop
  do-not-query-localhost: no
${trustAnchors.map((one) => `  trust-anchor: "${one}"`).join("\n")}
remote-control:
  control-enable: no
${zones.map((zone) => `stub-zone:\n  name: "${zone}"\n  stub-addr: ${nameServer}@${port}`).join("\n")}
`;

export async function startUnbound(settings: Settings): Promise<Unbound> {
  const file = join(settings.folder, `unbound-${settings.address}.conf`);
  writeFileSync(file, config(settings));
  const { stop }: Daemon = await startDaemon({
    name: "unbound",
    command: pathOf("unbound"),
    log: `${file}.log`,
    args: ["-d", "-c", file],
    saysWhenReady: /start of service/,
  });
  return { address: settings.address, stop };
}
