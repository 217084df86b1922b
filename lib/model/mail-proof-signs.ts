/** The few headers that say how a message was judged, read into plain values: the vendor's disposition, Microsoft's view of the sender, its anti-spam report. */
import { firstOf, type Header, valuesOf } from "./mail-proof-headers";
import { type Hop, hopsIn, type Vendor } from "./mail-proof-hops";

export type Judgement = { readonly result: string; readonly about: string; readonly detail: string };
export type Signs = {
  readonly messageId: string | null;
  readonly subject: string;
  readonly hops: readonly Hop[];
  /** "UCE" is the vendor's word for spam. `header`: which of its names it stands under. */
  readonly disposition: { readonly header: string; readonly value: string } | null;
  readonly attributes: readonly string[];
  readonly spf: (Judgement & { readonly ip: string | null }) | null;
  readonly dkim: Judgement | null;
  readonly dmarc: Judgement | null;
  /** Both are written by enhanced filtering alone, and hold the address it took for the sender's. */
  readonly skipListed: string | null;
  readonly originalSender: string | null;
  /** X-Forefront-Antispam-Report: SCL, SFV, IPV, CAT and the rest. */
  readonly antispam: Readonly<Record<string, string>> | null;
};

export const DISPOSITION_HEADERS = ["X-CFEmailSecurity-Disposition", "X-Area1Security-Disposition"] as const;
const ATTRIBUTE_HEADERS = ["X-CFEmailSecurity-Attribute", "X-Area1Security-Attribute"] as const;
const MOST_ATTRIBUTES = 20;

const short = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function dispositionIn(headers: readonly Header[]): Signs["disposition"] {
  for (const header of DISPOSITION_HEADERS) {
    const value = firstOf(headers, header);
    if (value !== null && value !== "") return { header, value: short(value.toUpperCase()) };
  }
  return null;
}

/** One method of Authentication-Results (RFC 8601): "spf=fail (sender IP is 1.2.3.4) smtp.mailfrom=a.example". */
function method(results: string, name: string, about: string): Judgement | null {
  const [, result, rest] = new RegExp(`(?:^|[;\\s])${name}\\s*=\\s*([a-z]{1,20})\\b([^;]{0,500})`, "i").exec(results) ?? [];
  if (result === undefined || rest === undefined) return null;
  const subject = new RegExp(`${about}=([^;\\s]{1,255})`, "i").exec(results)?.[1] ?? "";
  return { result: result.toLowerCase(), about: subject.toLowerCase(), detail: short(/\(([^()]{1,300})\)/.exec(rest)?.[1] ?? "") };
}

/** Microsoft names the address it judged; a server before it may have left results of its own, further down. */
function resultsIn(headers: readonly Header[]): string {
  const all = valuesOf(headers, "Authentication-Results");
  return all.find((value) => /sender IP is/i.test(value)) ?? all.find((value) => /\bspf\s*=/i.test(value)) ?? "";
}

function spfIn(results: string): Signs["spf"] {
  const spf = method(results, "spf", "smtp\\.mailfrom");
  return spf && { ...spf, ip: /sender IP is\s+([0-9a-f.:]{2,45})/i.exec(results)?.[1] ?? null };
}

/** "ip=[203.0.113.7];domain=mail.example" */
function addressIn(value: string | null): string | null {
  return value === null ? null : (/ip=\[?([0-9a-f.:]{2,45})\]?/i.exec(value)?.[1] ?? short(value));
}

function reportIn(value: string | null): Signs["antispam"] {
  if (value === null) return null;
  const parts = value.split(";").slice(0, 60);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, name, said] = /^\s*([A-Z]{1,12}):\s*(.*?)\s*$/s.exec(part) ?? [];
      return name === undefined || said === undefined ? [] : [[name, short(said)]];
    }),
  );
}

/** Encoded words (RFC 2047) are left as they are: our own subject has none. */
export function signsIn(headers: readonly Header[], vendor: Vendor): Signs {
  const results = resultsIn(headers);
  return {
    messageId: firstOf(headers, "Message-ID"),
    subject: short(firstOf(headers, "Subject") ?? ""),
    hops: hopsIn(headers, vendor),
    disposition: dispositionIn(headers),
    attributes: ATTRIBUTE_HEADERS.flatMap((name) => valuesOf(headers, name))
      .slice(0, MOST_ATTRIBUTES)
      .map(short),
    spf: spfIn(results),
    dkim: method(results, "dkim", "header\\.d"),
    dmarc: method(results, "dmarc", "header\\.from"),
    skipListed: addressIn(firstOf(headers, "X-MS-Exchange-SkipListedInternetSender")),
    originalSender: addressIn(firstOf(headers, "X-MS-Exchange-ExternalOriginalInternetSender")),
    antispam: reportIn(firstOf(headers, "X-Forefront-Antispam-Report")),
  };
}
