/** SMTP answers out of bytes: bounded in length and lines, and refused when they are anything else. */

export type Reply = {
  readonly code: number;
  /** What stands behind the code on each line. */
  readonly lines: readonly string[];
};
/** `used`: how many bytes the answer took; what follows belongs to the next one. */
export type Read = { readonly reply: Reply; readonly used: number } | "more" | "flood" | "garbled";

/** RFC 5321 4.5.3.1.5 allows 512 a line; real servers are a little longer, none by a multiple. */
export const MOST_BYTES = 8_192;
const MOST_LINES = 100;
const LINE_KEPT = 500;
const LINE_FEED = 0x0a;

const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/u;

/** Without control characters: it is shown to people and kept in a database. */
const cleaned = (bytes: Buffer): string =>
  bytes
    .toString("utf8")
    .replace(/\r$/, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ");

/** The first answer in `bytes` (RFC 5321 4.2.1): lines of one code, joined by hyphens, the last with a space. */
export function readReply(bytes: Buffer): Read {
  const lines: string[] = [];
  let first = "";
  for (let from = 0; ; ) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (end > MOST_BYTES || (end === -1 && bytes.length > MOST_BYTES) || lines.length >= MOST_LINES) return "flood";
    if (end === -1) return "more";
    const [, code, more, text] = LINE.exec(cleaned(bytes.subarray(from, Math.min(end, from + LINE_KEPT)))) ?? [];
    if (code === undefined || (first !== "" && code !== first)) return "garbled";
    first = code;
    lines.push((text ?? "").trim());
    from = end + 1;
    if (more !== "-") return { reply: { code: Number(code), lines }, used: from };
  }
}

/** In one line, as people know it from bounces: "5.7.51 TenantInboundAttribution; …". */
export const textOf = ({ lines }: Reply): string => lines.filter((line) => line !== "").join(" ");

/** What an answer to EHLO offers: the first word of each line but the first, which is a greeting. */
export const offers = ({ lines }: Reply, extension: string): boolean =>
  lines.slice(1).some((line) => line.split(" ")[0]?.toUpperCase() === extension);
