/** The job of an order about mail: what waits is asked for and settled, what failed is tried again, and the standing order looks for what is new. */
import type { Problem } from "@/lib/base/result";
import { type MailOrderJob, mailOrderJob } from "@/lib/jobs/mail-order";
import type { MailOrder } from "@/lib/model/mail-order";
import type { MailScope } from "@/lib/model/scope";
import { mailScopeForJob, scopeForRun } from "./access";
import { stopAuto } from "./auto-retract";
import { lookOnce } from "./auto-retract-work";
import type { Deps } from "./deps";
import { mailAccess } from "./mail-opening";
import { carry } from "./mail-order-carry";
import { haltOf } from "./mail-order-halt";
import { INDEX_MS, type Work } from "./mail-order-record";

/** So that its page shows progress, and little is unknown after a cut. */
const CHUNK = { most: 100, times: 20 };

type Given = { readonly deps: Deps; readonly mail: MailScope; readonly order: MailOrder };

/** Waits, or stops until a person lets it go on; what it came to stays either way. */
async function halt({ deps, mail, order }: Given, problem: Problem): Promise<void> {
  const at = deps.clock.now();
  const { isStop, retryAt, tries } = haltOf(order, problem, at);
  const from = ["queued", "running"] as const;
  if (isStop && order.kind === "auto") await stopAuto(deps, mail.tenant, order, problem);
  else if (isStop) await deps.store.mailOrders.move(mail.tenant, order.id, from, { state: "stopped", at, problem, tries: 0 });
  else await deps.store.mailOrders.move(mail.tenant, order.id, from, { state: "waiting", at, problem, retryAt, tries });
}

/** Over when nothing is to be done any more; else again when the first of the rest is due. */
async function settle({ deps, mail, order }: Given): Promise<void> {
  const at = deps.clock.now();
  const { counts, retryAt, askedAt } = await deps.store.mailItems.outlook(mail.tenant, order);
  const next = [...(retryAt === null ? [] : [retryAt]), ...(askedAt === null ? [] : [askedAt + INDEX_MS])];
  if (next.length > 0) {
    const when = Math.max(at + 1_000, Math.min(...next));
    await deps.store.mailOrders.move(mail.tenant, order.id, ["running"], { state: "waiting", at, problem: null, retryAt: when, tries: 0 });
    return;
  }
  const scope = order.agreedBy ? scopeForRun(mail.tenant.tenant, order.agreedBy) : mail.tenant;
  await deps.store.together(scope, async (store) => {
    if (!(await store.mailOrders.move(scope, order.id, ["running"], { state: "done", at, problem: null, tries: 0 }))) return;
    const { done, failed, left } = counts;
    const detail = { order: order.id, kind: order.kind, folder: order.destination, messages: done, of: done + failed + left };
    await store.events.add(scope, { kind: "order-done", at, detail });
  });
}

async function atWork(given: Given): Promise<void> {
  const { deps, mail, order } = given;
  const access = await mailAccess(deps, mail);
  if (!access.ok) return halt(given, access.problem);
  const work: Work = { deps, mail, order, access: access.value };
  if (order.kind === "auto") return lookOnce(work, order, (problem) => halt(given, problem));
  const { isMore, problem } = await carry(work, CHUNK);
  if (problem) return halt(given, problem);
  // A worker has other tenants as well: the rest goes to the end of the queue.
  if (isMore) return deps.store.jobs.enqueue(mail.tenant, mailOrderJob(mail.tenant.tenant, order.id));
  await settle(given);
}

async function alone(deps: Deps, mail: MailScope, id: string): Promise<void> {
  const at = deps.clock.now();
  const isOn = await deps.store.mailOrders.move(mail.tenant, id, ["queued", "running"], { state: "running", at });
  const order = isOn ? await deps.store.mailOrders.find(mail.tenant, id) : null;
  if (order) await atWork({ deps, mail, order });
}

/** Does nothing while another worker is at this order. If that one dies, its lock goes with it and the sweep finds the order again. */
export const mailOrderWork =
  (deps: Deps) =>
  async ({ tenant, order: id }: MailOrderJob): Promise<void> => {
    await deps.clock.refresh();
    await deps.store.exclusively(`mail-order:${id}`, () => alone(deps, mailScopeForJob(tenant, "mail-order"), id));
  };
