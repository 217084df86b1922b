/** A public resolver: finds the answer in the sandbox's zones and remembers it, so that an old answer counts down after the zone changed. */
import type { Answer } from "dns-packet";
import type { NameServer } from "../tenant";
import type { World } from "../world";
import { type Atlas, type Place, parentOf } from "./atlas";
import { authoritativeReply } from "./authority";
import { bare, RCODE, type Reply } from "./packet";
import { NEGATIVE_TTL, startOfAuthority } from "./records";

interface Kept {
  reply: Reply;
  keptAt: number;
  ttlMs: number;
}

export interface Resolver {
  resolve(name: string, type: string): Reply;
  flush(): void;
}

/** A bench of a thousand domains fits; an endless stream of made-up names does not fill the memory. */
const MOST_KEPT = 20_000;
const MOST_ALIASES = 10;

/** `number` tells the resolvers apart: each asks another of a zone's servers first, so on a split host they disagree, as real ones do. */
export function makeResolver(world: World, atlas: Atlas, number: number): Resolver {
  const kept = new Map<string, Kept>();
  return {
    resolve: (name, type) => {
      const key = `${name.toLowerCase()} ${type}`;
      const now = world.clock.now();
      const old = kept.get(key);
      // a clock that was put back makes what was kept later worthless
      if (old && now >= old.keptAt && now < old.keptAt + old.ttlMs) return aged(old, now);
      const reply = { ...recurse(atlas, name, type, number), recursive: true, authoritative: false };
      if (kept.size >= MOST_KEPT) kept.clear();
      if (reply.rcode !== RCODE.servfail) kept.set(key, { reply, keptAt: now, ttlMs: ttlOf(reply) * 1_000 });
      return reply;
    },
    flush: () => kept.clear(),
  };
}

const ttl = (answer: Answer) => ("ttl" in answer ? (answer.ttl ?? 0) : 0);

function ttlOf(reply: Reply): number {
  const lives = reply.answers.map(ttl);
  return lives.length === 0 || reply.authorities.length > 0 ? Math.min(NEGATIVE_TTL, ...lives) : Math.min(...lives);
}

function aged({ reply, keptAt }: Kept, now: number): Reply {
  const age = Math.floor((now - keptAt) / 1_000);
  const older = (answer: Answer): Answer => (answer.type === "OPT" ? answer : { ...answer, ttl: Math.max(0, ttl(answer) - age) });
  return { ...reply, answers: reply.answers.map(older), authorities: reply.authorities.map(older) };
}

/** The server this resolver gets its answer from; null where none of them answers with authority. */
function serverFor({ zone }: Place, number: number): NameServer | null {
  const good = zone.nameServers.filter((server) => (server.behaviour ?? "ok") === "ok");
  return good[number % good.length] ?? null;
}

/** Nobody's name: its parents (the root, a top-level domain) answer for it, so that a zone cut can be looked for. */
function fromParents(atlas: Atlas, name: string): Reply {
  const exists = atlas.hasBelow(name);
  const top = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : atlas.hasBelow(name) ? name : "";
  const owner = atlas.hasBelow(top) ? top : "";
  return { ...bare(exists ? RCODE.ok : RCODE.nxdomain), authorities: [startOfAuthority(owner)] };
}

function serverAddress(atlas: Atlas, name: string, type: string): Reply | null {
  const address = type === "A" ? atlas.addressOf(name.toLowerCase()) : null;
  return address ? { ...bare(RCODE.ok), answers: [{ type: "A", name, ttl: 3_600, data: address }] } : null;
}

/** RFC 1034 3.1: a DS question belongs to the parent; every other to the closest zone. */
function placeOf(atlas: Atlas, name: string, type: string): Place | null {
  return atlas.find(type === "DS" ? parentOf(name) : name);
}

function ask(atlas: Atlas, name: string, type: string, number: number): Reply {
  const place = placeOf(atlas, name.toLowerCase(), type);
  if (!place) return serverAddress(atlas, name, type) ?? fromParents(atlas, name.toLowerCase());
  const server = serverFor(place, number);
  if (!server) return bare(RCODE.servfail);
  const reply = authoritativeReply(place.zone, server, name, type, atlas.now());
  // a referral to servers that no zone of the sandbox stands behind
  if (!reply.authoritative) return bare(RCODE.servfail);
  return reply.answers.length === 0 ? (serverAddress(atlas, name, type) ?? reply) : reply;
}

function recurse(atlas: Atlas, name: string, type: string, number: number): Reply {
  const answers: Answer[] = [];
  let owner = name;
  for (let hop = 0; hop < MOST_ALIASES; hop += 1) {
    const reply = ask(atlas, owner, type, number);
    answers.push(...reply.answers);
    const last = reply.answers.at(-1);
    if (last?.type !== "CNAME" || type === "CNAME") return { ...reply, answers, additionals: [] };
    owner = last.data;
  }
  return bare(RCODE.servfail);
}
