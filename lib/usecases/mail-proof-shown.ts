/** A proof as its page shows it: both ways as pictures, what they prove, and what the pasted headers say. */

import { isSent, LEGS, type LegName, type Proof } from "@/lib/model/mail-proof";
import { findingsOf } from "@/lib/model/mail-proof-findings";
import { MOST_CHARS, readHeaders } from "@/lib/model/mail-proof-headers";
import type { Hop, Vendor } from "@/lib/model/mail-proof-hops";
import { pathOf } from "@/lib/model/mail-proof-path";
import { type Signs, signsIn } from "@/lib/model/mail-proof-signs";
import { verdictsOf } from "@/lib/model/mail-proof-verdicts";
import type { PastedView, ProofView } from "@/lib/model/mail-proof-view";
import { quoted } from "@/lib/model/powershell/literal";

const same = (a: string | null, b: string): boolean => a !== null && a.trim().toLowerCase() === b.toLowerCase();
/** Whose headers these are: only a Message-ID of ours is proof. */
export const legOf = (proof: Proof, { messageId }: Signs): LegName | null =>
  LEGS.find((name) => same(messageId, proof.legs[name].messageId)) ?? null;

const NO = "not there";
function signsTable({ disposition, attributes, skipListed, originalSender, spf, dkim, dmarc, antispam }: Signs, vendor: Vendor) {
  const judged = [
    spf && `spf=${spf.result}${spf.ip ? ` (${spf.ip})` : ""}`,
    dkim && `dkim=${dkim.result}`,
    dmarc && `dmarc=${dmarc.result}`,
  ];
  const report = antispam ? ["SCL", "SFV", "IPV", "CAT"].flatMap((name) => (antispam[name] ? [`${name}:${antispam[name]}`] : [])) : [];
  return {
    title: "What decides",
    columns: ["Header", "Says"],
    rows: [
      [disposition?.header ?? vendor.header, disposition?.value ?? NO],
      ...attributes.map((attribute) => ["Attribute", attribute]),
      ["X-MS-Exchange-SkipListedInternetSender", skipListed ?? NO],
      ["X-MS-Exchange-ExternalOriginalInternetSender", originalSender ?? NO],
      ["Authentication-Results", judged.filter(Boolean).join(", ") || NO],
      ["X-Forefront-Antispam-Report", report.join(", ") || NO],
    ],
  };
}

const WHOSE = (vendor: Vendor): Readonly<Record<Hop["whose"], string>> => ({
  vendor: vendor.name,
  microsoft: "Microsoft",
  other: "Somebody else",
});
const delay = (ms: number | null): string => (ms === null ? "" : `${Math.round(ms / 1000)} s`);
const moment = (at: number | null): string => (at === null ? "" : new Date(at).toISOString().slice(0, 19).replace("T", " "));
const hopsTable = (hops: readonly Hop[], vendor: Vendor) => ({
  title: "Servers it came through, oldest first",
  columns: ["Server", "Whose", "Got it from", "At (UTC)", "After"],
  rows: hops.map((hop) => [
    hop.by,
    WHOSE(vendor)[hop.whose],
    [hop.from, hop.ip ?? ""].filter(Boolean).join(" "),
    moment(hop.at),
    delay(hop.delayMs),
  ]),
});

type Read = { readonly view: PastedView; readonly signs: Signs; readonly leg: LegName | null };
function read(proof: Proof, vendor: Vendor): Read | null {
  if (!proof.pasted) return null;
  const { headers, isCut } = readHeaders(proof.pasted.text);
  const signs = signsIn(headers, vendor);
  const leg = legOf(proof, signs);
  const { hops, subject } = signs;
  const view = {
    at: proof.pasted.at,
    by: proof.pasted.by,
    leg,
    subject,
    isCut: isCut || proof.pasted.text.length >= MOST_CHARS,
    tables: [signsTable(signs, vendor), ...(hops.length > 0 ? [hopsTable(hops, vendor)] : [])],
    checks: findingsOf(signs, vendor, leg === null ? null : proof.legs[leg].subject),
  };
  return { view, signs, leg };
}

const commandOf = ({ legs }: Proof): string =>
  [
    `$found = Get-MessageTraceV2 -MessageId ${LEGS.map((name) => quoted(legs[name].messageId, "screen")).join(", ")}`,
    "$found | Format-List Received, SenderAddress, RecipientAddress, FromIP, Status, MessageId",
    "$found | ForEach-Object { Get-MessageTraceDetailV2 -MessageTraceId $_.MessageTraceId -RecipientAddress $_.RecipientAddress } | Format-List Date, Event, Detail, Data",
  ].join("\n");

export function shownProof(proof: Proof, vendor: Vendor): ProofView {
  const pasted = read(proof, vendor);
  const isSeen = (name: LegName) => pasted?.leg === name;
  return {
    id: proof.id,
    madeAt: proof.madeAt,
    by: proof.by.name,
    address: proof.address,
    isOpen: proof.isOpen,
    isSending: proof.isOpen && !isSent(proof.legs),
    paths: LEGS.map((name) => pathOf(proof, proof.legs[name], vendor, isSeen(name) ? (pasted?.signs ?? null) : null)),
    checks: verdictsOf(proof, vendor, { mx: isSeen("mx"), direct: isSeen("direct") }),
    command: commandOf(proof),
    pasted: pasted?.view ?? null,
  };
}
