/** A look of the standing order: page by page of what was detected, each kept with its place before anything of it is moved. */
import type { Problem } from "@/lib/base/result";
import { mailOrderJob } from "@/lib/jobs/mail-order";
import type { MailOrder } from "@/lib/model/mail-order";
import { MOST_AT_ONCE, paramsOf, searchOf } from "@/lib/model/mail-search";
import { autoSettingsIn } from "./auto-retract-chosen";
import { judged } from "./auto-retract-judge";
import { FORGET_MS, LOOK_EVERY_MS, lookAt, reachedBy } from "./auto-retract-window";
import { carry } from "./mail-order-carry";
import { INDEX_MS, type Work } from "./mail-order-record";

const BULK = { most: MOST_AT_ONCE, times: 50 };
/** A worker has other tenants as well. */
const PAGES_A_JOB = 20;

const VENDORS: Problem = {
  code: "moved",
  say: "You chose that the vendor moves messages, so Cutover stopped moving.",
  fix: "Choose Cutover in the step and turn this on again, if Cutover is to move.",
  step: "auto-retract",
};

const OTHER_ACCOUNT: Problem = {
  code: "moved",
  say: "The API token is for another Cloudflare account than when this was turned on, so Cutover stopped moving.",
  fix: "Look at what would have been moved in the last seven days, and turn it on again if this account is meant.",
};

type Page = { readonly order: MailOrder | null; readonly problem: Problem | null };
const stuck = (problem: Problem): Page => ({ order: null, problem });

/** A place that the vendor no longer knows: after a pause, the same look from its beginning, which takes nothing up twice. */
const LOST_PLACE: Problem = {
  code: "not-ready",
  say: "The vendor lost the place in its list, so the look begins again.",
  fix: "Wait; Cutover goes on by itself.",
};
const isLostPlace = ({ code }: Problem, cursor: string | null): boolean => cursor !== null && (code === "rejected" || code === "gone");

async function onePage(work: Work, order: MailOrder): Promise<Page> {
  const { deps, mail, access } = work;
  if (!order.reached) return { order: null, problem: null };
  const now = deps.clock.now();
  const look = lookAt(order.reached, now);
  const search = { ...searchOf(paramsOf({}), now), from: look.from, until: look.until };
  const found = await deps.messages.search(access, search, { cursor: look.cursor, most: MOST_AT_ONCE });
  if (!found.ok && isLostPlace(found.problem, look.cursor)) {
    const reached = { ...order.reached, open: { ...look, cursor: null } };
    const taken = await deps.store.mailOrders.take(mail.tenant, order, { items: [], reached, at: now });
    return taken ? stuck(LOST_PLACE) : { order: null, problem: null };
  }
  if (!found.ok) return stuck(found.problem);
  const items = await judged(work, order, found.value.rows);
  if (!items.ok) return stuck(items.problem);
  const reached = reachedBy(order.reached, look, found.value.next);
  const taken = await deps.store.mailOrders.take(mail.tenant, order, { items: items.value, reached, at: deps.clock.now() });
  if (taken && look.isDeep && found.value.next === null) await deps.store.mailItems.prune(mail.tenant, order, look.until - FORGET_MS);
  return { order: taken, problem: null };
}

/** Until the next look, or until something is to be tried again or read from the record before. */
async function rest({ deps, mail }: Work, order: MailOrder): Promise<void> {
  const at = deps.clock.now();
  const { retryAt, askedAt } = await deps.store.mailItems.nextDue(mail.tenant, order);
  const due = [
    (order.reached?.until ?? at) + LOOK_EVERY_MS,
    ...(retryAt === null ? [] : [retryAt]),
    ...(askedAt === null ? [] : [askedAt + INDEX_MS]),
  ];
  const next = Math.max(at + 1_000, Math.min(...due));
  await deps.store.mailOrders.move(mail.tenant, order.id, ["running"], { state: "waiting", at, problem: null, retryAt: next, tries: 0 });
}

/** What is left from before, then page after page, each moved before the next is asked for. */
export async function lookOnce(work: Work, order: MailOrder, halt: (problem: Problem) => Promise<void>): Promise<void> {
  const { deps, mail } = work;
  const chosen = autoSettingsIn(await deps.store.settings.all(mail.tenant));
  if (chosen.by !== "cutover") return halt(VENDORS);
  if (order.reached && order.reached.account !== work.access.accountId) return halt(OTHER_ACCOUNT);
  let held = order;
  for (let page = 0; page < PAGES_A_JOB; page++) {
    const before = await carry(work, BULK);
    if (before.problem) return halt(before.problem);
    const { order: next, problem } = await onePage(work, held);
    if (problem) return halt(problem);
    if (!next) return; // turned off, or another worker is at it
    held = next;
    if (held.reached?.open) continue;
    const after = await carry(work, BULK);
    return after.problem ? halt(after.problem) : rest(work, held);
  }
  await deps.store.jobs.enqueue(mail.tenant, mailOrderJob(mail.tenant.tenant, order.id));
}
