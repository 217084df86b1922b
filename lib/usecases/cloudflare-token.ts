/** The API token of the customer's Cloudflare account: entered, looked at again, taken out. What is shown of it is its last four characters. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Verified } from "@/lib/model/cloudflare-token";
import type { TenantScope } from "@/lib/model/scope";
import type { CloudflareTokenRow, TokenFound } from "@/lib/store/cloudflare-tokens";
import { openToken, sealToken } from "./cloudflare-access";
import type { Deps } from "./deps";
import type { ActionAnswer } from "./views";

/** 40 signs today; "may change" (Cloudflare's page on token formats). Nothing that could end a header line gets through. */
const TOKEN = /^[\w.~+/=-]{30,300}$/;
const GLOBAL_KEY = /^[0-9a-f]{37}$/;
const ACCOUNT_ID = /^[0-9a-f]{32}$/;

/** As it is pasted: with the word of the header before it, or in quotes. */
const cleaned = (raw: string): string =>
  raw
    .trim()
    .replace(/^bearer\s+/i, "")
    .replace(/^(["'`])(.*)\1$/, "$2")
    .trim();

const wrong = (say: string, fields: Readonly<Record<string, string>>, fix?: string): ActionAnswer => ({
  ...no("rejected", say, fix === undefined ? {} : { fix }),
  fields,
});

function whyNoToken(token: string): ActionAnswer | null {
  if (token === "") return wrong("No token was entered. Nothing was saved.", { token: "Paste the token" });
  if (GLOBAL_KEY.test(token))
    return wrong(
      "This looks like the Global API Key, which may do everything in every account of yours. Cutover does not take it.",
      { token: "Make a token with the permissions listed on this page" },
      "Create a custom token, and paste that.",
    );
  return TOKEN.test(token)
    ? null
    : wrong("This is not an API token. Nothing was saved.", { token: "Paste the token as Cloudflare showed it" });
}

const NO_ACCOUNT_ID = "Use the 32 letters and digits of the account’s id";

/** null: none was given. */
function accountIn(raw: string): { readonly id: string | null } | null {
  const id = raw.trim().toLowerCase();
  if (id === "") return { id: null };
  return ACCOUNT_ID.test(id) ? { id } : null;
}

const foundOf = ({ account, ...rest }: Verified): TokenFound => ({ ...rest, accountName: account?.name ?? "", problem: null });
const nameOf = ({ account }: Verified): string => account?.name || account?.id || "";
const lacking = ({ permissions }: Verified): number => permissions.filter((one) => one.state === "missing").length;

function sayOf(verified: Verified): string {
  if (verified.account === null) return "Cloudflare accepts the token. Tell which account it is for.";
  const count = lacking(verified);
  return count === 0
    ? "Cloudflare accepts the token."
    : `Cloudflare accepts the token, but it lacks ${count === 1 ? "a permission" : `${count} permissions`}: see the table.`;
}

/** A problem beside the field it is about. */
const refused = (problem: Problem): ActionAnswer => ({
  ok: false,
  problem,
  ...(problem.code === "denied" ? { fields: { token: "Enter a token that Cloudflare accepts" } } : {}),
});

/** Looked at before it is kept; one that Cloudflare does not accept is not kept at all. */
export const enterToken =
  (deps: Deps) =>
  async (scope: TenantScope, raw: { readonly token: string; readonly account: string }): Promise<ActionAnswer> => {
    const token = cleaned(raw.token);
    const odd = whyNoToken(token);
    if (odd) return odd;
    const account = accountIn(raw.account);
    if (!account) return wrong("That is no account id. Nothing was saved.", { account: NO_ACCOUNT_ID });
    const verified = await deps.verifyCloudflareToken(token, account.id);
    if (!verified.ok) return refused(verified.problem);
    const at = deps.clock.now();
    const found = foundOf(verified.value);
    const accountId = verified.value.account?.id ?? null;
    await deps.store.together(scope, async (store) => {
      await store.cloudflareTokens.save(scope, { sealed: sealToken(deps, scope, token), lastFour: token.slice(-4), accountId, found, at });
      await store.events.add(scope, { kind: "token-entered", at, detail: { name: nameOf(verified.value) } });
    });
    return { ok: true, say: sayOf(verified.value) };
  };

const none = () => no("gone", "There is no token here.", { fix: "Load the page again." });
type Held = { readonly row: CloudflareTokenRow; readonly token: string };

async function heldBy(deps: Deps, scope: TenantScope): Promise<Result<Held>> {
  const row = await deps.store.cloudflareTokens.find(scope);
  if (!row) return none();
  const token = openToken(deps, scope, row.sealed);
  return token.ok ? ok({ row, token: token.value }) : token;
}

const replaced = () => no("moved", "Somebody entered another token meanwhile.", { fix: "Load the page again." });

/** Which of the token's accounts it is for; typed, where the token shows none. */
export const chooseAccount =
  (deps: Deps) =>
  async (scope: TenantScope, raw: string): Promise<ActionAnswer> => {
    const account = accountIn(raw);
    if (!account?.id) return wrong("No account was chosen.", { chosen: NO_ACCOUNT_ID });
    const held = await heldBy(deps, scope);
    if (!held.ok) return held;
    const { row, token } = held.value;
    if (row.found.accounts.length > 0 && !row.found.accounts.some((one) => one.id === account.id))
      return wrong("The token does not show this account.", { chosen: "Choose one of the accounts" });
    const verified = await deps.verifyCloudflareToken(token, account.id);
    if (!verified.ok) return verified;
    const at = deps.clock.now();
    // The others stay to choose from: with an account given, Cloudflare shows only that one's zones.
    const found = { ...foundOf(verified.value), accounts: row.found.accounts };
    const isNoted = await deps.store.together(scope, async (store) => {
      if (!(await store.cloudflareTokens.note(scope, { sealed: row.sealed, accountId: account.id, found, at }))) return false;
      await store.events.add(scope, { kind: "token-account-chosen", at, detail: { name: nameOf(verified.value) } });
      return true;
    });
    return isNoted ? { ok: true, say: sayOf(verified.value) } : replaced();
  };

/** A refusal is kept, so that everybody sees it; that Cloudflare did not answer says nothing about the token. */
export const verifyAgain =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<ActionAnswer> => {
    const held = await heldBy(deps, scope);
    if (!held.ok) return held;
    const { row, token } = held.value;
    const verified = await deps.verifyCloudflareToken(token, row.accountId);
    const at = deps.clock.now();
    const note = (found: TokenFound, accountId = row.accountId) =>
      deps.store.cloudflareTokens.note(scope, { sealed: row.sealed, accountId, found, at });
    if (!verified.ok) {
      if (verified.problem.code === "denied") await note({ ...row.found, problem: verified.problem });
      return verified;
    }
    const { accounts } = row.accountId === null ? verified.value : row.found;
    const isNoted = await note({ ...foundOf(verified.value), accounts }, verified.value.account?.id ?? row.accountId);
    return isNoted ? { ok: true, say: sayOf(verified.value) } : replaced();
  };

export const removeToken =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<ActionAnswer> => {
    const at = deps.clock.now();
    const wasThere = await deps.store.together(scope, async (store) => {
      if (!(await store.cloudflareTokens.forget(scope))) return false;
      await store.events.add(scope, { kind: "token-removed", at });
      return true;
    });
    return wasThere
      ? { ok: true, say: "Cutover no longer has the token. It is still good at Cloudflare: delete it there as well." }
      : none();
  };

/** Whether what is held can be opened at all, for the page. */
export const unopened = (deps: Deps, scope: TenantScope, row: CloudflareTokenRow): Problem | null => {
  const token = openToken(deps, scope, row.sealed);
  return token.ok
    ? null
    : { ...token.problem, say: "This server no longer has the key that the token was sealed with.", fix: "Enter the token again." };
};
