/** One DNS question to one server: over UDP, again if it stays silent, over TCP when the answer did not fit. */
import { isIPv6 } from "node:net";
import type { Address } from "@/lib/base/env";
import { createGate } from "@/lib/base/gate";
import { no, ok, type Result } from "@/lib/base/result";
import { Line } from "./line";
import type { Question, Reply } from "./packet";
import { overTcp } from "./tcp";

export type Wire = { readonly ask: (server: Address, question: Question) => Promise<Result<Reply>>; readonly close: () => void };

const TRIES_MS = [1_000, 2_000];
/** Few enough that the answers of all of them fit into the sockets' buffers. */
const AT_ONCE = 128;
const SOCKETS = 8;

/** Sockets are opened as needed and do not keep the process alive. */
export function createWire(): Wire {
  const lines = new Map<string, Line>();
  const within = createGate(AT_ONCE);
  let turn = 0;

  const lineTo = (server: Address): Line => {
    const family = isIPv6(server.host) ? "udp6" : "udp4";
    turn = (turn + 1) % SOCKETS;
    const place = `${family}/${turn}`;
    const kept = lines.get(place);
    if (kept?.isUsable) return kept;
    const line = new Line(family);
    lines.set(place, line);
    return line;
  };

  const overUdp = async (server: Address, question: Question): Promise<Reply | null> => {
    for (const limitMs of TRIES_MS) {
      const reply = await lineTo(server).ask(server, question, limitMs);
      if (reply !== null) return reply;
    }
    return null;
  };

  return {
    ask: (server, question) =>
      within(async () => {
        const short = await overUdp(server, question);
        const reply = short?.packet.flag_tc === true ? await overTcp(server, question) : short;
        return reply === null ? no("unreachable", `The name server at ${server.host} did not answer.`) : ok(reply);
      }),
    close: () => {
      for (const line of lines.values()) line.close();
    },
  };
}
