/** Auto-retract as its page shows it: where it stands, its table and numbers, what failed, and what the last 7 days would have been. */
import { ok, type Result } from "@/lib/base/result";
import { DISPOSITIONS, type FoundMessage, rowOfVerdict } from "@/lib/model/found-message";
import { aboutOf, type MailItem, type MailOrder, NO_ITEMS } from "@/lib/model/mail-order";
import { MOST_AT_ONCE, paramsOf, searchOf } from "@/lib/model/mail-search";
import type { MailScope, TenantScope } from "@/lib/model/scope";
import type { MoveTable } from "@/lib/steps/auto-retract-settings";
import { foldersOf, purged, rowsIn, wordOf } from "@/lib/steps/auto-retract-table";
import { openMail } from "./access";
import { barredBy, onlyOn } from "./auto-retract";
import { autoSettingsIn } from "./auto-retract-chosen";
import { leftFor } from "./auto-retract-judge";
import type { Deps } from "./deps";
import { mailAccess } from "./mail-opening";
import { itemView } from "./mail-order-show";
import { noteLook } from "./mail-search";
import { loadSetup, type Setup } from "./setup";
import { headOf } from "./show";
import type { Visitor } from "./views";
import type { AutoPreview, AutoRow, AutoView } from "./views/mail-orders";

const SHOWN = 20;

const autoRows = (table: MoveTable, { profile }: Setup): readonly AutoRow[] =>
  rowsIn(table, profile).map(({ disposition, choice: { choice, label, folder } }) => ({ disposition, choice, label, folder }));

function standingOf(order: MailOrder | null): Pick<AutoView, "state" | "since" | "lookedAt" | "problem"> {
  const on = onlyOn(order);
  if (!on) return { state: order?.state === "stopped" ? "stopped" : "off", since: null, lookedAt: null, problem: order?.problem ?? null };
  const { agreedAt: since, reached, problem } = on;
  const isLooked = reached !== null && reached.until > (since ?? 0);
  return { state: "on", since, lookedAt: isLooked ? reached.until : null, problem };
}

export const autoPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<AutoView>> => {
    const [setup, order, mail] = await Promise.all([
      loadSetup(deps, scope),
      deps.store.mailOrders.standing(scope),
      openMail(deps)(visitor, scope.tenant),
    ]);
    if (!setup.ok) return setup;
    const { stored, profile } = setup.value;
    const chosen = autoSettingsIn(stored.settings);
    const folders = foldersOf(chosen.table, profile);
    const counts = order ? (await deps.store.mailItems.outlook(scope, order)).counts : NO_ITEMS;
    const failed = order && mail.ok ? await deps.store.mailItems.page(scope, order, { state: "failed", most: SHOWN }) : [];
    return ok({
      head: headOf(setup.value, visitor),
      by: chosen.by,
      table: autoRows(chosen.table, setup.value),
      word: wordOf(chosen.table, profile),
      ...standingOf(order),
      isTableOld: onlyOn(order) !== null && DISPOSITIONS.some((one) => order?.table?.[one] !== folders[one]),
      counts,
      barred: barredBy(setup.value, chosen),
      forGood: purged(chosen.table, profile),
      failures: order && mail.ok ? failed.map((item) => itemView(order, item)) : mail.ok ? [] : null,
    });
  };

const DAYS = 7;
const DAY_MS = 86_400_000;
/** A person waits for it. */
const MOST_PAGES = 20;

async function lastDays(deps: Deps, mail: MailScope, span: { readonly from: number; readonly until: number }) {
  const access = await mailAccess(deps, mail);
  if (!access.ok) return access;
  const search = { ...searchOf(paramsOf({}), span.until), ...span };
  const rows = new Map<string, FoundMessage>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await deps.messages.search(access.value, search, { cursor, most: MOST_AT_ONCE });
    if (!found.ok) return found;
    for (const row of found.value.rows) rows.set(row.id, row);
    cursor = found.value.next;
    if (cursor === null) break;
  }
  return ok({ rows: [...rows.values()], isCut: cursor !== null });
}

const sampleOf = (row: FoundMessage, destination: MailItem["destination"]): MailItem => ({
  ...{ message: row.id, state: "waiting", destination, at: row.at, about: aboutOf(row) },
  ...{ outcomes: [], askedAt: null, retryAt: null, tries: 0, reason: null },
});

/** What would have been moved. It only reads. */
export const autoPreview =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<AutoPreview>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    await deps.clock.refresh();
    const until = deps.clock.now();
    const from = until - DAYS * DAY_MS;
    const mail = await openMail(deps)(visitor, scope.tenant);
    if (!mail.ok) return mail;
    const seen = await lastDays(deps, mail.value, { from, until });
    if (!seen.ok) return seen;
    await noteLook(deps, mail.value, { mark: "preview", place: "preview", say: "" });
    const { table } = autoSettingsIn(setup.value.stored.settings);
    const free = seen.value.rows.filter((row) => leftFor(row, new Set()) === null);
    const rows = autoRows(table, setup.value).map((row) => {
      const own = free.filter(({ disposition }) => rowOfVerdict(disposition) === row.disposition);
      return { ...row, messages: own.length, mailboxes: new Set(own.flatMap(({ recipients }) => recipients)).size };
    });
    const folders = foldersOf(table, setup.value.profile);
    const meant = free.flatMap((row) => {
      const known = rowOfVerdict(row.disposition);
      const folder = known && folders[known];
      return folder ? [itemView({ state: "draft", kind: "auto" }, sampleOf(row, folder))] : [];
    });
    const { length } = seen.value.rows;
    return ok({ from, until, seen: length, isCut: seen.value.isCut, rows, moved: length - free.length, sample: meant.slice(0, SHOWN) });
  };
