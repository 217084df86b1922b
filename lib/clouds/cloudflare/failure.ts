/** What a refused request means. Cloudflare's codes decide, then the status; its words are shown, never judged, but for "not entitled", which has no code on record. */
import { z } from "zod";
import { evidenceOf } from "@/lib/base/http";
import type { Problem } from "@/lib/base/result";
import { retryAtOf, throttled } from "./blocks";

export const SERVICE = "Cloudflare";

/** `code` 0 occurs; older DNS errors stand inside a 1004, in `error_chain` (cloudflare-docs#15317). */
const one = z.object({ code: z.coerce.number().catch(0), message: z.string().catch("") });
const error = one.extend({ error_chain: z.array(one).catch([]).default([]) });
const errorsShape = z.array(error).catch([]);

export type Refused = {
  readonly status: number;
  /** The envelope's `errors`, as they came. */
  readonly errors: unknown;
  readonly headers: Readonly<Record<string, string>>;
};
export type Asking = {
  /** What the request needs, as the dashboard calls it: "Zone > DNS > Edit". */
  readonly permission: string;
  readonly isWrite: boolean;
  /** Its texts are bytes, one character each: see byte-wise.ts. */
  readonly isByteWise?: true;
};

type Said = { readonly codes: readonly number[]; readonly text: string };

function saidBy(errors: unknown): Said {
  const all = errorsShape.parse(errors).flatMap(({ error_chain, ...own }) => [own, ...error_chain]);
  return {
    codes: all.map((e) => e.code),
    text: all
      .map((e) => e.message)
      .filter((text) => text !== "")
      .join(" ")
      .slice(0, 600),
  };
}

/** Where a token's permissions are changed. */
const WHERE = "in the Cloudflare dashboard under My Profile > API Tokens";
export const ENTER = "Enter another token on this setup’s page “Cloudflare”.";

const has = (said: Said, ...codes: readonly number[]) => codes.some((code) => said.codes.includes(code));
/** A code of the DNS API that says the record itself is wrong: 9000 to 9099, but 9109, which is about rights; 1004 "DNS Validation Error". */
const isBadRecord = (said: Said) =>
  said.codes.some((code) => code === 1004 || (code >= 9000 && code < 9100) || (code >= 81_000 && code < 82_000));

type Meaning = Pick<Problem, "code" | "say" | "fix">;

function ofRights({ status }: Refused, said: Said, { permission }: Asking): Meaning | null {
  if (/not entitled|entitlement|subscription/i.test(said.text) && status >= 400)
    return {
      code: "denied",
      say: `This Cloudflare account may not use it: ${said.text}`,
      fix: "Ask your contact at Cloudflare to turn Email Security on for the account.",
    };
  if (has(said, 6003, 6111, 1000) || status === 401)
    return { code: "denied", say: "Cloudflare does not accept this API token: it is mistyped, expired or was taken back.", fix: ENTER };
  if (status === 403 || has(said, 10000, 9109) || /requires permission/i.test(said.text))
    return {
      code: "denied",
      say: `Cloudflare refused: the API token lacks the permission ${permission}, or it is for another account or zone.`,
      fix: `Add ${permission} to the token ${WHERE}, and look again.`,
    };
  return null;
}

function ofState({ status }: Refused, said: Said, { isWrite }: Asking): Meaning {
  if (has(said, 81057, 81058, 1061) || status === 409)
    return { code: "exists", say: `It is there already: ${said.text}`, fix: "Look again." };
  if (has(said, 81044) || status === 404)
    return { code: "gone", say: "Cloudflare does not know what we asked for.", fix: "Look again: it may have been removed." };
  if (status >= 500 || status === 408)
    return isWrite
      ? {
          code: "unsure",
          say: "Cloudflare failed in the middle, so we do not know whether it did what we asked.",
          fix: "Look again: what is there now decides.",
        }
      : { code: "unreachable", say: `Cloudflare is not working properly at the moment (${status}).`, fix: "Try again in a few minutes." };
  const why = said.text === "" ? String(status) : said.text;
  return { code: "rejected", say: isBadRecord(said) ? `Cloudflare refused the record: ${why}` : `Cloudflare refused: ${why}` };
}

export function problemOf(refused: Refused, asking: Asking, now: number): Problem {
  const { status, headers } = refused;
  const said = saidBy(refused.errors);
  const codes = said.codes.length > 0 ? { codes: said.codes.join(", ") } : {};
  const evidence = { ...evidenceOf(headers), status: String(status), ...codes, ...(said.text === "" ? {} : { text: said.text }) };
  if (status === 429 || has(said, 10429)) return throttled(retryAtOf(headers, now), evidence);
  return { ...(ofRights(refused, said, asking) ?? ofState(refused, said, asking)), evidence };
}
