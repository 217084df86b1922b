/** What a search of messages asks, by the API's names; the list's query and a bulk job's `search_params` alike. */
import type { Tenant } from "../tenant";
import { entriesBetween } from "./entries";
import { type Entry, textOf } from "./entry";
import { alertOf } from "./found-message";
import { isDetection, standingOf, verdictOf } from "./standing";

/** Texts by name; what is not asked is absent. */
export type Asked = ReadonlyMap<string, string>;
export type Looking = { tenant: Tenant; now: number };
type Test = (entry: Entry) => boolean;

/** An address, or a whole domain. */
const isAt = (address: string, wanted: string) => address.toLowerCase() === wanted || address.toLowerCase().endsWith(`@${wanted}`);
const bare = (id: string) => id.replace(/^<|>$/g, "").toLowerCase();
const isBelow = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`);

function byWords(wanted: string, textIn: (entry: Entry) => string): Test {
  const words = wanted.split(/\s+/).filter((word) => word !== "");
  return (entry) => {
    const text = textIn(entry);
    return words.every((word) => text.includes(word));
  };
}

const operationOf: Record<string, string> = { moved: "MOVE", preview: "PREVIEW", quarantine_released: "QUARANTINE_RELEASE" };

/** Each is made for a wanted text in lower case. */
const filters: Record<string, (wanted: string, looking: Looking) => Test> = {
  message_id: (wanted) => {
    const id = bare(wanted);
    return ({ messageId }) => bare(messageId) === id;
  },
  sender:
    (wanted) =>
    ({ from, sender }) =>
      isAt(from, wanted) || isAt(sender, wanted),
  recipient:
    (wanted) =>
    ({ recipients }) =>
      recipients.some((one) => isAt(one, wanted)),
  domain:
    (wanted) =>
    ({ from, recipients, linkDomain }) =>
      [from, ...recipients].some((one) => one.toLowerCase().endsWith(`@${wanted}`)) || (linkDomain !== null && isBelow(linkDomain, wanted)),
  subject: (wanted) => byWords(wanted, ({ subject }) => subject.toLowerCase()),
  exact_subject:
    (wanted) =>
    ({ subject }) =>
      subject.toLowerCase() === wanted,
  query: (wanted) => byWords(wanted, textOf),
  alert_id:
    (wanted, { tenant: { cloudflare } }) =>
    (entry) =>
      isDetection(cloudflare, entry) && alertOf(entry) === wanted,
  // The list cannot be asked for MALICIOUS-BEC: whether MALICIOUS stands for it, too, is not on record.
  final_disposition:
    (wanted, { tenant: { cloudflare } }) =>
    (entry) => {
      const verdict = verdictOf(cloudflare, entry).toLowerCase();
      return verdict === wanted || (wanted === "malicious" && verdict === "malicious-bec");
    },
  delivery_status:
    (wanted, { tenant, now }) =>
    (entry) =>
      standingOf(tenant, entry, now).statuses.some((one) => one === wanted),
  message_action:
    (wanted, { tenant, now }) =>
    (entry) =>
      standingOf(tenant, entry, now).operations.some((one) => one === operationOf[wanted]),
  smtp_helo_ip:
    (wanted) =>
    ({ helo }) =>
      helo === wanted,
};

/** Dear tests last: they are asked of what the others leave. */
const order = ["message_id", "sender", "recipient", "final_disposition", "domain", "subject", "exact_subject", "query"];
const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);

/** `most`: no more than so many are looked for. */
export type Span = { start: number; end: number; most: number };

/** Between two moments, both inclusive; newest first. */
export function matching(looking: Looking, asked: Asked, { start, end, most }: Span): Entry[] {
  const { tenant, now } = looking;
  const tests = Object.entries(filters)
    .sort(([one], [other]) => rank(one) - rank(other))
    .flatMap(([name, make]) => {
      const wanted = asked.get(name)?.trim().toLowerCase();
      return wanted === undefined || wanted === "" ? [] : [make(wanted, looking)];
    });
  // On unless it is switched off: who looks for clean mail and doesn't, finds nothing.
  const onlyDetections = asked.get("detections_only") !== "false";
  const found: Entry[] = [];
  for (const entry of entriesBetween(tenant, start, Math.min(end, now - tenant.cloudflare.traits.arrivalMs))) {
    if (onlyDetections && !isDetection(tenant.cloudflare, entry)) continue;
    if (tests.every((test) => test(entry))) found.push(entry);
    if (found.length >= most) break;
  }
  return found;
}
