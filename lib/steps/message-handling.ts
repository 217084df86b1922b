/** What happens to each kind of mail: one of five use cases, as quarantine policies, actions of the policy Default, and mail flow rules. */
import { ask } from "@/lib/model/query";
import { mailGone } from "./mail-gone";
import { handlingChecks } from "./message-handling-checks";
import { handlingEvidence } from "./message-handling-evidence";
import { handlingFields } from "./message-handling-fields";
import { FIRST_SETTINGS, handlingSettings } from "./message-handling-settings";
import { messageHandlingTexts } from "./message-handling-texts";
import { handlingChanges } from "./message-handling-wants";
import { defineStep } from "./shape";

export const messageHandling = defineStep({
  id: "message-handling",
  needs: ["enhanced-filtering"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {},
  undoGuard: mailGone,
  ways: { us: true, script: true, hand: true },
  texts: messageHandlingTexts,
  settings: handlingSettings,
  atFirst: FIRST_SETTINGS,
  queries: () => ({
    policies: ask("HostedContentFilterPolicy"),
    rules: ask("HostedContentFilterRule"),
    presets: ask("EOPProtectionPolicyRule"),
    quarantine: ask("QuarantinePolicy"),
    notifications: ask("GlobalQuarantinePolicy"),
    flow: ask("TransportRule"),
  }),
  checks: handlingChecks,
  changes: handlingChanges,
  fields: handlingFields,
  evidence: handlingEvidence,
});
