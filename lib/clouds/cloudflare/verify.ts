/** What a token is good for, found by reading alone: which accounts it sees, and which of the permissions we need it has. */
import { z } from "zod";
import type { Clock } from "@/lib/base/clock";
import { ok, type Problem, type Result } from "@/lib/base/result";
import { type AccountName, PERMISSIONS, type Permission, type Verified } from "@/lib/model/cloudflare-token";
import { type Came, came, everyPage } from "./call";
import { type Client, type ClientDeps, clientFor } from "./client";
import { ENTER } from "./failure";

const READS = { isWrite: false } as const;
const accountShape = z.object({ id: z.string(), name: z.string().catch("") });
const zoneShape = z.object({ id: z.string(), name: z.string(), status: z.string().catch(""), account: accountShape.nullish() });
type Zone = z.infer<typeof zoneShape>;
const stateShape = z.object({ status: z.string(), expires_on: z.string().nullish() });

type Asker = { readonly client: Client; readonly clock: Clock; readonly token: string };

/** A refusal says something about the token; anything else (no answer, a block) says nothing, and is passed on. */
const isRefusal = ({ code }: Problem): boolean => code === "denied" || code === "gone" || code === "rejected";

function listOf<T>(shape: z.ZodType<T>, answer: Result<readonly unknown[]>): Result<readonly T[]> {
  if (!answer.ok) return isRefusal(answer.problem) ? ok([]) : answer;
  return ok(answer.value.flatMap((one) => shape.safeParse(one).data ?? []));
}

/** A token that belongs to an account, not to a person, is verified there, and cannot list accounts (cloudflare-docs, account-owned tokens). */
const stateOf = (asker: Asker, accountId: string | null): Promise<Result<Came>> => {
  const path = accountId === null ? "/user/tokens/verify" : `/accounts/${encodeURIComponent(accountId)}/tokens/verify`;
  return came(asker, { permission: "", ...READS }, () => asker.client.get(path).asResponse());
};

const TELLS_NOT = "Reading cannot tell whether the token may also change it; the first change will.";

async function emailPermissions({ client, ...asker }: Asker, account: AccountName | null): Promise<Result<readonly Permission[]>> {
  const both = (read: Permission["state"], say: string): readonly Permission[] => [
    { id: "emailRead", state: read, say },
    // Whoever may edit may read: a refused read is a refused edit.
    { id: "emailEdit", state: read === "missing" ? "missing" : "unknown", say: read === "present" ? TELLS_NOT : say },
  ];
  if (account === null) return ok(both("unknown", "Tell first which account it is for."));
  const asking = { permission: PERMISSIONS.emailRead.name, ...READS };
  const answer = await came(asker, asking, () =>
    client.emailSecurity.settings.domains.list({ account_id: account.id, page: 1, per_page: 1 }).asResponse(),
  );
  if (answer.ok) return ok(both("present", ""));
  return isRefusal(answer.problem) ? ok(both("missing", answer.problem.say)) : answer;
}

async function zonePermissions(
  { client, ...asker }: Asker,
  listed: Result<readonly unknown[]>,
  zones: readonly Zone[],
): Promise<Result<readonly Permission[]>> {
  const both = (zone: Pick<Permission, "state" | "say">, dns: Pick<Permission, "state" | "say">): Result<readonly Permission[]> =>
    ok([
      { id: "zoneRead", ...zone },
      { id: "dnsEdit", ...dns },
    ]);
  if (!listed.ok)
    return both({ state: "missing", say: listed.problem.say }, { state: "unknown", say: "Without seeing a zone it cannot be tried." });
  const zone = zones.find((one) => one.status === "active") ?? zones[0];
  const none = "The token shows no zone. That is fine if Cloudflare does not host your domains’ DNS.";
  if (zone === undefined) return both({ state: "unknown", say: none }, { state: "unknown", say: none });
  const asking = { permission: PERMISSIONS.dnsEdit.name, ...READS };
  const answer = await came(asker, asking, () => client.dns.records.list({ zone_id: zone.id, page: 1, per_page: 1 }).asResponse());
  if (!answer.ok && !isRefusal(answer.problem)) return answer;
  const dns = answer.ok
    ? ({ state: "unknown", say: `The records of ${zone.name} can be read. ${TELLS_NOT}` } as const)
    : ({ state: "missing", say: `The records of ${zone.name} cannot be read.` } as const);
  return both({ state: "present", say: "" }, dns);
}

const unlike = <T extends AccountName>(all: readonly T[]): readonly AccountName[] => [
  ...new Map(all.map(({ id, name }) => [id, { id, name }])).values(),
];

/** Whether the token is a token at all: it says so itself, or something answers to it. */
function unaccepted(state: Result<Came>, hasAnswer: boolean): Problem | null {
  const said = state.ok ? stateShape.safeParse(state.value.result).data : undefined;
  if (said !== undefined && said.status !== "active")
    return { code: "denied", say: `Cloudflare says that this token is ${said.status}.`, fix: ENTER };
  if (state.ok || hasAnswer) return null;
  if (!isRefusal(state.problem)) return state.problem;
  return {
    code: "denied",
    say: "Cloudflare does not accept this token: it is mistyped, expired or was taken back, or it belongs to an account whose id you have to give with it.",
    fix: "Copy the token again from where it was made; Cloudflare shows it only once.",
    ...(state.problem.evidence ? { evidence: state.problem.evidence } : {}),
  };
}

const expiryOf = (state: Result<Came>): number | null => {
  const at = state.ok ? Date.parse(stateShape.safeParse(state.value.result).data?.expires_on ?? "") : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** @param accountId what the person says it is for; null: the only account that it shows. */
export async function verify(deps: ClientDeps, token: string, accountId: string | null): Promise<Result<Verified>> {
  const asker: Asker = { client: clientFor(deps, token), clock: deps.clock, token };
  const { client } = asker;
  const narrowed = accountId === null ? {} : { account: { id: accountId } };
  const [own, ofAccount, accountPages, zonePages] = await Promise.all([
    stateOf(asker, null),
    accountId === null ? null : stateOf(asker, accountId),
    everyPage(asker, "Account > Account Settings > Read", (page) => client.accounts.list({ page, per_page: 50 })),
    everyPage(asker, PERMISSIONS.zoneRead.name, (page) => client.zones.list({ page, per_page: 50, ...narrowed })),
  ]);
  const [listed, zones] = [listOf(accountShape, accountPages), listOf(zoneShape, zonePages)];
  if (!listed.ok) return listed;
  if (!zones.ok) return zones;
  const accounts = unlike([...zones.value.flatMap((zone) => zone.account ?? []), ...listed.value]);
  const state = !own.ok && ofAccount !== null ? ofAccount : own;
  const problem = unaccepted(state, accounts.length > 0);
  if (problem) return { ok: false, problem };
  const only = accounts.length === 1 ? (accounts[0] ?? null) : null;
  const account = accountId === null ? only : (accounts.find((one) => one.id === accountId) ?? { id: accountId, name: "" });
  const [email, zone] = await Promise.all([emailPermissions(asker, account), zonePermissions(asker, zonePages, zones.value)]);
  if (!email.ok) return email;
  if (!zone.ok) return zone;
  return ok({ accounts, account, expiresAt: expiryOf(state), permissions: [...email.value, ...zone.value] });
}
