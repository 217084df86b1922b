/** The standing order turned on, turned off, and stopped by what it met: never silently. */
import { no, type Problem } from "@/lib/base/result";
import { mailOrderJob } from "@/lib/jobs/mail-order";
import { tellJob } from "@/lib/jobs/tell";
import { type MailOrder, OPEN_STATES } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import type { AutoRetractSettings } from "@/lib/steps/auto-retract-settings";
import { foldersOf, movesNothing, purged, wordOf } from "@/lib/steps/auto-retract-table";
import type { Groups } from "@/lib/store/store";
import { openMail } from "./access";
import { baselineOf } from "./auto-retract-baseline";
import { AUTO_RETRACT, autoSettingsIn, noteRunning } from "./auto-retract-chosen";
import type { Deps } from "./deps";
import { mailAccess } from "./mail-opening";
import { loadSetup, type Setup, stepById } from "./setup";
import { missingOf, statusesOf } from "./standing";
import { STOP_KEY, toldOf } from "./tell-words";
import type { ActionAnswer, Visitor } from "./views";

/** @returns the standing order while it is on. */
export const onlyOn = (order: MailOrder | null): MailOrder | null => (OPEN_STATES.some((state) => state === order?.state) ? order : null);

/** What stands in the way of turning it on. */
export function barredBy(setup: Setup, { by, table }: AutoRetractSettings): Problem | null {
  const step = stepById(AUTO_RETRACT);
  const [need] = step ? missingOf(step, statusesOf(setup)) : [];
  const bar = (say: string, fix: string, more: { readonly step?: string } = {}) => no("not-ready", say, { fix, ...more }).problem;
  if (by !== "cutover") return bar("You chose that the vendor moves messages.", "Choose Cutover in the step.", { step: AUTO_RETRACT });
  if (movesNothing(table))
    return bar("The table has no action for any disposition.", "Choose at least one in the step.", { step: AUTO_RETRACT });
  if (setup.stored.cloudflareToken === null)
    return bar("Cutover has no Cloudflare API token of yours, so it cannot move messages.", "Enter one on the page “Cloudflare”.");
  if (setup.stored.cloudflareToken.accountId === null)
    return bar("It is not known yet which Cloudflare account the token is for.", "Choose the account on the page “Cloudflare”.");
  if (need) return bar(`This needs “${need.texts(setup.profile).title}” first.`, "Open that step.", { step: need.id });
  return null;
}

const NOT_SURE: ActionAnswer = {
  ...no("rejected", "Hard delete cannot be taken back, so it is asked about once more."),
  fields: { sure: "Tick this, or choose another folder in the step." },
};

const OTHER_TABLE: ActionAnswer = no("moved", "The table was changed since you opened this page. Nothing was turned on.", {
  fix: "Load the page again, and look at it.",
});

/** `word`: of the table that was looked at; left out where there was no page to look at. */
export type AutoAgreement = { readonly isSure: boolean; readonly word?: string };

/** Who turns it on is mailed when it stops by itself; the address is their sign-in name, the only one that is known. */
async function tellWhenStopped(store: Groups, scope: TenantScope, setup: Setup, { upn }: Visitor, at: number): Promise<void> {
  if (!setup.canTell) return;
  const before = toldOf(setup.stored.words, AUTO_RETRACT, STOP_KEY);
  await store.words.give(scope, { step: AUTO_RETRACT, key: STOP_KEY, value: [...new Set([...before, upn])], at });
}

export const turnOn =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, { isSure, word }: AutoAgreement): Promise<ActionAnswer> => {
    const [mail, setup] = [await openMail(deps)(visitor, scope.tenant), await loadSetup(deps, scope)];
    if (!mail.ok) return mail;
    if (!setup.ok) return setup;
    const { stored, profile } = setup.value;
    const chosen = autoSettingsIn(stored.settings);
    const bar = barredBy(setup.value, chosen);
    if (bar) return { ok: false, problem: bar };
    if (word !== undefined && word !== wordOf(chosen.table, profile)) return OTHER_TABLE;
    if (purged(chosen.table, profile).length > 0 && !isSure) return NOT_SURE;
    const access = await mailAccess(deps, mail.value);
    if (!access.ok) return access;
    await deps.clock.refresh();
    const before = await deps.store.mailOrders.standing(scope);
    const at = deps.clock.now();
    const table = foldersOf(chosen.table, profile);
    const held = onlyOn(before)?.reached?.account === access.value.accountId ? onlyOn(before) : null;
    const since = held?.agreedAt ?? at;
    const base = await baselineOf(deps, access.value, { before: held, table, at });
    if (!base.ok) return base;
    // That took the vendor a while: the right may have been taken away meanwhile.
    const still = await openMail(deps)(visitor, scope.tenant);
    if (!still.ok) return still;
    const event = { kind: "auto-on", at, step: AUTO_RETRACT, detail: { table: chosen.table } };
    await deps.store.together(scope, async (store) => {
      await store.mailOrders.turnOn(scope, { ...base.value, table, at, event, job: (id) => mailOrderJob(scope.tenant, id) });
      await noteRunning(store, scope, at, { running: { since, table: chosen.table }, stopped: null });
      await tellWhenStopped(store, scope, setup.value, visitor, at);
    });
    return { ok: true, say: "Auto-retract is on. The first look comes within a minute." };
  };

/** In a transaction of others as well: taking everything back turns it off. @returns false when it was off. */
export async function turnOffIn(store: Groups, scope: TenantScope, at: number): Promise<boolean> {
  const order = await store.mailOrders.standing(scope);
  if (!order || !(await store.mailOrders.move(scope, order.id, [...OPEN_STATES, "stopped"], { state: "cancelled", at, problem: null })))
    return false;
  await store.mailItems.leave(scope, order, "off");
  await noteRunning(store, scope, at, { running: null, stopped: null });
  await store.events.add(scope, { kind: "auto-off", at, step: AUTO_RETRACT });
  return true;
}

/** Whoever may act may stop it: that reads no mail. */
export const turnOff =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<ActionAnswer> => {
    const wasOn = await deps.store.together(scope, (store) => turnOffIn(store, scope, deps.clock.now()));
    return wasOn
      ? { ok: true, say: "Auto-retract is off. Nothing more is moved." }
      : no("gone", "Auto-retract is off already.", { fix: "Load the page again." });
  };

/** By itself, and loudly: its state, an event, the step's findings, and a mail to who turned it on. */
export async function stopAuto(deps: Deps, scope: TenantScope, order: MailOrder, problem: Problem): Promise<void> {
  const at = deps.clock.now();
  await deps.store.together(scope, async (store) => {
    if (!(await store.mailOrders.move(scope, order.id, OPEN_STATES, { state: "stopped", at, problem, tries: 0 }))) return;
    await store.mailItems.leave(scope, order, "off");
    await noteRunning(store, scope, at, { running: null, stopped: { at, say: problem.say } });
    await store.events.add(scope, { kind: "auto-stopped", at, step: AUTO_RETRACT, detail: { say: problem.say } });
    if (deps.sendMail !== null)
      await store.jobs.enqueue(scope, tellJob({ tenant: scope.tenant, step: AUTO_RETRACT, end: "stopped", say: problem.say }));
  });
}
