/** What the headers of a delivered message prove: whether Microsoft saw past the vendor, what stood in between, and how both judged it. */
import { type Check, fail, pass, unknown, warn } from "./check";
import { cameByVendor, entryOf, extraHop, isVendorIp, type Vendor } from "./mail-proof-hops";
import { DISPOSITION_HEADERS, type Signs } from "./mail-proof-signs";

const SLOW_MS = 5 * 60_000;
const NOT_WRITTEN = "No headers of Microsoft's stand in it.";

/** Story 15: without enhanced filtering Microsoft judges the vendor's server. */
function filteringCheck(signs: Signs, vendor: Vendor): readonly Check[] {
  if (!cameByVendor(signs.hops, vendor) || extraHop(signs.hops, vendor)) return [];
  const about = "Enhanced filtering";
  const skipped = signs.skipListed ?? signs.originalSender;
  if (skipped !== null && !isVendorIp(skipped, vendor))
    return [pass("filtering", `Microsoft looked past ${vendor.name} and took ${skipped} for the sender's server.`, { about })];
  const judged = skipped ?? signs.spf?.ip ?? entryOf(signs.hops)?.ip ?? null;
  if (signs.spf === null && skipped === null && entryOf(signs.hops) === null)
    return [
      unknown(
        "filtering",
        { code: "unreadable", say: NOT_WRITTEN, fix: "Paste the headers of the message as it lies in the mailbox." },
        { about },
      ),
    ];
  const said =
    skipped === null
      ? "The header X-MS-Exchange-SkipListedInternetSender is missing."
      : "X-MS-Exchange-SkipListedInternetSender names the vendor's own server.";
  return [
    fail(
      "filtering",
      `Microsoft did not look past ${vendor.name}: it judged ${judged ?? "its server"}${signs.spf ? `, so SPF is “${signs.spf.result}”` : ""}. ${said}`,
      "Do the step about enhanced filtering: on the connector that takes the mail, for everybody, not in test mode. It works after up to an hour.",
      { about, step: "enhanced-filtering" },
    ),
  ];
}

function spfCheck({ spf }: Signs, vendor: Vendor, isOurs: boolean): readonly Check[] {
  if (!spf || (spf.ip !== null && isVendorIp(spf.ip, vendor))) return [];
  const about = "SPF";
  const from = spf.ip === null ? "" : ` for ${spf.ip}`;
  if (spf.result === "pass") return [pass("spf", `“pass”${from}: ${spf.about || "the sender's domain"} lets that server send.`, { about })];
  const whose = isOurs
    ? "That is Cutover's own sender, not your domain: it says nothing about your setup."
    : "The sender's own record does not name that server.";
  return [
    warn(
      "spf",
      `“${spf.result}”${from}. ${whose}`,
      isOurs ? "Nothing to do. Cutover's operator lists its server in SPF." : "Nothing to do, unless the sender is yours.",
      { about },
    ),
  ];
}

/** Story 24: a tag in the subject or a changed link breaks what the sender signed. */
function dkimCheck({ dkim, subject }: Signs): readonly Check[] {
  if (!dkim || dkim.result === "none") return [];
  const about = "DKIM";
  if (dkim.result === "pass") return [pass("dkim", `“pass”: nobody changed what ${dkim.about || "the sender"} signed.`, { about })];
  const tag = tagIn(subject);
  const changed = /body hash/i.test(dkim.detail) || tag !== null;
  return [
    warn(
      "dkim",
      `“${dkim.result}”${dkim.detail === "" ? "" : ` (${dkim.detail})`}: ${changed ? `it was changed after ${dkim.about || "the sender"} signed it${tag === null ? "" : `, at least by the tag ${tag}`}` : "the signature does not fit"}.`,
      changed
        ? "Tags and changed links do that. With enhanced filtering Microsoft takes it into account; without, DMARC fails."
        : "Ask the sender.",
      { about },
    ),
  ];
}

function dmarcCheck({ dmarc }: Signs): readonly Check[] {
  if (!dmarc || !/fail/.test(dmarc.result)) return [];
  return [
    warn(
      "dmarc",
      `“${dmarc.result}” for ${dmarc.about || "the sender's domain"}.`,
      "See SPF and DKIM: one of them has to pass for the sender's own domain.",
      { about: "DMARC" },
    ),
  ];
}

/** Story 17. */
function hopChecks({ hops }: Signs, vendor: Vendor): readonly Check[] {
  const about = "The way";
  const extra = extraHop(hops, vendor);
  const slow = hops.filter((hop) => (hop.delayMs ?? 0) > SLOW_MS);
  return [
    ...(extra
      ? [
          fail(
            "extra-hop",
            `${extra.from || extra.ip || "Another server"} stands between ${vendor.name} and Microsoft. “Skip the last address” skips that one, and Microsoft judges ${vendor.name}'s server.`,
            "Take it out of the way of mail, or choose “Another server in between” in the step about enhanced filtering and list it.",
            { about, step: "enhanced-filtering" },
          ),
        ]
      : []),
    ...slow.map((hop) =>
      warn(
        `slow/${hop.by}`,
        `${hop.by} got it ${Math.round((hop.delayMs ?? 0) / 60_000)} minutes after the server before it.`,
        "Once may be chance. If it happens again, ask whoever runs it.",
        { about },
      ),
    ),
  ];
}

const MEANS: Readonly<Record<string, string>> = {
  MALICIOUS: "phishing or malware, for certain",
  SUSPICIOUS: "it looks like phishing",
  SPOOF: "the sender is not who it says",
  UCE: "spam",
  SPAM: "spam",
  BULK: "a newsletter or the like",
};

function dispositionChecks({ disposition, hops }: Signs, vendor: Vendor, isOurs: boolean): readonly Check[] {
  const about = `${vendor.name}'s judgement`;
  if (!disposition) return cameByVendor(hops, vendor) ? [pass("disposition", "Clean: there is no disposition header.", { about })] : [];
  const say = `${disposition.value}${MEANS[disposition.value] ? ` (${MEANS[disposition.value]})` : ""}, in ${disposition.header}.`;
  const old = disposition.header !== vendor.header && DISPOSITION_HEADERS.some((name) => name === vendor.header);
  return [
    isOurs
      ? warn("disposition", say, "A test message should be clean. Look at it in the vendor's mail trace.", { about })
      : pass("disposition", say, { about }),
    ...(old
      ? [
          fail(
            "header-name",
            `Your rules look for ${vendor.header}, and this message carries ${disposition.header}: they do not see it.`,
            "Choose the product you really have where you choose your domains, or let the plan of message handling put the rules right.",
            {
              about: "Mail flow rules",
              step: "message-handling",
            },
          ),
        ]
      : []),
  ];
}

const SPAM_FROM = 5;
/** Stories 19 and 29. */
function antispamChecks({ antispam, disposition }: Signs, vendor: Vendor): readonly Check[] {
  if (!antispam) return [];
  const about = "Microsoft's judgement";
  const { SCL = "", SFV = "", IPV = "", CAT = "" } = antispam;
  const shown = [SCL && `SCL ${SCL}`, SFV && `SFV ${SFV}`, CAT && `CAT ${CAT}`, IPV && `IPV ${IPV}`].filter(Boolean).join(", ");
  const isSpam = Number(SCL) >= SPAM_FROM;
  if (isSpam && disposition)
    return [
      warn(
        "held-twice",
        `Both took it for bad: ${vendor.name} says ${disposition.value}, Microsoft ${shown}. Whoever releases it at one finds it held at the other.`,
        "Choose one place for each disposition in the step about message handling; for this one, release it in both.",
        { about, step: "message-handling" },
      ),
    ];
  if (isSpam)
    return [
      warn(
        "antispam",
        `Taken for spam: ${shown}.`,
        "Look which rule or policy does it, in Microsoft Defender > Email & collaboration > Explorer or the message's details.",
        { about },
      ),
    ];
  const skipped = IPV === "CAL" ? " The address is on your allow list, so spam filtering was skipped." : "";
  return [pass("antispam", `Not spam: ${shown || "no marks"}.${skipped}`, { about })];
}

/** "[SUSPICIOUS] Hello": what was written before the subject. */
const tagIn = (subject: string): string | null =>
  /^\s*(\[[^[\]]{1,40}\]|\{[^{}]{1,40}\}|\*{2,3}[^*]{1,40}\*{2,3})/.exec(subject)?.[1] ?? null;

function subjectCheck({ subject }: Signs, sent: string | null): readonly Check[] {
  if (sent === null || subject === sent) return [];
  const tag = subject.endsWith(sent) ? subject.slice(0, -sent.length).trim() : null;
  return [
    warn(
      "subject",
      tag ? `“${tag}” was written before the subject.` : `The subject was changed: “${subject}”.`,
      "If the vendor's tags do this, they are on: signatures of senders break by it.",
      { about: "Tags" },
    ),
  ];
}

/** `sent`: the subject of our own test message; null for another message, which proves nothing and is only explained. */
export function findingsOf(signs: Signs, vendor: Vendor, sent: string | null): readonly Check[] {
  const isOurs = sent !== null;
  return [
    ...filteringCheck(signs, vendor),
    ...hopChecks(signs, vendor),
    ...spfCheck(signs, vendor, isOurs),
    ...dkimCheck(signs),
    ...dmarcCheck(signs),
    ...dispositionChecks(signs, vendor, isOurs),
    ...antispamChecks(signs, vendor),
    ...subjectCheck(signs, sent),
  ];
}
