/** The questions that our adapter asks, put to dig in one file. */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { House } from "./house";
import { timed } from "./numbers";

export const hasDig = (): boolean => spawnSync("dig", ["-v"]).status === 0;

/** The sandbox's ordinary DNS host, where all of these domains live. */
export const HOST_SERVERS = ["127.0.0.11", "127.0.0.12"];

type Settings = House["settings"];

/** A line each, as dig reads them: where the zone begins, as the first resolver says. */
export function zoneLine({ resolvers: [first] }: Settings, domain: string): string {
  return `@${first?.host} -p ${first?.port} ${domain} NS`;
}

/** The MX records as each of these name servers has them. */
export const serverLines = ({ dnsPort }: Settings, servers: readonly string[], domain: string): readonly string[] =>
  servers.map((server) => `@${server} -p ${dnsPort} ${domain} MX +norecurse`);

/** The MX records as each resolver remembers them. */
export const resolverLines = ({ resolvers }: Settings, domain: string): readonly string[] =>
  resolvers.map(({ host, port }) => `@${host} -p ${port} ${domain} MX`);

/** @returns how long dig took for all of them, in ms. @throws unless every question about MX records was answered with one. */
export async function digAll({ product }: House, lines: readonly string[]): Promise<number> {
  const file = join(product.dataFolder, "dig.txt");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const run = () =>
    new Promise<number>((resolve) => {
      let said = "";
      // -r: what a person's own ~/.digrc says must not count here.
      const child = spawn("dig", ["-r", "+noall", "+answer", "-f", file], { stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.on("data", (bytes: Buffer) => {
        said += bytes.toString();
      });
      child.once("close", () => resolve(said.match(/\sMX\s/g)?.length ?? 0));
    });
  const { ms, value } = await timed(run);
  const wanted = lines.filter((line) => / MX\b/.test(line)).length;
  if (value < wanted) throw new Error(`dig found ${value} of ${wanted} MX records.`);
  return ms;
}
