/** The last step of journaling: reports are seen to arrive, by the vendor's count or by a message of ours. Changes nothing. */
import { flowChecks } from "./journal-flow-checks";
import { flowEvidence } from "./journal-flow-evidence";
import { flowQueries } from "./journal-flow-reading";
import { flowAtFirst, flowSettings } from "./journal-flow-settings";
import { journalFlowTexts } from "./journal-flow-texts";
import { defineStep } from "./shape";

export const journalFlow = defineStep({
  id: "journal-flow",
  needs: ["journal-rule"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: { access: "connect-tenant", domains: "choose-domains", regions: "journal-connector", addresses: "journal-connector" },
  ways: {
    us: "This step changes nothing: it looks whether reports arrive.",
    script: "There is nothing to run: what a script can read of Microsoft's side is in the steps before.",
    hand: true,
  },
  texts: journalFlowTexts,
  settings: flowSettings,
  atFirst: flowAtFirst,
  queries: flowQueries,
  checks: (reading, chosen, profile, now) => flowChecks(reading, chosen, profile, now),
  changes: () => [],
  evidence: (reading, chosen, profile) => flowEvidence(reading, chosen, profile),
});
