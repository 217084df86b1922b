/** What was chosen in the step of auto-retract, as its use cases need it, and what they write beside it. */

import type { TenantScope } from "@/lib/model/scope";
import { autoRetract } from "@/lib/steps/auto-retract";
import { type AutoRetractSettings, autoRetractAtFirst, autoRetractSettings } from "@/lib/steps/auto-retract-settings";
import type { SettingsByStep } from "@/lib/store/settings";
import type { Groups } from "@/lib/store/store";

export const AUTO_RETRACT = autoRetract.id;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const savedIn = (all: SettingsByStep): Readonly<Record<string, unknown>> => {
  const value = all[AUTO_RETRACT]?.value;
  return isRecord(value) ? value : {};
};

export function autoSettingsIn(all: SettingsByStep): AutoRetractSettings {
  const read = autoRetractSettings.safeParse({ ...autoRetractAtFirst, ...savedIn(all) });
  return read.success ? read.data : autoRetractAtFirst;
}

/** For the findings of the step: whether it runs, and why not. In the transaction that turns it on or off. */
export async function noteRunning(
  store: Pick<Groups, "settings">,
  scope: TenantScope,
  at: number,
  state: Pick<AutoRetractSettings, "running" | "stopped">,
): Promise<void> {
  const saved = (await store.settings.held(scope, AUTO_RETRACT))?.value;
  await store.settings.save(scope, { step: AUTO_RETRACT, value: { ...(isRecord(saved) ? saved : {}), ...state }, at });
}
