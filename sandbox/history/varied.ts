/** Mail as a company gets it: many senders and languages, one recipient or several, most of it clean. */
import type { Disposition } from "../mail/disposition";
import { mixed } from "../mail/history";
import type { Cast, Made } from "./message";
import { kinds } from "./words";

/** Of a thousand messages so many are of each kind. */
const shares: readonly (readonly [Disposition, number])[] = [
  ["NONE", 700],
  ["BULK", 110],
  ["SPAM", 90],
  ["SUSPICIOUS", 40],
  ["SPOOF", 30],
  ["MALICIOUS", 22],
  ["MALICIOUS-BEC", 8],
];
/** What the vendor quarantines on its way in; journaled mail is delivered already when the vendor sees it. */
export const heldDispositions: readonly Disposition[] = ["MALICIOUS", "MALICIOUS-BEC"];

const byShare: readonly Disposition[] = shares.flatMap(([disposition, share]) => Array.from({ length: share }, () => disposition));

/** `forced`: a detection made on request, journaled to one person or a few. */
export function variedMessage(cast: Cast, number: number, forced?: Disposition): Made {
  const chance = mixed(cast.seed, number);
  const second = mixed(cast.seed + 1, number);
  const disposition = forced ?? byShare[chance % byShare.length] ?? "NONE";
  const mode = forced === undefined && (second >>> 3) % 5 < 3 ? "DIRECT" : "JOURNAL";
  const sent = senderOf(cast, disposition, number, second);
  const hasLink = disposition !== "NONE" || second % 3 === 0;
  return {
    ...sent,
    recipients: recipientsOf(cast, chance, second, forced !== undefined),
    disposition,
    mode,
    isHeld: mode === "DIRECT" && heldDispositions.includes(disposition),
    fromIp: `203.0.113.${second % 256}`,
    link: hasLink ? `https://www.${sent.mailFrom.slice(sent.mailFrom.lastIndexOf("@") + 1)}/${chance % 100_000}` : null,
    attachment: second % 7 === 0 ? `document-${chance % 10_000}.pdf` : null,
  };
}

function senderOf({ own }: Cast, disposition: Disposition, number: number, chance: number) {
  const { senders, subjects } = kinds[disposition];
  const which = (chance >>> 8) % 400;
  const [local = "", name = "", label = ""] = senders[chance % senders.length] ?? [];
  const domain = label === "" ? `mailer${which}.example` : `${label}${which}.example`;
  const subject = subjects[(chance >>> 4) % subjects.length] ?? "";
  return {
    messageId: `<gen-${number}@${domain}>`,
    mailFrom: `${local}@${domain}`,
    from: label === "" ? `${local}@${own}` : `${local}@${domain}`,
    fromName: name.replace("#", String(which)),
    subject: subject.replace("#", String(1 + ((chance >>> 12) % 9_999))),
  };
}

/** Some get much more than others; one message in a hundred goes to a list. */
function recipientsOf({ people, lists }: Cast, chance: number, second: number, onlyPeople: boolean): string[] {
  const percent = (chance >>> 10) % 100;
  const list = lists[second % Math.max(1, lists.length)];
  if (percent === 0 && list !== undefined && !onlyPeople) return [list];
  const many = percent < 5 ? 5 + (second % 8) : percent < 20 ? 2 + (second % 3) : 1;
  const share = (second >>> 6) / 2 ** 26;
  const first = Math.floor(share * share * people.length);
  const count = Math.min(many, people.length);
  return Array.from({ length: count }, (_, index) => people[(first + index) % people.length] ?? "");
}
