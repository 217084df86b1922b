/** Send the vendor a report of each message from or to outside: one rule for everyone, or one for each region's list. */
import { leave } from "@/lib/model/want";
import { newFirst } from "./journal-connector-names";
import { JOURNAL_RULE_GUARDS, journalRuleChecks } from "./journal-rule-checks";
import { type JournalRuleReading, journalRuleQueries } from "./journal-rule-reading";
import { journalRuleAtFirst, journalRuleSettings } from "./journal-rule-settings";
import { journalRuleTexts } from "./journal-rule-texts";
import { ensuredRules } from "./journal-rule-want";
import { defineStep, type Evidence } from "./shape";

const SCOPES = { External: "External messages only", Internal: "Internal messages only", Global: "All messages" } as const;

const table = ({ rules }: JournalRuleReading): Evidence => ({
  title: "Journal rules found",
  columns: ["Name", "Sends reports to", "About", "Type of message", "Turned on"],
  rows: rules.map((rule) => [
    rule.Name,
    rule.JournalEmailAddress,
    rule.Recipient ?? "Everyone",
    SCOPES[rule.Scope],
    rule.Enabled ? "Yes" : "No",
  ]),
});

export const journalRule = defineStep({
  id: "journal-rule",
  needs: ["journal-connector", "undeliverable-reports", "journal-regions"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {
    access: "connect-tenant",
    regions: "journal-connector",
    addresses: "journal-connector",
    gateway: "journal-connector",
    lists: "journal-regions",
  },
  guards: JOURNAL_RULE_GUARDS,
  ways: { us: true, script: true, hand: true },
  texts: journalRuleTexts,
  settings: journalRuleSettings,
  atFirst: journalRuleAtFirst,
  queries: journalRuleQueries,
  checks: (reading, chosen, profile, _now, mine) => journalRuleChecks(reading, chosen, profile, mine),
  changes({ rules }, chosen, profile, mine) {
    const ensured = newFirst(ensuredRules(rules, chosen, profile, mine));
    const used = ensured.map(({ key }) => key);
    return [...ensured.flatMap(({ changes }) => changes), ...leave("JournalRule", rules, mine, used)];
  },
  evidence: (reading) => (reading.rules.length > 0 ? [table(reading)] : []),
});
