/** The questions that our adapter asks, put to dig in one file. */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { House } from "./house";
import { timed } from "./numbers";

export const hasDig = (): boolean => spawnSync("dig", ["-v"]).status === 0;

/** The sandbox's ordinary DNS host, where all of these domains live. */
const SERVERS = ["127.0.0.11", "127.0.0.12"];

/** A line each: where the zone begins, then the MX records at each of its servers. */
function questions({ settings }: House, domains: readonly string[]): string {
  const [resolver] = settings.resolvers;
  const zone = (domain: string) => `@${resolver?.host} -p ${resolver?.port} ${domain} NS`;
  const mx = (domain: string) => SERVERS.map((server) => `@${server} -p ${settings.dnsPort} ${domain} MX +norecurse`);
  return domains.flatMap((domain) => [zone(domain), ...mx(domain)]).join("\n");
}

/** @returns how long dig took for all of them, in ms. */
export async function digAll(house: House, domains: readonly string[]): Promise<number> {
  const file = join(house.product.dataFolder, "dig.txt");
  writeFileSync(file, `${questions(house, domains)}\n`);
  const run = () =>
    new Promise<number>((resolve) => {
      let found = 0;
      // -r: what a person's own ~/.digrc says must not count here.
      const child = spawn("dig", ["-r", "+noall", "+answer", "-f", file], { stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.on("data", (bytes: Buffer) => {
        found += bytes.toString().match(/\sMX\s/g)?.length ?? 0;
      });
      child.once("close", () => resolve(found));
    });
  const { ms, value } = await timed(run);
  const wanted = domains.length * SERVERS.length;
  if (value < wanted) throw new Error(`dig found ${value} of ${wanted} MX records.`);
  return ms;
}
