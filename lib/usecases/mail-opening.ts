/** The vendor's record of a company's mail: opened with the company's token, and every look written down. */
import { no, ok, type Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { MailScope } from "@/lib/model/scope";
import { cloudflareAccess } from "./cloudflare-access";
import { unopened } from "./cloudflare-token";
import type { Deps } from "./deps";

const NO_TOKEN = no("not-asked", "Cutover has no Cloudflare API token of yours, so it cannot see your mail there.", {
  fix: "Enter one on the page “Cloudflare”.",
});
const NO_ACCOUNT = no("not-asked", "It is not known yet which Cloudflare account the token is for.", {
  fix: "Choose the account on the page “Cloudflare”.",
});

export async function mailAccess(deps: Deps, { tenant }: MailScope): Promise<Result<CloudflareAccess>> {
  const held = await deps.store.cloudflareTokens.find(tenant);
  if (held === null) return NO_TOKEN;
  const access = cloudflareAccess(deps, tenant, held);
  if (access) return ok(access);
  const problem = unopened(deps, tenant, held);
  return problem ? { ok: false, problem } : NO_ACCOUNT;
}

/** Kinds whose every single act is written down, with the vendor's id of the message. */
type Act = "mail-seen" | "mail-picture" | "mail-downloaded";

export const noteAct = (deps: Deps, { tenant }: MailScope, kind: Act, message: string): Promise<void> =>
  deps.store.events.add(tenant, { kind, at: deps.clock.now(), detail: { message } });

/** The vendor's ids are plain (letters, digits, hyphens, colons); anything else that somebody types names nothing. */
const ID = /^[\x21-\x7e]{1,300}$/;
export const NO_MESSAGE = no("gone", "There is no such message.", { fix: "Search for it again." });
export const isMessageId = (id: string): boolean => ID.test(id);
