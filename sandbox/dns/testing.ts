/** For tests: a small world with one tenant, zones of any shape, and a question over UDP or TCP by dns-packet. */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { type DecodedPacket, decode, encode, type Question, RECURSION_DESIRED } from "dns-packet";
import { baseTenant } from "../scenarios/base";
import { ordinaryHost } from "../scenarios/dns-hosts";
import type { DnsRecord, NameServer, Tenant, Zone } from "../tenant";
import { makeWorld, type World } from "../world";

export const hostA: NameServer[] = [
  { name: "ns1.host-a.example", address: "127.0.0.11" },
  { name: "ns2.host-a.example", address: "127.0.0.12" },
];

export function zone(name: string, records: DnsRecord[], nameServers: NameServer[] = hostA): Zone {
  return { name, host: "Host A", lowestTtl: 60, nameServers, records, serial: 7 };
}

export const mx = (name: string, exchange: string, ttl = 3_600, preference = 10): DnsRecord => ({
  name,
  type: "MX",
  ttl,
  preference,
  exchange,
});

export function tenantWith(id: string, zones: Zone[]): Tenant {
  const seed = { id, name: "Fabrikam", slug: "fabrikam" };
  return { ...baseTenant(seed, { scenario: "fresh", dnsHost: ordinaryHost, ttl: 3_600 }), zones };
}

export function worldWith(zones: Zone[]): World {
  const hosts: DnsRecord[] = hostA.map((server) => ({ name: server.name, type: "A", ttl: 3_600, address: server.address }));
  return makeWorld({ tenants: [tenantWith("11111111-0000-4000-8000-000000000001", zones)], sharedZones: [zone("host-a.example", hosts)] });
}

interface Asking {
  recursion?: boolean;
  /** Bytes we take; absent = no EDNS. */
  edns?: number;
  timeoutMs?: number;
  /** Asks for this type number instead, for those dns-packet has no name for. */
  rawType?: number;
}

function packet(name: string, type: Question["type"], { recursion, edns, rawType }: Asking): Buffer {
  const opt = { type: "OPT", name: ".", extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] } as const;
  const additionals = edns ? [{ ...opt, options: [], udpPayloadSize: edns }] : [];
  const bytes = encode({ type: "query", id: 4_711, flags: recursion ? RECURSION_DESIRED : 0, questions: [{ name, type }], additionals });
  // the type stands after the header, the labels and the root's zero
  if (rawType !== undefined) bytes.writeUInt16BE(rawType, 12 + name.length + 2);
  return bytes;
}

/** Null where no answer came in time. */
export function askUdp(
  address: string,
  port: number,
  name: string,
  type: Question["type"],
  asking: Asking = {},
): Promise<DecodedPacket | null> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const timer = setTimeout(() => end(null), asking.timeoutMs ?? 2_000);
    const end = (answer: DecodedPacket | null) => {
      clearTimeout(timer);
      socket.close(() => resolve(answer));
    };
    socket.once("message", (bytes) => end(decode(bytes)));
    socket.send(packet(name, type, asking), port, address);
  });
}

export function askTcp(address: string, port: number, name: string, type: Question["type"]): Promise<DecodedPacket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address);
    const message = packet(name, type, {});
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    let got = Buffer.alloc(0);
    socket.once("error", reject);
    socket.on("data", (piece: Buffer) => {
      got = Buffer.concat([got, piece]);
      if (got.length < 2 || got.length < 2 + got.readUInt16BE(0)) return;
      socket.destroy();
      resolve(decode(got.subarray(2)));
    });
    // in two pieces: a length may arrive without its message
    socket.write(length);
    socket.write(message);
  });
}

/** The rcode is the low four bits of the flags (dns-packet's types leave it out). */
export const rcodeOf = (answer: DecodedPacket | null): number => (answer?.flags ?? 0) & 0x0f;
