/** The vendor's judgement of a message and how it writes it down: header, subject and body tags. */
import { headerOf, headersOf, withBodyPrefix, withHeaders, withSubjectPrefix } from "./headers";

export const dispositions = ["MALICIOUS", "MALICIOUS-BEC", "SUSPICIOUS", "SPOOF", "SPAM", "BULK", "NONE"] as const;
export type Disposition = (typeof dispositions)[number];

/** The header X-Sandbox-Verdict says what the vendor is to think; without one the message is clean. */
export function dispositionOf(raw: string): Disposition {
  const asked = headerOf(headersOf(raw), "X-Sandbox-Verdict")?.toUpperCase();
  return dispositions.find((one) => one === asked) ?? "NONE";
}

export type Marking = { product: string; tags: Record<string, { subject?: string; body?: string }> };

/** SPAM is written UCE; a clean message gets no header (facts: product 5). */
export function tagged(raw: string, disposition: Disposition, { product, tags }: Marking): string {
  if (disposition === "NONE") return raw;
  const { subject, body } = tags[disposition] ?? {};
  const withBody = body === undefined ? raw : withBodyPrefix(raw, body);
  const withSubject = subject === undefined ? withBody : withSubjectPrefix(withBody, `${subject} `);
  const name = product === "area1" ? "X-Area1Security-Disposition" : "X-CFEmailSecurity-Disposition";
  return withHeaders(withSubject, [{ name, value: disposition === "SPAM" ? "UCE" : disposition }]);
}
