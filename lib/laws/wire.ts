/** How the services spell what they hold: one plainly, one as odd as they are known to be. */
import { shown } from "./handling-writes";
import type { Obj } from "./state";

/** 0: as documented. 1: lists reversed, nothing for an empty list, enumerations in lower case, sidecars. */
export type Spelling = 0 | 1;

const ENUMERATIONS = ["ConnectorType", "State", "MarkAsSpamSpfRecordHardFail", "Scope"];

function odd(o: Obj): Readonly<Record<string, unknown>> {
  const pairs = Object.entries(o).flatMap(([property, v]): [string, unknown][] => {
    if (ENUMERATIONS.includes(property)) return [[property, String(v).toLowerCase()]];
    if (!Array.isArray(v) || !v.every((e) => typeof e === "string")) return [[property, v]];
    return [
      [property, v.length > 0 ? v.toReversed() : null],
      [`${property}@odata.type`, "#Collection(String)"],
    ];
  });
  return { ...Object.fromEntries(pairs), "Guid@data.type": "System.Guid" };
}

/** An object as it comes over the wire. `at` differs with every read: the service's own time stamps do. */
export function wired(kind: string, o: Obj, spelling: Spelling, at: number): Readonly<Record<string, unknown>> {
  const plain: Obj = { ...o, ...shown(kind, o) };
  const said: Readonly<Record<string, unknown>> = spelling === 1 ? odd(plain) : plain;
  const domains = said["SenderDomains"];
  return {
    ...said,
    WhenChanged: new Date(at).toISOString(),
    ...(kind === "InboundConnector" && Array.isArray(domains) ? { SenderDomains: domains.map((d) => `smtp:${d};1`) } : {}),
  };
}
