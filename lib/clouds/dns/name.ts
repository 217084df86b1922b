/** Domain names as DNS takes them: lower case, punycode, no final dot; anything else is refused before it is asked. */
import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { no, ok, type Result } from "@/lib/base/result";

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** Names of records that are no hosts may have it: _spf.google.com. */
const RECORD_LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const LONGEST_NAME = 253;

const refuse = (said: string, why: string) =>
  no("rejected", `“${said.length > 80 ? `${said.slice(0, 80)}…` : said}” is not a domain name: ${why}.`, { fix: "Check its spelling." });

/** A name somebody typed or a service gave. */
export function domainName(said: string, of: "host" | "record" = "host"): Result<string> {
  const text = said.trim().replace(/\.$/, "");
  // domainToASCII forgives paths, escapes and e-mail addresses by cutting them off; a name with those in it was never a name.
  if (text === "" || /[\s/\\@%:?#[\]*]/.test(text)) return refuse(said, "it has characters that no domain name has");
  const name = domainToASCII(text);
  if (name === "") return refuse(said, "it has characters that no domain name has");
  if (isIP(name) !== 0) return refuse(said, "it is an address");
  if (name.length > LONGEST_NAME) return refuse(said, `it is longer than ${LONGEST_NAME} characters`);
  const labels = name.split(".");
  if (labels.length < 2) return refuse(said, "it has no dot");
  if (labels.some((label) => label.length > 63)) return refuse(said, "one of its parts is longer than 63 characters");
  const shape = of === "host" ? LABEL : RECORD_LABEL;
  return labels.every((label) => shape.test(label))
    ? ok(name)
    : refuse(said, "one of its parts is not made of letters, digits and hyphens");
}

/** RFC 1035 5.1: an octet that is no printable character is written as a backslash and its number; a database keeps no NUL. */
const escaped = (character: string): string => `\\${character.charCodeAt(0).toString().padStart(3, "0")}`;

/** A name out of an answer: as data, without judging it. */
export const spelled = (name: string): string =>
  name === "."
    ? "."
    : name
        .toLowerCase()
        .replace(/\.$/, "")
        .replace(/[\0-\x20\x7f]/g, escaped);

/** Whether `name` is `zone` or lies in it. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);
