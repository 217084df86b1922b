/** Who may act for a tenant: by directory role at their last sign-in, or by invitation of somebody who may. */
import { no, ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { GivenRow } from "@/lib/store/given";
import { isActing, namesOfRoles, readsMail, scopeForArrival } from "./access";
import type { Deps } from "./deps";
import type { ActionAnswer, PeopleView, Visitor } from "./views";

/** \p{C}: characters that nobody sees, and that a database may not keep. */
const UPN = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,255}$/u;
const NO_NAME: ActionAnswer = {
  ...no("rejected", "That is not a sign-in name.", { fix: "Use the form name@company.com." }),
  fields: { upn: "Use the form name@company.com." },
};
type Person = PeopleView["people"][number];
type Reader = PeopleView["readers"][number];
type Signed = Awaited<ReturnType<Deps["store"]["sessions"]["live"]>>;

function readersOf(sessions: Signed, people: readonly Person[], given: readonly GivenRow[]): readonly Reader[] {
  const mayAct = (upn: string) => people.some((person) => person.upn.toLowerCase() === upn.toLowerCase());
  const byUpn = new Map<string, Reader>();
  for (const { upn, name, directoryRoles, createdAt } of sessions)
    if (readsMail(directoryRoles) && !byUpn.has(upn))
      byUpn.set(upn, {
        name,
        upn,
        why: namesOfRoles(directoryRoles.filter((id) => readsMail([id]))),
        at: createdAt,
        isGiven: false,
        mayAct: true,
      });
  for (const { upn, by, at } of given)
    if (!byUpn.has(upn)) byUpn.set(upn, { name: upn, upn, why: `given by ${by.name}`, at, isGiven: true, mayAct: mayAct(upn) });
  return [...byUpn.values()];
}

async function peopleOf(deps: Deps, scope: TenantScope): Promise<Pick<PeopleView, "people" | "readers">> {
  const [sessions, invites, given] = await Promise.all([
    deps.store.sessions.live(scope, deps.wall.now()),
    deps.store.invites.list(scope),
    deps.store.mailRights.list(scope),
  ]);
  const byUpn = new Map<string, Person>();
  for (const { upn, name, directoryRoles, createdAt } of sessions) {
    if (!isActing(directoryRoles) || byUpn.has(upn)) continue;
    byUpn.set(upn, { name, upn, why: namesOfRoles(directoryRoles), at: createdAt, isInvited: false });
  }
  for (const { upn, by, at } of invites)
    if (!byUpn.has(upn)) byUpn.set(upn, { name: upn, upn, why: `invited by ${by.name}`, at, isInvited: true });
  const all = [...byUpn.values()];
  return { people: all, readers: readersOf(sessions, all, given) };
}

/** Those who act by a role of their own; neither who was invited, nor staff. */
const mayInvite = (scope: TenantScope, visitor: Visitor): boolean => visitor.hasRole && visitor.tenant === scope.tenant;

/** Those who hold it by a role of their own; whoever it was given to does not pass it on. */
const mayGiveMail = (scope: TenantScope, visitor: Visitor): boolean => visitor.hasMailRole && visitor.tenant === scope.tenant;

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
    const people = tenant ? (await peopleOf(deps, scope)).people : [];
    return ok({ head, people, readers: [], canGiveMail: false });
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
    return ok({ head, ...(await peopleOf(deps, scope)), canGiveMail: mayGiveMail(scope, visitor) });
  };

export const invite =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, raw: string): Promise<ActionAnswer> => {
    const upn = raw.trim().toLowerCase();
    if (!UPN.test(upn)) return NO_NAME;
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

const NOT_YOURS = no("denied", "Only a Global or Security Administrator of the company gives and takes the right to read mail.", {
  fix: "Ask one of them.",
});

export const giveMail =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, raw: string): Promise<ActionAnswer> => {
    const upn = raw.trim().toLowerCase();
    if (!UPN.test(upn)) return NO_NAME;
    if (!mayGiveMail(scope, visitor)) return NOT_YOURS;
    const at = deps.clock.now();
    await deps.store.together(scope, async (store) => {
      await store.mailRights.give(scope, upn, at);
      await store.events.add(scope, { kind: "mail-right-given", at, detail: { upn } });
    });
    return { ok: true, say: `${upn} may read this company’s mail here, once they may also act for it.` };
  };

export const takeMail =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, raw: string): Promise<ActionAnswer> => {
    const upn = raw.trim().toLowerCase();
    if (!mayGiveMail(scope, visitor)) return NOT_YOURS;
    const at = deps.clock.now();
    const hadIt = await deps.store.together(scope, async (store) => {
      if (!UPN.test(upn) || !(await store.mailRights.has(scope, upn))) return false;
      await store.mailRights.revoke(scope, upn, at);
      await store.events.add(scope, { kind: "mail-right-taken", at, detail: { upn } });
      return true;
    });
    return hadIt
      ? { ok: true, say: "The right to read mail was taken back." }
      : no("gone", "Nobody by that name was given the right.", { fix: "Load the page again." });
  };
