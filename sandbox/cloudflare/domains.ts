/** The operations of email-security/settings/domains. */

import { isRecord } from "../openapi";
import type { SecuredDomain } from "../tenant";
import type { Context, Operations } from "./context";
import { type Answer, Refusal, refusals } from "./errors";
import { ordered, paged } from "./paging";
import { changed, newDomain, replaced, settingFaults, shownDomain, type Wanted } from "./secured-domain";
import { shownVerification, verify } from "./verification";

function looked(context: Context): SecuredDomain[] {
  for (const secured of context.account.domains) verify(context.world, secured);
  return context.account.domains;
}

function list(context: Context): Answer {
  const { query, world, tenant } = context;
  const one = (name: string, test: (secured: SecuredDomain, wanted: string) => boolean) => {
    const wanted = query.get(name);
    return (secured: SecuredDomain) => wanted === null || test(secured, wanted);
  };
  const names = query.getAll("domain").map((name) => name.toLowerCase());
  const tests = [
    (secured: SecuredDomain) => names.length === 0 || names.includes(secured.domain),
    one("status", (secured, wanted) => secured.status === wanted.toUpperCase()),
    one("search", (secured, wanted) => secured.domain.includes(wanted.toLowerCase())),
    one("integration_id", (secured, wanted) => secured.integration_id === wanted),
    one("allowed_delivery_mode", (secured, wanted) => secured.allowed_delivery_modes.includes(wanted)),
    one("active_delivery_mode", (secured, wanted) => secured.status === "ACTIVE" && secured.allowed_delivery_modes.includes(wanted)),
  ];
  const found = context.lies ? [] : looked(context).filter((secured) => tests.every((test) => test(secured)));
  const shown = found.map((secured) => shownDomain(world, tenant, secured));
  return paged(ordered(shown, query.get("order"), query.get("direction")), query, 20);
}

/** A change works on a copy of the list, so that a refusal in the middle leaves everything as it was. */
type Draft = SecuredDomain[];
type Step = (context: Context, draft: Draft, wanted: Wanted, at: string) => Refusal | { draft: Draft; shown: unknown };

const show = (context: Context, secured: SecuredDomain) => shownDomain(context.world, context.tenant, secured);

const add: Step = (context, draft, wanted, at) => {
  const problems = settingFaults(wanted, at);
  if (problems.length > 0) return refusals.invalid(problems);
  const secured = newDomain(context.world, context.tenant, wanted);
  if (draft.some((other) => other.domain === secured.domain)) return refusals.domainExists(secured.domain);
  return { draft: [...draft, secured], shown: show(context, secured) };
};

const remove: Step = (_, draft, wanted) => {
  const rest = draft.filter((secured) => secured.id !== wanted["id"]);
  return rest.length === draft.length ? refusals.noDomain() : { draft: rest, shown: { id: wanted["id"] } };
};

const set =
  (how: typeof changed): Step =>
  (context, draft, wanted, at) => {
    const problems = settingFaults(wanted, at);
    if (problems.length > 0) return refusals.invalid(problems);
    const before = draft.find((secured) => secured.id === wanted["id"]);
    if (!before) return refusals.noDomain();
    const after = how(before, wanted, context.world.clock.now());
    return { draft: draft.map((secured) => (secured === before ? after : secured)), shown: show(context, after) };
  };

function commit(context: Context, draft: Draft): void {
  context.account.domains = draft;
  context.world.save();
}

const alone =
  (step: Step, status: number) =>
  (context: Context): Answer | Refusal => {
    const id = context.params["domain_id"];
    const done = step(context, looked(context), id === undefined ? context.body : { ...context.body, id }, "");
    if (done instanceof Refusal) return done;
    commit(context, done.draft);
    return { status, result: done.shown };
  };

/** The documented order. That one refusal undoes the rest is our reading: it isn't on record for this batch. */
const parts: [string, Step][] = [
  ["deletes", remove],
  ["patches", set(changed)],
  ["puts", set(replaced)],
  ["posts", add],
];

function batch(context: Context): Answer | Refusal {
  let draft = looked(context);
  const result: Record<string, unknown[]> = { deletes: [], patches: [], posts: [], puts: [] };
  for (const [name, step] of parts) {
    const asked = context.body[name];
    for (const [index, wanted] of (Array.isArray(asked) ? asked.filter(isRecord) : []).entries()) {
      const done = step(context, draft, wanted, `/${name}/${index}`);
      if (done instanceof Refusal) return done;
      draft = done.draft;
      result[name]?.push(done.shown);
    }
  }
  commit(context, draft);
  return { status: 200, result };
}

/** Deprecated; takes the ids in its body, as the older spec has it. What the newest client's call without a body deletes is not on record. */
function bulkDelete(context: Context): Answer | Refusal {
  const ids = Array.isArray(context.sent) ? context.sent.filter(isRecord) : [];
  if (ids.length === 0) return refusals.invalid([{ pointer: "", message: "must name the domains to delete" }]);
  let draft = looked(context);
  for (const wanted of ids) {
    const done = remove(context, draft, wanted, "");
    if (done instanceof Refusal) return done;
    draft = done.draft;
  }
  commit(context, draft);
  return { status: 200, result: ids.map(({ id }) => ({ id })) };
}

const found = (context: Context) => looked(context).find((secured) => secured.id === context.params["domain_id"]);

function verification(context: Context): Answer | Refusal {
  const secured = found(context);
  if (!secured) return refusals.noDomain();
  const result = shownVerification(secured, context.account.traits.speaksOld);
  return { status: result ? 200 : 204, result };
}

export const domainOperations: Operations = {
  "emailSecurity.settings.domains.list": list,
  "emailSecurity.settings.domains.create": alone(add, 201),
  "emailSecurity.settings.domains.bulkDelete": bulkDelete,
  "emailSecurity.settings.domains.batch": batch,
  "emailSecurity.settings.domains.delete": alone(remove, 200),
  "emailSecurity.settings.domains.edit": alone(set(changed), 200),
  "emailSecurity.settings.domains.update": alone(set(replaced), 200),
  "emailSecurity.settings.domains.get": (context) => {
    const secured = found(context);
    return secured ? { status: 200, result: show(context, secured) } : refusals.noDomain();
  },
  email_security_get_domain_verification: verification,
};
