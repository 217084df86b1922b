/** What happens by itself to messages that turn out bad after delivery: by the vendor's own table, or by Cutover. A plan changes nothing. */
import { autoRetractChecks } from "./auto-retract-checks";
import { autoRetractEvidence } from "./auto-retract-evidence";
import { autoRetractFields } from "./auto-retract-fields";
import { autoRetractQueries } from "./auto-retract-reading";
import { autoRetractAtFirst, autoRetractSettings } from "./auto-retract-settings";
import { autoRetractTexts } from "./auto-retract-texts";
import { defineStep } from "./shape";

export const autoRetract = defineStep({
  id: "auto-retract",
  needs: ["retraction-authorization"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: { access: "connect-tenant", regions: "journal-connector", addresses: "journal-connector" },
  ways: {
    us: "No API sets the vendor's table. Choose Cutover in the form, and turn its own moving on with the page “Auto-retract”.",
    script: "No script reaches the vendor's dashboard.",
    hand: true,
  },
  texts: autoRetractTexts,
  settings: autoRetractSettings,
  atFirst: autoRetractAtFirst,
  ownNotes: ["running", "stopped"],
  queries: autoRetractQueries,
  checks: autoRetractChecks,
  changes: () => [],
  fields: autoRetractFields,
  evidence: autoRetractEvidence,
});
