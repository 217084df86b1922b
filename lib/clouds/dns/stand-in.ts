/** Name servers for tests, each on its own address of loopback and all on one port, over UDP and TCP. Not used by the product. */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, TRUNCATED_RESPONSE } from "dns-packet";

export type Asked = { readonly name: string; readonly type: string; readonly recursive: boolean; readonly over: "udp" | "tcp" };
export type Said =
  | {
      readonly answers?: Answer[];
      readonly authorities?: Answer[];
      readonly rcode?: number;
      readonly aa?: boolean;
      readonly cut?: boolean;
      readonly id?: number;
      readonly echo?: string;
    }
  | "silent";
export type NameServer = { readonly asked: Asked[]; readonly port: number; readonly close: () => Promise<void> };

const firstQuestion = (query: Packet) => query.questions?.[0] ?? { name: "", type: "A" as const };

function message(query: Packet, said: Exclude<Said, "silent">, over: "udp" | "tcp"): Buffer {
  const cut = said.cut === true && over === "udp";
  const flags = (said.aa === false ? 0 : AUTHORITATIVE_ANSWER) | (cut ? TRUNCATED_RESPONSE : 0) | (said.rcode ?? 0);
  const question = firstQuestion(query);
  return encode({
    type: "response",
    id: said.id ?? query.id ?? 0,
    flags,
    questions: [{ ...question, name: said.echo ?? question.name }],
    answers: cut ? [] : (said.answers ?? []),
    authorities: said.authorities ?? [],
  });
}

export async function nameServer(host: string, port: number, answer: (asked: Asked) => Said | readonly Said[]): Promise<NameServer> {
  const asked: Asked[] = [];
  const reply = (bytes: Buffer, over: "udp" | "tcp"): Buffer[] => {
    const query = decode(bytes);
    const question = firstQuestion(query);
    const one = { name: question.name, type: question.type, recursive: query.flag_rd, over };
    asked.push(one);
    const said = [answer(one)].flat();
    return said.flatMap((each) => (each === "silent" ? [] : [message(query, each, over)]));
  };
  const udp = createSocket("udp4");
  udp.on("message", (bytes, from) => {
    for (const each of reply(bytes, "udp")) udp.send(each, from.port, from.address);
  });
  await new Promise<void>((resolve) => udp.bind(port, host, resolve));
  const bound = udp.address().port;
  const tcp = createServer((socket) => {
    socket.on("data", (bytes) => {
      for (const each of reply(bytes.subarray(2), "tcp"))
        socket.end(Buffer.concat([Buffer.from([each.length >> 8, each.length & 255]), each]));
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => tcp.listen(bound, host, resolve));
  const close = async () => {
    await new Promise<void>((resolve) => udp.close(() => resolve()));
    await new Promise<void>((resolve) => tcp.close(() => resolve()));
  };
  return { asked, port: bound, close };
}

export const mx = (name: string, ttl: number, ...hosts: readonly (readonly [number, string])[]): Answer[] =>
  hosts.map(([preference, exchange]) => ({ type: "MX", name, ttl, class: "IN", data: { preference, exchange } }));
export const ns = (name: string, ...hosts: readonly string[]): Answer[] =>
  hosts.map((data) => ({ type: "NS", name, ttl: 3_600, class: "IN", data }));
export const a = (name: string, ...addresses: readonly string[]): Answer[] =>
  addresses.map((data) => ({ type: "A", name, ttl: 3_600, class: "IN", data }));
export const soa = (name: string, minimum = 300, mname = `ns1.${name}`): Answer[] => [
  {
    type: "SOA",
    name,
    ttl: 3_600,
    class: "IN",
    data: { mname, rname: `hostmaster.${name}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum },
  },
];
export const txt = (name: string, ...texts: readonly (string | string[])[]): Answer[] =>
  texts.map((data) => ({ type: "TXT", name, ttl: 3_600, class: "IN", data }));
export const alias = (name: string, data: string): Answer => ({ type: "CNAME", name, ttl: 3_600, class: "IN", data });
