/** Give journal reports a way past the gateway: a connector for each region's journaling domain, made only where a gateway carries outgoing mail. */
import type { Change } from "@/lib/model/change";
import type { Mine } from "@/lib/model/mine";
import { type Ensured, leave } from "@/lib/model/want";
import { JOURNAL_CONNECTOR_GUARDS, journalConnectorChecks } from "./journal-connector-checks";
import { journalConnectorEvidence, journalConnectorFields } from "./journal-connector-evidence";
import { isNeeded, leavingBy } from "./journal-connector-gateway";
import { newFirst } from "./journal-connector-names";
import { type JournalConnectorReading, journalConnectorQueries } from "./journal-connector-reading";
import { journalConnectorAtFirst, journalConnectorSettings } from "./journal-connector-settings";
import { journalConnectorTexts } from "./journal-connector-texts";
import { isTriedUnseen, proofOf, tried } from "./journal-connector-validation";
import { connectorsFor, jobsOf } from "./journal-connector-want";
import { ruleGone } from "./journal-rule-gone";
import { defineStep } from "./shape";

/** A connector that is made or changed is tried in the same plan. */
function withTrial(
  { name, key, changes }: Ensured,
  address: string,
  { validations }: JournalConnectorReading,
  mine: Mine,
): readonly Change[] {
  if (key === "") return isTriedUnseen(name, mine) ? changes : [...changes, tried(name, undefined, address)];
  const row = validations.find(({ Name }) => Name === name);
  const isProven = changes.length === 0 && row !== undefined && proofOf(key, row, address, mine) !== null;
  return isProven ? [] : [...changes, tried(name, row, address)];
}

/** Ours that are no longer wanted. A connector that is removed takes the note about its validation with it. */
function left({ outbound, validations }: JournalConnectorReading, mine: Mine, used: readonly Ensured[]): readonly Change[] {
  const keys = used.map(({ key }) => key);
  const connectors = leave("OutboundConnector", outbound, mine, keys);
  const kept = [...used, ...connectors.filter((c) => c.do === "remove")].map(({ name }) => name);
  return [...leave("OutboundConnectorValidation", validations, mine, kept), ...connectors];
}

export const journalConnector = defineStep({
  id: "journal-connector",
  needs: ["choose-domains", "organization-customization"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: { access: "connect-tenant" },
  guards: JOURNAL_CONNECTOR_GUARDS,
  undoGuard: ruleGone,
  ways: { us: true, script: true, hand: true },
  texts: journalConnectorTexts,
  settings: journalConnectorSettings,
  atFirst: journalConnectorAtFirst,
  queries: journalConnectorQueries,
  checks: (reading, chosen, profile, _now, mine) => journalConnectorChecks(reading, chosen, profile, mine),
  changes(reading, chosen, profile, mine) {
    if (!isNeeded(leavingBy(reading.outbound, reading.rules), chosen.gateway)) return left(reading, mine, []);
    const jobs = jobsOf(chosen, profile);
    const ensured = connectorsFor(jobs, reading.outbound, profile, mine);
    const addressOf = ({ name }: Ensured) => jobs[ensured.findIndex((e) => e.name === name)]?.address ?? "";
    return [...newFirst(ensured).flatMap((e) => withTrial(e, addressOf(e), reading, mine)), ...left(reading, mine, ensured)];
  },
  fields: journalConnectorFields,
  evidence: journalConnectorEvidence,
});
