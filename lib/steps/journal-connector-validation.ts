/** Whether a connector was tried by sending to the journaling address, since its last change: what Microsoft shows, else our own record. */
import type { Change } from "@/lib/model/change";
import { type Mine, markOf } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";

type Validation = Row<"OutboundConnectorValidation">;
const KIND = "OutboundConnectorValidation";

/** That it was tried is written into the connector itself, which counts as a change of it: moments later, by another clock. */
const NOTE_MS = 10 * 60_000;

/** ms since 1970. A time without a zone is UTC (Get-OutboundConnector, as measured); year 1 is how .NET writes none. */
export function timeIn(text: string | null): number | null {
  if (text === null) return null;
  const plain = text.trim().toUpperCase().replace(" ", "T");
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(plain) ? plain : `${plain}Z`);
  return Number.isNaN(at) || at <= 0 ? null : at;
}

/** Whether Microsoft's own times say that it was changed after it was tried; null where they do not say. */
function isOlder({ LastValidationTimestamp, WhenChangedUTC }: Validation): boolean | null {
  const [tried, changed] = [timeIn(LastValidationTimestamp), timeIn(WhenChangedUTC)];
  return tried === null || changed === null ? null : tried + NOTE_MS < changed;
}

/** We changed the connector after we tried it, or never tried it. */
function isTouchedSince(mine: Mine, guid: string, name: string): boolean {
  const at = (kind: string, key: string) => mine.findIndex((m) => m.kind === kind && m.key === key);
  return at("OutboundConnector", guid) > at(KIND, name);
}

/** A connector of ours that was made and tried, and does not show yet: its trial is not seen either. */
export function isTriedUnseen(name: string, mine: Mine): boolean {
  const made = mine.findLast((m) => m.kind === "OutboundConnector" && m.made && m.name === name);
  return made !== undefined && !isTouchedSince(mine, made.key, name);
}

const isTo = (recipients: readonly string[], address: string): boolean => recipients.some((one) => one.toLowerCase() === address);

/** `service`: the connector says so itself. `record`: the test came out well in a run of ours. `isStale`: changed by others since. */
export type Proof =
  | { readonly by: "service"; readonly at: number | null; readonly to: readonly string[] }
  | { readonly by: "record"; readonly isStale: boolean };

/** @param guid the connector's; @param row what it says of its validation. @returns null while it has to be tried. */
export function proofOf(guid: string, row: Validation, address: string, mine: Mine): Proof | null {
  const to = row.ValidationRecipients;
  const older = row.IsValidated ? isOlder(row) : null;
  const isSaid = row.IsValidated && (to.length === 0 || isTo(to, address));
  if (isSaid && !(older ?? isTouchedSince(mine, guid, row.Name))) return { by: "service", at: timeIn(row.LastValidationTimestamp), to };
  const mark = markOf(mine, KIND, row.Name);
  const isOurs = mark?.values["IsValidated"]?.ours === true && !isTouchedSince(mine, guid, row.Name);
  const wasTo = [...to, ...(mark?.lists["ValidationRecipients"]?.added ?? [])];
  return isOurs && isTo(wasTo, address) ? { by: "record", isStale: older === true } : null;
}

/** A test message goes out. Said of a connector by name, because it may be made in the same plan. */
export function tried(name: string, row: Validation | undefined, address: string): Change {
  const to = row?.ValidationRecipients ?? [];
  return {
    do: "set",
    kind: KIND,
    key: name,
    name,
    hands: "us",
    edits: {
      IsValidated: { from: row?.IsValidated ?? false, to: true },
      ValidationRecipients: {
        add: isTo(to, address) ? [] : [address],
        remove: to.filter((one) => one.toLowerCase() !== address),
        whole: [address],
      },
    },
  };
}
