/** The events of message trace detail, and the status that a trace row shows. */
import type { Message, Place, Reply, TraceEvent } from "./message";

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const data = (properties: Record<string, string>) =>
  `<root>${Object.entries(properties)
    .map(([name, value]) => `<MEP Name="${name}" String="${escaped(value)}"/>`)
    .join("")}</root>`;

/** The connector's name stands in the data of this event (Exchange team comment 4434500). Without a connector it is the default one's. */
export function receiveEvent({ at, fromIp }: Pick<Message, "at" | "fromIp">, connector: string | null): TraceEvent {
  return {
    at,
    event: "Receive",
    action: "",
    detail: `Message received by: BN8NAM12FT001.mail.protection.outlook.com using TLS1.3`,
    data: data({ ConnectorId: connector ?? "BN8NAM12FT001\\Default BN8NAM12FT001", ClientIP: fromIp, DeliveryPriority: "Normal" }),
  };
}

export const failEvent = (at: number, reply: Reply): TraceEvent => ({
  at,
  event: "Fail",
  action: "",
  detail: `Reason: [{LED=${reply.code} ${reply.text}}]`,
  data: data({ RecipientStatus: `${reply.code} ${reply.text}` }),
});

export const ruleEvent = (at: number, rule: string): TraceEvent => ({
  at,
  event: "Transport rule",
  action: "",
  detail: `Transport rule: '${rule}'`,
  data: data({ RuleName: rule }),
});

export function endEvent(at: number, place: Place): TraceEvent {
  if (place.kind === "refused") return failEvent(at, place.reply);
  const [event, detail] =
    place.kind === "folder"
      ? ["Deliver", `The message was successfully delivered. Folder: ${place.folder === "Junk" ? "Junk Email" : "Inbox"}`]
      : place.kind === "quarantine"
        ? ["Quarantine", place.reason]
        : ["Drop", place.why];
  return { at, event, action: "", detail, data: data({}) };
}

/** Junk is a delivery; FilteredAsSpam means dropped as spam (Get-MessageTraceV2). */
export function statusOf(place: Place): string {
  if (place.kind === "folder") return "Delivered";
  if (place.kind === "quarantine") return "Quarantined";
  if (place.kind === "refused") return "Failed";
  if (place.why.startsWith("Redirected")) return "Resolved";
  return place.why.includes("anti-spam") ? "FilteredAsSpam" : "Delivered";
}
