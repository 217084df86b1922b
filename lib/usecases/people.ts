/** Who may act for a tenant: by directory role at their last sign-in, or by invitation of somebody who may. */
import { no, ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import { ACTING_ROLES, isActing, scopeForArrival } from "./access";
import type { Deps } from "./deps";
import type { ActionAnswer, PeopleView, Visitor } from "./views";

/** \p{C}: characters that nobody sees, and that a database may not keep. */
const UPN = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,255}$/u;
type Person = PeopleView["people"][number];

async function peopleOf(deps: Deps, scope: TenantScope): Promise<readonly Person[]> {
  const [sessions, invites] = await Promise.all([deps.store.sessions.live(scope, deps.wall.now()), deps.store.invites.list(scope)]);
  const byUpn = new Map<string, Person>();
  for (const { upn, name, directoryRoles, createdAt } of sessions) {
    if (!isActing(directoryRoles) || byUpn.has(upn)) continue;
    const roles = directoryRoles.flatMap((id) => (Object.hasOwn(ACTING_ROLES, id) ? (ACTING_ROLES[id] ?? []) : []));
    byUpn.set(upn, { name, upn, why: roles.join(", "), at: createdAt, isInvited: false });
  }
  for (const { upn, by, at } of invites)
    if (!byUpn.has(upn)) byUpn.set(upn, { name: upn, upn, why: `invited by ${by.name}`, at, isInvited: true });
  return [...byUpn.values()];
}

/** The frame of the page for somebody who may not act: the company's name and who can, nothing else. */
export const peopleForDenied =
  (deps: Deps) =>
  async (visitor: Visitor): Promise<Result<PeopleView>> => {
    const scope = scopeForArrival(visitor);
    const tenant = await deps.store.tenants.find(scope);
    const head = {
      id: visitor.tenant,
      name: tenant?.name ?? visitor.upn.split("@")[1] ?? "",
      access: "unknown" as const,
      isVisit: false,
      visitor,
    };
    return ok({ head, people: tenant ? await peopleOf(deps, scope) : [] });
  };

export const people =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<PeopleView>> => {
    const tenant = await deps.store.tenants.find(scope);
    if (!tenant) return no("gone", "There is nothing here for you.");
    const head = {
      id: scope.tenant,
      name: tenant.name,
      access: tenant.access ?? ("unknown" as const),
      isVisit: visitor.isStaff && visitor.tenant !== scope.tenant,
      visitor,
    };
    return ok({ head, people: await peopleOf(deps, scope) });
  };

/** Those who act by a role of their own; neither who was invited, nor staff. */
const mayInvite = (scope: TenantScope, visitor: Visitor): boolean => visitor.hasRole && visitor.tenant === scope.tenant;

export const invite =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, raw: string): Promise<ActionAnswer> => {
    const upn = raw.trim().toLowerCase();
    if (!UPN.test(upn))
      return {
        ...no("rejected", "That is not a sign-in name.", { fix: "Use the form name@company.com." }),
        fields: { upn: "Use the form name@company.com." },
      };
    if (!mayInvite(scope, visitor))
      return no("denied", "Only somebody with one of the four directory roles can invite.", { fix: "Ask one of them to do it." });
    const at = deps.clock.now();
    await deps.store.together(scope, async (store) => {
      await store.invites.give(scope, upn, at);
      await store.events.add(scope, { kind: "invited", at, detail: { upn } });
    });
    return { ok: true, say: `${upn} may act for this company now.` };
  };

export const uninvite =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, raw: string): Promise<ActionAnswer> => {
    const upn = raw.trim().toLowerCase();
    if (!mayInvite(scope, visitor))
      return no("denied", "Only somebody with one of the four directory roles can take an invitation back.", { fix: "Ask one of them." });
    const at = deps.clock.now();
    const wasInvited = await deps.store.together(scope, async (store) => {
      if (!UPN.test(upn) || !(await store.invites.isInvited(scope, upn))) return false;
      await store.invites.revoke(scope, upn, at);
      await store.events.add(scope, { kind: "uninvited", at, detail: { upn } });
      return true;
    });
    return wasInvited
      ? { ok: true, say: "The invitation was taken back." }
      : no("gone", "Nobody is invited by that name.", { fix: "Load the page again." });
  };
