/** What the page of the Cloudflare token shows: what it needs, what was found out about it, and which steps use it. Never the token. */
import { ok, type Result } from "@/lib/base/result";
import { PERMISSION_IDS, PERMISSIONS, type PermissionId } from "@/lib/model/cloudflare-token";
import type { TenantScope } from "@/lib/model/scope";
import { catalogue } from "@/lib/steps/index";
import { kindsOf } from "@/lib/steps/permissions";
import type { CloudflareTokenRow } from "@/lib/store/cloudflare-tokens";
import { unopened } from "./cloudflare-token";
import type { Deps } from "./deps";
import { loadSetup, type Setup } from "./setup";
import { headOf, hrefOf } from "./show";
import type { CloudflareView, Visitor } from "./views";

function stepsWith(setup: Setup, id: PermissionId): CloudflareView["permissions"][number]["steps"] {
  const { kind } = PERMISSIONS[id];
  return catalogue
    .filter((step) => kindsOf(step.queries(setup.settings(step), setup.profile)).includes(kind))
    .map((step) => ({ title: step.texts(setup.profile).title, href: hrefOf(setup.scope, step) }));
}

function permissionOf(setup: Setup, id: PermissionId): CloudflareView["permissions"][number] {
  const found = setup.stored.cloudflareToken?.found.permissions.find((one) => one.id === id);
  const steps = stepsWith(setup, id);
  return { name: PERMISSIONS[id].name, state: found?.state ?? "needed", say: found?.say ?? "", steps };
}

function heldOf(deps: Deps, scope: TenantScope, row: CloudflareTokenRow): CloudflareView["token"] {
  const { lastFour, accountId, found, by, enteredAt, verifiedAt } = row;
  return {
    lastFour,
    account: accountId === null ? null : { id: accountId, name: found.accountName },
    accounts: found.accounts,
    by: by.name,
    isByStaff: by.kind === "staff",
    enteredAt,
    verifiedAt,
    expiresAt: found.expiresAt,
    problem: unopened(deps, scope, row) ?? found.problem,
  };
}

export const cloudflarePage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<CloudflareView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const row = setup.value.stored.cloudflareToken;
    return ok({
      head: headOf(setup.value, visitor),
      token: row && heldOf(deps, scope, row),
      permissions: PERMISSION_IDS.map((id) => permissionOf(setup.value, id)),
    });
  };
