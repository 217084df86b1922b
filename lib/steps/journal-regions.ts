/** Where reports go to several regions: one distribution list for each, and everybody in exactly one of them. */
import type { Change } from "@/lib/model/change";
import { domainIn, localIn } from "@/lib/model/mail-address";
import type { Mine } from "@/lib/model/mine";
import { edit, ensure, leave } from "@/lib/model/want";
import { regionChecks } from "./journal-regions-checks";
import { regionsEvidence, regionsFields } from "./journal-regions-evidence";
import { type Found, foundIn, isSure, type RegionList, type RegionsReading, regionQueries } from "./journal-regions-reading";
import { regionSettings, regionsAtFirst } from "./journal-regions-settings";
import { journalRegionsTexts } from "./journal-regions-texts";
import { ruleGone } from "./journal-rule-gone";
import { defineStep } from "./shape";

/** A list of ours or not: we add and take out what is ours, and everybody else's members stay (they are named in the findings). */
function listChanges({ region, address, list, holder, problem }: RegionList, found: Found, mine: Mine): readonly Change[] {
  const including = found.assigned.of[region.id] ?? [];
  if (address === null || problem) return [];
  // A region that nobody belongs to any more needs no list of ours.
  const gone = list && including.length === 0 ? leave("DistributionGroup", [list], mine) : [];
  if (gone.length > 0) return gone;
  if (list)
    return list.isSynced || list.PrimarySmtpAddress !== address ? [] : edit("DistributionGroup", list, { Members: { including } }, mine);
  if (holder || including.length === 0 || !found.domains.includes(domainIn(address))) return [];
  const want = { Name: localIn(address), PrimarySmtpAddress: address, Members: including };
  return ensure("DistributionGroup", [], [want], mine).flatMap(({ changes }) => changes);
}

/** Lists of ours for regions that are no longer in use. */
function left(reading: RegionsReading, found: Found, mine: Mine): readonly Change[] {
  const used = found.regions.length > 1 ? found.regions.flatMap(({ address }) => address ?? []) : [];
  const rows = Object.values(reading.lists).flatMap((answer) => (answer.ok ? answer.value : []));
  return leave("DistributionGroup", rows, mine, used);
}

export const journalRegions = defineStep({
  id: "journal-regions",
  needs: ["choose-domains", "organization-customization", "journal-connector"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: { access: "connect-tenant", domains: "choose-domains", regions: "journal-connector" },
  undoGuard: ruleGone,
  ways: { us: true, script: true, hand: true },
  texts: journalRegionsTexts,
  settings: regionSettings,
  atFirst: regionsAtFirst,
  queries: regionQueries,
  checks: (reading, chosen, profile) => regionChecks(foundIn(reading, chosen, profile), chosen, profile),
  changes(reading, chosen, profile, mine) {
    const found = foundIn(reading, chosen, profile);
    if (found.regions.length === 0) return [];
    const gone = left(reading, found, mine);
    if (found.regions.length === 1 || !isSure(found)) return gone;
    return [...found.regions.flatMap((one) => listChanges(one, found, mine)), ...gone];
  },
  fields: (reading, chosen, profile) => regionsFields(foundIn(reading, chosen, profile), chosen),
  evidence: (reading, chosen, profile) => regionsEvidence(foundIn(reading, chosen, profile)),
});
