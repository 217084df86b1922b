/** A domain as a person types it, turned into the form DNS uses, or a clear sentence about what is wrong with it. */
import { domainToASCII } from "node:url";
import { z } from "zod";

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** What people paste instead of a domain. */
function whyNotADomain(text: string): string | null {
  if (text === "") return "Enter a domain, such as contoso.com.";
  if (text.includes("@")) return `“${shown(text)}” is an email address. Enter only what comes after the @.`;
  if (/[/:]/.test(text)) return `“${shown(text)}” is a web address. Enter only the domain, such as contoso.com.`;
  if (/[\s,;]/.test(text)) return `“${shown(text)}” is more than one word. Enter one domain on each line.`;
  return null;
}

function whyNotLabels(text: string, ascii: string): string | null {
  const labels = ascii.split(".");
  const long = labels.find((label) => label.length > 63);
  if (long) return `A part of “${shown(text)}” is ${long.length} characters long. A part of a domain has at most 63.`;
  if (ascii.length > 253) return `“${shown(text)}” is ${ascii.length} characters long. A domain has at most 253.`;
  if (labels.length < 2) return `“${shown(text)}” has no ending. Enter the whole domain, such as contoso.com.`;
  if (labels.some((label) => label === "")) return `“${shown(text)}” has two dots in a row, or begins with one.`;
  if (labels.every((label) => /^\d+$/.test(label))) return `“${shown(text)}” is an IP address. Enter a domain, such as contoso.com.`;
  const odd = labels.find((label) => !/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label));
  return odd === undefined ? null : `“${shown(odd)}” cannot be part of a domain: only letters, digits and hyphens inside it can.`;
}

/** Letters of any script become what DNS uses: müller.example is xn--mller-kva.example. */
function asciiOf(text: string): string {
  const plain = text.toLowerCase();
  return [...plain].every((letter) => letter <= "\x7f") ? plain : domainToASCII(plain);
}

/** Parses one domain. @returns the name in DNS form, lower case, without the final dot. */
export const domainName = z.string("Enter a domain, such as contoso.com.").transform((typed, ctx): string => {
  const text = typed.trim().replace(/\.$/, "");
  const ascii = asciiOf(text);
  const why = whyNotADomain(text) ?? (ascii === "" ? `“${shown(text)}” is not a domain that DNS can look up.` : whyNotLabels(text, ascii));
  if (why === null) return ascii;
  ctx.addIssue(why);
  return z.NEVER;
});

/** More than this is a pasted file, not a list of domains. */
const MOST_DOMAINS = 1000;

const lines = (typed: unknown): unknown => {
  if (Array.isArray(typed)) return typed.filter((one) => one !== "");
  return typeof typed === "string" ? typed.split(/[\s,;]+/).filter((one) => one !== "") : typed;
};

/** A list of domains: ticked boxes, or text with one on each line. Each once, in the order given. */
export const domainList = z
  .preprocess(lines, z.array(domainName).max(MOST_DOMAINS, `That is more than ${MOST_DOMAINS} domains. Choose fewer at a time.`))
  .transform((all) => [...new Set(all)]);
