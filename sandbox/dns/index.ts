/** The sandbox's DNS: authoritative servers, each at its own 127.0.0.x, and three caching resolvers, all on one port, UDP and TCP. */
import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "../faults";
import { allZones, type World } from "../world";
import { type Atlas, makeAtlas, type Place } from "./atlas";
import { authoritativeReply } from "./authority";
import { type Asked, bare, RCODE, type Reply, readQuery, writeReply } from "./packet";
import { makeResolver, type Resolver } from "./resolver";
import { type Bound, bind, type Over } from "./sockets";

export const resolverAddresses = ["127.0.0.101", "127.0.0.102", "127.0.0.103"] as const;

/** Bound from the start, so that a tenant made later may name any of them. */
const POOL = Array.from({ length: 89 }, (_, at) => `127.0.0.${11 + at}`);

export interface Dns {
  port: number;
  /** Forget what the resolvers remember: after a reset, not as part of a story. */
  flush(): void;
  close(): Promise<void>;
}

interface Said {
  place: Place | null;
  /** Null = silence. */
  reply: Reply | null;
}

type Speaker = (asked: Asked) => Said;

function authority(atlas: Atlas, address: string): Speaker {
  return ({ question }) => {
    const name = question.name.toLowerCase();
    const place = atlas.find(name, (zone) => zone.nameServers.some((server) => server.address === address));
    const server = place?.zone.nameServers.find((one) => one.address === address);
    if (!place || !server || server.behaviour === "refused") return { place, reply: bare(RCODE.refused) };
    if (server.behaviour === "silent") return { place, reply: null };
    return { place, reply: authoritativeReply(place.zone, server, question.name, question.type, atlas.now()) };
  };
}

function recursion(atlas: Atlas, resolver: Resolver): Speaker {
  return ({ question }) => ({ place: atlas.find(question.name.toLowerCase()), reply: resolver.resolve(question.name, question.type) });
}

/** Zone transfers are refused and ANY is not done (RFC 8482), here as at every public host. */
function unwanted({ question, flags }: Asked): Reply | null {
  const type: string = question.type;
  if ((flags & 0x7800) !== 0 || type === "ANY") return bare(RCODE.notimp);
  return (question.class ?? "IN") !== "IN" || type === "AXFR" || type === "IXFR" ? bare(RCODE.refused) : null;
}

/** A lie says that there is nothing, with a straight face. */
function lying(reply: Reply): Reply {
  return { ...reply, rcode: RCODE.ok, answers: [], additionals: [] };
}

const FAULT_RCODE = new Map<string, number>([
  ["429", RCODE.refused],
  ["concurrency", RCODE.refused],
  ["500", RCODE.servfail],
  ["503", RCODE.servfail],
  ["transient", RCODE.servfail],
]);

export async function startDns(world: World, { port }: { port: number }): Promise<Dns> {
  const atlas = makeAtlas(world);
  const resolvers = resolverAddresses.map((_, number) => makeResolver(world, atlas, number));
  const speakers = new Map<string, Speaker>();
  for (const address of new Set([...POOL, ...allZones(world).flatMap((zone) => zone.nameServers.map((server) => server.address))])) {
    speakers.set(address, authority(atlas, address));
  }
  for (const [number, resolver] of resolvers.entries()) speakers.set(resolverAddresses[number] ?? "", recursion(atlas, resolver));
  const bound = await bindAll(world, speakers, port);
  return {
    port: bound[0]?.port ?? port,
    flush: () => {
      for (const resolver of resolvers) resolver.flush();
    },
    close: async () => {
      await Promise.all(bound.map((one) => one.close()));
    },
  };
}

/** With port 0 the first address picks the port; where another has it taken already, all begin again. */
const MOST_TRIES = 20;

async function bindAll(world: World, speakers: Map<string, Speaker>, wanted: number): Promise<Bound[]> {
  for (let tries = 1; ; tries += 1) {
    const bound: Bound[] = [];
    try {
      for (const [address, speaker] of speakers) {
        bound.push(await bind(address, wanted || (bound[0]?.port ?? 0), (bytes, over) => answer(world, address, speaker, bytes, over)));
      }
      return bound;
    } catch (problem) {
      await Promise.all(bound.map((one) => one.close()));
      if (wanted !== 0 || tries === MOST_TRIES) throw problem;
    }
  }
}

/** Without a fault it answers in the same turn: that is what makes thousands a second possible. */
function answer(world: World, address: string, speaker: Speaker, bytes: Buffer, over: Over): Buffer | null | Promise<Buffer | null> {
  const asked = readQuery(bytes);
  if (!asked) return null;
  const refusal = unwanted(asked);
  const { place, reply } = refusal ? { place: null, reply: refusal } : speaker(asked);
  const tenant = place?.tenant?.id ?? null;
  const subject = `${asked.question.type} ${asked.question.name.toLowerCase()} @${address}`;
  const send = (said: Reply | null) => {
    world.log.add({ at: world.clock.now(), service: "dns", tenant, method: over, path: subject, status: said?.rcode ?? SILENCE });
    return said && writeReply(asked, said, over);
  };
  const faults = world.faults.strike(tenant, "dns", subject);
  return faults.length === 0 ? send(reply) : struck(reply, faults).then(send);
}

/** The status in the log where nothing was said; rcodes begin at 0. */
const SILENCE = -1;

async function struck(reply: Reply | null, faults: Fault[]): Promise<Reply | null> {
  const slowMs = Math.max(0, ...faults.map((fault) => (fault.kind === "latency" ? (fault.ms ?? 0) : 0)));
  if (slowMs > 0) await wait(slowMs);
  const kind = faults.find((fault) => fault.kind !== "latency")?.kind;
  if (kind === "drop") return null;
  if (kind === "lie") return reply && lying(reply);
  const rcode = FAULT_RCODE.get(kind ?? "");
  return rcode === undefined ? reply : bare(rcode);
}
