/** A small internet on loopback: two name servers and two resolvers on one port, and our DNS adapter that asks them. */
import { systemClock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import { createReach, type Reach } from "@/lib/base/reach";
import type { Result } from "@/lib/base/result";
import { createDns, type Dns } from "@/lib/clouds/dns/dns";
import { type Kind, type Row, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import { type Bind, startBind, type Zones } from "./bind";
import { freePort, temporaryFolder } from "./places";
import { startRelay } from "./relay";
import { startUnbound } from "./unbound";

export const NS1 = "127.0.0.1";
export const NS2 = "127.0.3.2";
/** A resolver at an address where a name server is expected: it answers from memory, without authority. */
export const MEMORY = "127.0.3.3";
/** Nobody listens here. */
export const SILENT = "127.0.3.4";
const RESOLVERS = ["127.0.3.53", "127.0.3.54"] as const;

export type Internet = {
  readonly port: number;
  readonly ns1: Bind;
  readonly ns2: Bind;
  readonly resolvers: readonly Address[];
  readonly reach: Reach;
  /** An adapter with nothing remembered, closed with the rest. */
  readonly dns: (resolvers?: readonly Address[]) => Dns;
  readonly stop: () => Promise<void>;
};

type Content = { readonly ns1: Zones; readonly ns2: Zones; readonly trustAnchors?: readonly string[] };

export async function startInternet({ ns1, ns2, trustAnchors = [] }: Content): Promise<Internet> {
  const folder = temporaryFolder();
  const port = await freePort([NS1, NS2, MEMORY, SILENT, ...RESOLVERS]);
  const portOf2 = await freePort([NS1]);
  const [first, second] = RESOLVERS;
  const unbound = { folder: folder.path, port, zones: Object.keys(ns1), nameServer: NS1, trustAnchors };
  const begun = await Promise.allSettled([
    startBind(folder.path, port, ns1),
    startBind(folder.path, portOf2, ns2),
    startUnbound({ ...unbound, address: first, also: [MEMORY] }),
    startUnbound({ ...unbound, address: second }),
    startRelay({ host: NS2, port }, { host: NS1, port: portOf2 }),
  ]);
  const open: Dns[] = [];
  const stop = async () => {
    for (const one of open) one.close();
    await Promise.all(begun.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)));
    folder.remove();
  };
  const [one, two] = begun;
  const failed = begun.find((each) => each.status === "rejected");
  if (failed !== undefined || one.status === "rejected" || two.status === "rejected") {
    await stop();
    throw failed?.reason;
  }
  const resolvers = RESOLVERS.map((host) => ({ host, port }));
  const reach = createReach(["127.0.0.0/8"]);
  return {
    port,
    ns1: one.value,
    ns2: two.value,
    resolvers,
    reach,
    dns: (asked = resolvers) => {
      const dns = createDns({ clock: systemClock, log: quietLog, resolvers: asked, port, reach });
      open.push(dns);
      return dns;
    },
    stop,
  };
}

type Cloud = Pick<Dns, "ask">;

export async function answerOf(cloud: Cloud, kind: Kind, of: string): Promise<Result<unknown>> {
  const question = ask(kind, of);
  const answer = (await cloud.ask([question])).get(nameOf(question));
  if (answer === undefined) throw new Error(`${nameOf(question)} was not answered.`);
  return answer;
}

/** The one row that the answer holds. */
export async function rowOf<K extends Kind>(cloud: Cloud, kind: K, of: string): Promise<Row<K>> {
  const answer = await answerOf(cloud, kind, of);
  const rows = answer.ok ? readRows(kind, answer.value) : answer;
  if (!rows.ok) throw new Error(`${kind} of ${of}: ${rows.problem.say} ${JSON.stringify(rows.problem.evidence ?? {})}`);
  const [row] = rows.value;
  if (row === undefined) throw new Error(`${kind} of ${of} has no row.`);
  return row;
}
