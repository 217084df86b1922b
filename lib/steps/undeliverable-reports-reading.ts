/** What has to be known about the address for undeliverable reports: the present one, who has either, and who else uses it. */
import { domainIn, plainAddress } from "@/lib/model/mail-address";
import { type Mine, markOf } from "@/lib/model/mine";
import { propsOf } from "@/lib/model/props";
import { ask, per, type Reading } from "@/lib/model/query";
import { beforeUs } from "@/lib/model/want";
import type { UndeliverableSettings } from "./undeliverable-reports-settings";

const plain = (said: unknown): string | null => (typeof said === "string" && said !== "" ? plainAddress(said) : null);
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

/** Only addresses that are typed are looked for, as a script can: the present one is typed to stay, or to be replaced. */
export const undeliverableQueries = ({ address, replace }: UndeliverableSettings) => ({
  config: ask("TransportConfig"),
  rules: ask("JournalRule"),
  accepted: ask("AcceptedDomain"),
  recipient: per(unique([address, replace].filter((one) => one !== "")), (one) => ask("Recipient", one)),
  targets: per(address === "" ? [] : [domainIn(address)], (domain) => ask("mxTargets", domain)),
});
export type UndeliverableReading = Reading<ReturnType<typeof undeliverableQueries>>;

export type Present = {
  /** As it is now; null when none is set. */
  readonly now: string | null;
  /** As it was before us, or as others set it since: what may not be replaced without asking. */
  readonly theirs: string | null;
};

export function presentIn({ config }: UndeliverableReading, mine: Mine): Present {
  const [row] = config;
  if (!row) return { now: null, theirs: null };
  const before = beforeUs(propsOf(row), markOf(mine, "TransportConfig", row.Guid));
  return { now: plain(row.JournalingReportNdrTo), theirs: plain(before["JournalingReportNdrTo"]) };
}
