/** A tenant's setup put together for the engine: what is stored, the settings of every step, the clouds, the ledger and the memory. */
import { no, ok, type Result } from "@/lib/base/result";
import type { Given } from "@/lib/engine/read";
import type { Ledger, Memory, Tenant } from "@/lib/engine/world";
import type { TenantScope } from "@/lib/model/scope";
import { profileOf } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { catalogue, chosenIn, profileIn, type Track } from "@/lib/steps/index";
import { type Step, settingsFor } from "@/lib/steps/shape";
import type { Setup as Stored } from "@/lib/store/pages";
import { cloudflareAccess } from "./cloudflare-access";
import type { Deps } from "./deps";

export type Setup = {
  readonly scope: TenantScope;
  readonly stored: Stored;
  readonly profile: Profile;
  readonly tenant: Tenant;
  /** What was uploaded, where we may not ask ourselves. */
  readonly given: Given;
  /** Parsed settings of a step; the first ones where nothing, or nothing that still parses, was saved. */
  readonly settings: (step: Step) => unknown;
  /** What the tenant's people chose to do. */
  readonly tracks: readonly Track[];
  readonly steps: readonly Step[];
  readonly hasSettings: (step: Step) => boolean;
  /** Whether a mail can be sent to whoever waits. */
  readonly canTell: boolean;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function settingsReader(stored: Stored) {
  const saved = (id: string) => {
    const value = stored.settings[id]?.value;
    return isRecord(value) ? value : {};
  };
  return {
    saved,
    of: (step: Step): unknown => {
      const read = step.parse(settingsFor(step, saved));
      if (read.ok) return read.settings;
      const first = step.parse(settingsFor({ ...step, atFirst: step.atFirst }, (id) => (id === step.id ? {} : saved(id))));
      return first.ok ? first.settings : step.atFirst;
    },
  };
}

function ledgerOf(deps: Deps, scope: TenantScope, stored: Stored): Ledger {
  const entries = [...stored.entries];
  return {
    entries: () => entries,
    write: async (entry) => {
      await deps.store.ledger.write(scope, entry);
      entries.push(entry);
    },
  };
}

const memoryOf = (deps: Deps, scope: TenantScope, stored: Stored): Memory => ({
  moments: () => stored.moments,
  remember: (answers) => deps.store.moments.remember(scope, answers),
});

/** Where consent was given we ask ourselves; an upload is only for those who gave none. */
function givenOf(stored: Stored): Given {
  if (stored.tenant.access === "consent") return new Map();
  return new Map(
    [...stored.moments].flatMap(([name, rows]) => {
      const last = rows.findLast((row) => row.source === "upload");
      return last ? [[name, ok(last.raw)] as const] : [];
    }),
  );
}

export async function loadSetup(deps: Deps, scope: TenantScope): Promise<Result<Setup>> {
  const stored = await deps.store.pages.setup(scope);
  if (!stored) return no("gone", "There is nothing here for you.", { fix: "Check the address." });
  const reader = settingsReader(stored);
  const profile = profileOf(profileIn(reader.saved) ?? stored.tenant.profile);
  const tenant: Tenant = {
    world: deps.world(scope.tenant, stored.tenant.access, cloudflareAccess(deps, scope, stored.cloudflareToken)),
    ledger: ledgerOf(deps, scope, stored),
    memory: memoryOf(deps, scope, stored),
    profile,
    actor: scope.actor,
  };
  return ok({
    scope,
    stored,
    profile,
    tenant,
    given: givenOf(stored),
    settings: reader.of,
    ...chosenIn(reader.of),
    canTell: deps.sendMail !== null,
    hasSettings: (step) => stored.settings[step.id] !== undefined,
  });
}

export const stepById = (id: string): Step | undefined => catalogue.find((step) => step.id === id);
