/** Who is it, and may they: the only place that gives out the right to touch a tenant's data. */
import { createHash } from "node:crypto";
import { no, ok, type Result } from "@/lib/base/result";
import { type Actor, MailScope, TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import type { Visitor } from "./views";

/** Template ids of the directory roles whose holders may act (steps.md 1): Global, Exchange, Security, Privileged Role Administrator. */
export const ACTING_ROLES: Readonly<Record<string, string>> = {
  "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
  "29232cdf-9323-42fd-ade2-1d097af3e4de": "Exchange Administrator",
  "194ae4cb-b126-40b2-bd5b-6091b380977d": "Security Administrator",
  "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
};
/** Holders read quarantined mail at Microsoft as well, so they may here; to everybody else the right is given by one of them. */
const MAIL_ROLES: readonly string[] = ["62e90394-69f5-4237-9190-012177145e10", "194ae4cb-b126-40b2-bd5b-6091b380977d"];
const STAFF_ROLE = "Support.Staff";
const TENANT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const SESSION = {
  /** Signed out after half a day without a click, after a week in any case; the cookie's value changes every hour. */
  idleMs: 12 * 3_600_000,
  absoluteMs: 7 * 86_400_000,
  rotateMs: 3_600_000,
  /** How long the value before stays good: requests already under way carry it. */
  graceMs: 60_000,
} as const;

export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

type Person = {
  readonly tenant: string;
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  readonly directoryRoles: readonly string[];
  readonly appRoles: readonly string[];
};

export const isActing = (directoryRoles: readonly string[]): boolean => directoryRoles.some((role) => Object.hasOwn(ACTING_ROLES, role));

/** Of the roles that may act. */
export const namesOfRoles = (directoryRoles: readonly string[]): string =>
  directoryRoles.flatMap((id) => (Object.hasOwn(ACTING_ROLES, id) ? (ACTING_ROLES[id] ?? []) : [])).join(", ");

/** Whether these directory roles let somebody read mail of their own company. */
export const readsMail = (directoryRoles: readonly string[]): boolean => directoryRoles.some((role) => MAIL_ROLES.includes(role));

export const visitorOf = (deps: Deps, person: Person): Visitor => ({
  tenant: person.tenant,
  oid: person.oid,
  name: person.name,
  upn: person.upn,
  isStaff: person.tenant === deps.operatorTenant && person.appRoles.includes(STAFF_ROLE),
  hasRole: isActing(person.directoryRoles),
  hasMailRole: readsMail(person.directoryRoles),
});

export const actorOf = (visitor: Visitor): Actor => ({ kind: visitor.isStaff ? "staff" : "admin", id: visitor.oid, name: visitor.name });

const job = (name: string): Actor => ({ kind: "system", id: name, name: "Cutover" });
export const SWEEP: Actor = job("due");

/** For a job that was given a tenant by the database. */
export const scopeForJob = (tenant: string, name: string): TenantScope => TenantScope.mint(tenant, job(name));

/** For a job that carries out what somebody with the right to mail agreed to. */
export const mailScopeForJob = (tenant: string, name: string): MailScope => MailScope.mint(scopeForJob(tenant, name));

/** A run acts in the name of whoever agreed to it. */
export const scopeForRun = (tenant: string, agreedBy: Actor): TenantScope => TenantScope.mint(tenant, agreedBy);

/** For the moment of signing in: the person's own tenant, as the verified token says. */
export const scopeForArrival = (visitor: Visitor): TenantScope => TenantScope.mint(visitor.tenant, actorOf(visitor));

/** Words for an outsider, who must not learn whether a tenant exists. */
const notFound = () =>
  no("gone", "There is nothing here for you.", { fix: "Check the address, or sign in with an account of the company." });

const VISIT_MS = 3_600_000;

/** Staff in a customer's setup: the customer sees that they came, once an hour at the most. */
async function visit(deps: Deps, scope: TenantScope): Promise<Result<TenantScope>> {
  if (!(await deps.store.tenants.find(scope))) return notFound();
  const now = deps.clock.now();
  const [last] = await deps.store.events.list(scope, { kinds: ["visited"], limit: 1 });
  const isNew = !last || last.actor.id !== scope.actor.id || now - last.at > VISIT_MS;
  if (isNew) await deps.store.events.add(scope, { kind: "visited", at: now });
  return ok(scope);
}

/**
 * @returns the scope; `denied` for somebody of the same tenant who may not act; `gone` for everybody else.
 */
export const open =
  (deps: Deps) =>
  async (visitor: Visitor | null, tenant: string): Promise<Result<TenantScope>> => {
    if (!visitor || !TENANT_ID.test(tenant)) return notFound();
    const scope = TenantScope.mint(tenant, actorOf(visitor));
    if (visitor.isStaff && tenant !== visitor.tenant) return visit(deps, scope);
    if (tenant !== visitor.tenant) return notFound();
    if (visitor.hasRole || (await deps.store.invites.isInvited(scope, visitor.upn))) return ok(scope);
    return no("denied", "Your account may not change mail settings for your company.", {
      fix: "Ask one of the people below to invite you, or to do it themselves.",
    });
  };

/**
 * The right to read mail is one of its own: who may change settings does not hold it by that, and staff do not hold it in a customer's setup.
 * @returns `gone` to outsiders, `denied` to those of the tenant, and to staff, who may not.
 */
export const openMail =
  (deps: Deps) =>
  async (visitor: Visitor | null, tenant: string): Promise<Result<MailScope>> => {
    const opened = await open(deps)(visitor, tenant);
    if (!opened.ok || !visitor) return opened.ok ? notFound() : opened;
    if (visitor.tenant !== tenant)
      return no("denied", "Reading a customer’s mail is a right of its own, and staff do not have it.", {
        fix: "Ask somebody of the company to look, and to tell you what is needed.",
      });
    if (visitor.hasMailRole || (await deps.store.mailRights.has(opened.value, visitor.upn))) return ok(MailScope.mint(opened.value));
    return no("denied", "You may change mail settings for your company, but not read its mail.", {
      fix: "Ask a Global Administrator or Security Administrator to give you that right on the page “People”.",
    });
  };
