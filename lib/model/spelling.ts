/** Spellings of the services, turned into ours: used by the nouns and nowhere else. */
import { z } from "zod";

/** Null, a scalar or an array: a list of text. */
export const list = z.preprocess((v) => (v === null || v === undefined ? [] : Array.isArray(v) ? v : [v]), z.array(z.string()));

/** An enumeration whose case the service does not keep. */
export const word = <T extends string>(...words: readonly T[]) =>
  z.string().transform((said, ctx): T => {
    const known = words.find((w) => w.toLowerCase() === said.toLowerCase());
    if (known === undefined) ctx.addIssue(`${said} is not a word we know`);
    return known ?? z.NEVER;
  });

/** Some answers write booleans as text. */
export const flag = z.preprocess((v) => (typeof v === "string" ? v.toLowerCase() === "true" : (v ?? false)), z.boolean());

/** Nothing is written as null, as an empty text, or not at all. */
export const textOrNull = z.preprocess((v) => (v === "" ? null : (v ?? null)), z.string().nullable());

/** `smtp:contoso.com;1` is how Exchange shows a sender domain. */
export const senderDomains = list.transform((all) => all.map((d) => d.replace(/^smtp:/i, "").replace(/;\d+$/, "")));

/** What every Exchange object carries. */
export const head = { Guid: z.string(), Name: z.string() };
