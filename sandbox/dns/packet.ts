/** One DNS message in, one out: what a server needs of a query, and a reply cut to the size its asker can take. */
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  type Question,
  RECURSION_AVAILABLE,
  TRUNCATED_RESPONSE,
} from "dns-packet";

/** RFC 1035 4.2.1: what an asker without EDNS can take over UDP. */
const PLAIN_BYTES = 512;
/** What these servers take themselves (DNS flag day 2020). */
const OUR_BYTES = 1232;

export const RCODE = { ok: 0, formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5 } as const;

export interface Asked {
  id: number;
  flags: number;
  question: Question;
  /** Bytes the asker can take over UDP. */
  limit: number;
  edns: boolean;
}

export interface Reply {
  rcode: number;
  authoritative: boolean;
  recursive: boolean;
  answers: Answer[];
  authorities: Answer[];
  additionals: Answer[];
}

/** A reply with nothing in it. */
export function bare(rcode: number): Reply {
  return { rcode, authoritative: false, recursive: false, answers: [], authorities: [], additionals: [] };
}

/** The query in these bytes; null where they are no query (such bytes get no answer at all, as from real servers). */
export function readQuery(bytes: Buffer): Asked | null {
  try {
    const packet = decode(bytes);
    const question = packet.questions?.[0];
    if (packet.flag_qr || !question) return null;
    const opt = packet.additionals?.find((extra) => extra.type === "OPT");
    const limit = opt?.type === "OPT" ? Math.max(PLAIN_BYTES, opt.udpPayloadSize) : PLAIN_BYTES;
    return { id: packet.id ?? 0, flags: packet.flags ?? 0, question, limit, edns: opt !== undefined };
  } catch {
    // dns-packet throws on truncated or hostile bytes
    return null;
  }
}

/** RD and CD are copied from the query (RFC 1035 4.1.1, RFC 4035 3.2.2); the rest says what this server did. */
const COPIED_FLAGS = 0x0100 | 0x0010;

function flagsOf(asked: Asked, reply: Reply, extra: number): number {
  return (
    (asked.flags & COPIED_FLAGS) |
    (reply.authoritative ? AUTHORITATIVE_ANSWER : 0) |
    (reply.recursive ? RECURSION_AVAILABLE : 0) |
    extra |
    reply.rcode
  );
}

const OPT: Answer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: OUR_BYTES,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/** The reply's bytes. Over UDP one too long goes out empty with TC set: ask again over TCP. */
export function writeReply(asked: Asked, reply: Reply, over: "udp" | "tcp"): Buffer {
  const opt = asked.edns ? [OPT] : [];
  const head: Packet = { type: "response", id: asked.id, questions: [asked.question] };
  const { answers, authorities, additionals } = reply;
  const whole = encode({ ...head, flags: flagsOf(asked, reply, 0), answers, authorities, additionals: [...additionals, ...opt] });
  if (over === "tcp" || whole.length <= asked.limit) return whole;
  return encode({ ...head, flags: flagsOf(asked, reply, TRUNCATED_RESPONSE), additionals: opt });
}
