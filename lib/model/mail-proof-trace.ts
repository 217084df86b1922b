/** What Microsoft's message trace says became of a message: from its row and the events of its detail. */
import { storable } from "@/lib/base/storable";
import type { Trace } from "./mail-proof";

export type TraceEvent = { readonly event: string; readonly detail: string; readonly data: string };
export type TracedRow = { readonly status: string; readonly fromIp: string; readonly recipient: string };

const MOST_RULES = 10;
const short = (text: string): string => (text.length > 400 ? `${storable(text, 400)}…` : storable(text, 400));

/** `<root><MEP Name="ConnectorId" String="…"/></root>`: the connector's name stands there (Exchange team, comment 4434500). */
function property(data: string, name: string): string | null {
  const [, value] = new RegExp(`<MEP\\s+Name="${name}"\\s+String="([^"]{0,400})"`, "i").exec(data) ?? [];
  return value === undefined ? null : storable(unescaped(value), 400);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,5})|([a-z]{2,4}));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (NAMED[name ?? ""] ?? whole) : String.fromCharCode(Number(code)),
  );
}

/** "BN8NAM12FT001\Default BN8NAM12FT001" is Microsoft's own, for mail that no connector of the tenant took. */
const isDefault = (connector: string): boolean => /\\(Default|Hub Transport|Client Proxy|Internet)\b/i.test(connector);

function connectorIn(events: readonly TraceEvent[]): string | null {
  const named = events.filter((one) => /^receive$/i.test(one.event)).flatMap((one) => property(one.data, "ConnectorId") ?? []);
  return named.find((name) => name !== "" && !isDefault(name)) ?? null;
}

/** "… Folder: Junk Email", or as the portal's own: "… to the folder: DefaultFolderType:Inbox". */
function folderIn(events: readonly TraceEvent[]): string | null {
  const texts = events.filter((one) => /^deliver/i.test(one.event)).map((one) => one.detail);
  const [, folder] = /folder:\s*(?:DefaultFolderType:)?\s*([\p{L} ]{1,60})/iu.exec(texts.join(" ")) ?? [];
  return folder === undefined ? null : folder.trim().replace(/^JunkEmail$/i, "Junk Email");
}

/** "Reason: [{LED=550 5.7.51 …}]" */
function refusalIn(events: readonly TraceEvent[]): string | null {
  const failed = events.findLast((one) => /^fail/i.test(one.event));
  if (!failed) return null;
  return short(property(failed.data, "RecipientStatus") ?? /LED=([^}\]]{1,400})/.exec(failed.detail)?.[1] ?? failed.detail);
}

const rulesIn = (events: readonly TraceEvent[]): readonly string[] =>
  events
    .filter((one) => /^transport rule/i.test(one.event))
    .flatMap((one) => property(one.data, "RuleName") ?? /'([^']{1,200})'/.exec(one.detail)?.[1] ?? [])
    .slice(0, MOST_RULES);

export const traceOf = ({ status, fromIp, recipient }: TracedRow, events: readonly TraceEvent[], at: number): Trace => ({
  at,
  status,
  fromIp,
  recipient,
  folder: folderIn(events),
  connector: connectorIn(events),
  refusal: status.toLowerCase() === "failed" ? refusalIn(events) : null,
  rules: rulesIn(events),
});
