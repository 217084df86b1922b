/** DNS questions as bytes, and bytes as the reply to this very question or nothing. */
import { CHECKING_DISABLED, type DecodedPacket, decode, encode, type OptAnswer, RECURSION_DESIRED, type RecordType } from "dns-packet";
import { spelled } from "./name";

export type Question = {
  readonly name: string;
  readonly type: Extract<RecordType, "A" | "AAAA" | "MX" | "NS" | "SOA" | "TXT">;
  /** RD=1: a resolver looks for the answer; RD=0: an authoritative server says only what it has itself. */
  readonly recursive: boolean;
  /** CD=1: the resolver leaves DNSSEC unchecked. */
  readonly unchecked?: boolean;
};

export type Reply = { readonly rcode: string; readonly packet: DecodedPacket };

/** 1232 bytes go through every path without being cut into fragments (DNS flag day 2020). */
const UDP_BYTES = 1232;
const opt: OptAnswer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: UDP_BYTES,
  flags: 0,
  options: [],
  extendedRcode: 0,
  ednsVersion: 0,
  flag_do: false,
};

export const encoded = (id: number, { name, type, recursive, unchecked = false }: Question): Buffer =>
  encode({
    type: "query",
    id,
    flags: (recursive ? RECURSION_DESIRED : 0) | (unchecked ? CHECKING_DISABLED : 0),
    questions: [{ name, type, class: "IN" }],
    additionals: [opt],
  });

/** dns-packet decodes the response code into `rcode`, which its types leave out. */
const rcodeOf = (packet: DecodedPacket): string => ("rcode" in packet && typeof packet.rcode === "string" ? packet.rcode : "NOERROR");

function decoded(message: Buffer): DecodedPacket | null {
  try {
    return decode(message);
  } catch {
    return null;
  }
}

/** The reply, if the message answers this very question. */
export function replyTo(id: number, question: Question, message: Buffer): Reply | null {
  const packet = decoded(message);
  const echo = packet?.questions?.[0];
  if (packet === null || packet.type !== "response" || packet.id !== id || echo === undefined) return null;
  if (spelled(echo.name) !== question.name || echo.type !== question.type) return null;
  return { rcode: rcodeOf(packet), packet };
}
