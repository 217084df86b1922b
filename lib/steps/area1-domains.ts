/** Tell the vendor about the domains: where their mail goes next, over TLS, and what is held back. */
import { fail } from "@/lib/model/check";
import { hairpinChecks, heldChecks, keptChecks, relayChecks, vendorDomainCheck } from "./area1-domains-checks";
import { vendorEvidence, vendorFields } from "./area1-domains-evidence";
import { vendorQueries } from "./area1-domains-reading";
import { vendorAtFirst, vendorSettings } from "./area1-domains-settings";
import { area1DomainsTexts } from "./area1-domains-texts";
import { securedChanges } from "./area1-domains-want";
import { mailGone } from "./mail-gone";
import { defineStep } from "./shape";

export const area1Domains = defineStep({
  id: "area1-domains",
  needs: ["choose-domains", "message-handling"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {
    access: "connect-tenant",
    domains: "choose-domains",
    nextHops: "choose-domains",
    regions: "choose-domains",
    useCase: "message-handling",
    spoofClean: "message-handling",
    enhancedDetections: "message-handling",
  },
  undoGuard: mailGone,
  through: "cloudflare",
  ways: {
    us: true,
    script: "Microsoft's PowerShell does not reach the vendor: only its own dashboard, or its API, knows your domains there.",
    hand: true,
  },
  texts: area1DomainsTexts,
  settings: vendorSettings,
  atFirst: vendorAtFirst,
  queries: vendorQueries,
  checks(reading, chosen, profile, now) {
    if (chosen.domains.length === 0)
      return [fail("chosen", "No domain is chosen yet.", "Choose your domains first.", { step: "choose-domains" })];
    return [
      ...chosen.domains.map((domain) => vendorDomainCheck(domain, reading, chosen, profile, now)),
      ...relayChecks(reading, chosen),
      ...hairpinChecks(reading, chosen, profile),
      ...heldChecks(chosen, profile),
      ...keptChecks(reading, chosen, profile),
    ];
  },
  changes(reading, chosen, profile, mine) {
    const account = reading.account["account"];
    return account?.ok ? securedChanges(account.value, reading, chosen, profile, mine) : [];
  },
  fields: vendorFields,
  evidence: vendorEvidence,
});
