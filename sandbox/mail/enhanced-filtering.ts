/** Where a message really came from: the connecting server, or behind it the first hop that the connector's enhanced filtering does not skip. */
import type { ExchangeObject } from "../tenant";
import { covers } from "./addresses";
import { listIn } from "./connectors";
import { type Header, valuesOf } from "./headers";

export type Origin = {
  ip: string;
  /** Name that the server at this address gave. */
  helo: string;
  /** Enhanced filtering looked behind the connecting server. */
  skipped: boolean;
};

/** `names` are the recipient's addresses: a pilot connector works for its users only. */
export function originOf(
  connector: ExchangeObject | null,
  connected: { ip: string; helo: string },
  headers: Header[],
  names: string[],
): Origin {
  const unskipped = { ...connected, skipped: false };
  if (!connector || !appliesTo(connector, names)) return unskipped;
  const hops = valuesOf(headers, "Received").flatMap(hopOf);
  if (connector["EFSkipLastIP"] === true) return hops[0] ? { ...hops[0], skipped: true } : unskipped;
  const skip = listIn(connector, "EFSkipIPs");
  if (!covers(skip, connected.ip)) return unskipped;
  const first = hops.find((hop) => !covers(skip, hop.ip));
  return first ? { ...first, skipped: true } : unskipped;
}

function appliesTo(connector: ExchangeObject, names: string[]): boolean {
  if (connector["EFTestMode"] === true) return false;
  const pilots = listIn(connector, "EFUsers").map((user) => user.toLowerCase());
  return pilots.length === 0 || pilots.some((user) => names.includes(user));
}

/** `from name (reverse [1.2.3.4]) by …` */
function hopOf(received: string): { ip: string; helo: string }[] {
  const ip = /\[(\d{1,3}(?:\.\d{1,3}){3})\]/.exec(received)?.[1];
  return ip === undefined ? [] : [{ ip, helo: /^from\s+(\S+)/i.exec(received)?.[1] ?? "unknown" }];
}
