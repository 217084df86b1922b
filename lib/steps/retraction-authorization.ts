/** The vendor's application may move messages after delivery: it is there, it is the vendor's, and it holds what it needs and no more. Changes nothing. */
import { authorizationChecks } from "./retraction-authorization-checks";
import { authorizationEvidence } from "./retraction-authorization-evidence";
import { authorizationFields } from "./retraction-authorization-fields";
import { authorizationQueries } from "./retraction-authorization-reading";
import { authorizationAtFirst, authorizationSettings } from "./retraction-authorization-settings";
import { authorizationTexts } from "./retraction-authorization-texts";
import { defineStep } from "./shape";

export const retractionAuthorization = defineStep({
  id: "retraction-authorization",
  needs: ["choose-domains"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: { access: "connect-tenant" },
  ways: {
    us: "Cutover cannot consent for you, and asks for no permission that would let it. You do it in the vendor's dashboard; Cutover looks what came of it.",
    script: true,
    hand: true,
  },
  texts: authorizationTexts,
  settings: authorizationSettings,
  atFirst: authorizationAtFirst,
  queries: authorizationQueries,
  checks: authorizationChecks,
  changes: () => [],
  fields: authorizationFields,
  evidence: authorizationEvidence,
});
