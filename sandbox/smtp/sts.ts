/** MTA-STS as a careful sender keeps it (RFC 8461): a policy in force names the hosts that may take the domain's mail. */
import { get } from "node:https";
import type { Lookup } from "./route";

export type Sts = { isEnforced: boolean; mx: string[] };

const waitMs = 3_000;
const mostBytes = 64 * 1024;

/** What the policy host serves; null for anything but a plain 200. */
function policyText(host: string, address: string, port: number, ca: string): Promise<string | null> {
  return new Promise((resolve) => {
    const asked = get({ host: address, port, servername: host, headers: { host }, path: "/.well-known/mta-sts.txt", ca }, (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => {
        text += part.toString();
        if (text.length > mostBytes) asked.destroy();
      });
      answer.once("end", () => resolve(answer.statusCode === 200 ? text : null));
      answer.once("error", () => resolve(null));
    });
    asked.setTimeout(waitMs, () => asked.destroy());
    asked.once("error", () => resolve(null));
    asked.once("close", () => resolve(null));
  });
}

function values(text: string, key: string): string[] {
  const pairs = text.split(/\r?\n/).map((line) => line.split(":"));
  return pairs.filter(([name]) => name?.trim() === key).map(([, value = ""]) => value.trim().toLowerCase());
}

/** Without a record or a readable policy the domain counts as having none. */
export async function stsOf(lookup: Lookup, domain: string, web: { port: number; ca: string }): Promise<Sts> {
  const none = { isEnforced: false, mx: [] };
  const records = await lookup.texts(`_mta-sts.${domain}`).catch(() => []);
  if (!records.some((record) => record.startsWith("v=STSv1"))) return none;
  const host = `mta-sts.${domain}`;
  const [address] = await lookup.addresses(host).catch(() => []);
  const text = address === undefined ? null : await policyText(host, address, web.port, web.ca);
  return text === null ? none : { isEnforced: values(text, "mode")[0] === "enforce", mx: values(text, "mx") };
}

/** A star stands for exactly one label. */
export function allows({ mx }: Sts, host: string): boolean {
  const name = host.toLowerCase();
  return mx.some((pattern) => pattern === name || (pattern.startsWith("*.") && name.slice(name.indexOf(".") + 1) === pattern.slice(2)));
}
