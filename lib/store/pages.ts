/** What a page of a tenant needs, in one transaction: a page is one trip to the database, whatever it shows. */
import type { Entry } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { type CloudflareTokenRow, readCloudflareToken } from "./cloudflare-tokens";
import { type EventRow, lastOfEachStep, readLastOfEachKind } from "./events";
import { readEntries } from "./ledger";
import { type MomentsByName, readStretches } from "./moments";
import { type RunRow, readLastRuns } from "./runs";
import { readSettings, type SettingsByStep } from "./settings";
import { type TenantRow, tenantOf } from "./tenants";
import { readWatches, type WatchRow } from "./watches";
import { readWords, type WordRow } from "./words";

export type Setup = {
  readonly tenant: TenantRow;
  readonly settings: SettingsByStep;
  readonly entries: readonly Entry[];
  /** By name, oldest first; the last of each is the last reading. */
  readonly moments: MomentsByName;
  /** The newest `skipped` or `unskipped` of each step. */
  readonly skips: readonly EventRow[];
  /** The newest `step-done` or `step-undone` of each step. */
  readonly dones: readonly EventRow[];
  /** The newest `step-turned` of each step: it was done and is not any more. */
  readonly turns: readonly EventRow[];
  readonly words: readonly WordRow[];
  readonly watches: readonly WatchRow[];
  /** The newest run of each step. */
  readonly lastRuns: readonly RunRow[];
  readonly cloudflareToken: CloudflareTokenRow | null;
};

export const skipKinds = ["skipped", "unskipped"] as const;
export const doneKinds = ["step-done", "step-undone"] as const;
const TURNED = "step-turned";

async function read(tx: Tx, scope: TenantScope, { step, since }: Narrow): Promise<Setup | null> {
  // On one connection these queue up rather than run side by side; sent together they do not wait for our event loop in between.
  const [tenant, settings, entries, moments, events, words, watches, lastRuns, cloudflareToken] = await Promise.all([
    tx.tenant.findUnique({ where: { id: scope.tenant } }),
    readSettings(tx, scope),
    readEntries(tx, scope, step === undefined ? {} : { step }),
    readStretches(tx, scope, since),
    readLastOfEachKind(tx, scope, [...skipKinds, ...doneKinds, TURNED]),
    readWords(tx, scope),
    readWatches(tx, scope),
    readLastRuns(tx, scope),
    readCloudflareToken(tx, scope),
  ]);
  const lastOf = (kinds: readonly string[]) => lastOfEachStep(events.filter((e) => kinds.includes(e.kind)));
  const told = { skips: lastOf(skipKinds), dones: lastOf(doneKinds), turns: lastOf([TURNED]) };
  return tenant && { tenant: tenantOf(tenant), settings, entries, moments, ...told, words, watches, lastRuns, cloudflareToken };
}

export type Narrow = {
  /** Only this step's receipts; the rest is the tenant's in any case, since a step's needs are other steps. */
  readonly step?: string;
  /** Stretches that ended before this are left out, the last of each name excepted. */
  readonly since?: number;
};

export const pages = (db: Db) => ({
  /** @returns null for a tenant that never arrived. */
  setup: (scope: TenantScope, narrow: Narrow = {}): Promise<Setup | null> => db.within(scope, (tx) => read(tx, scope, narrow)),
});
