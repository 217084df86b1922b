/** Say where journal reports go that can't be delivered. There is one address in an organisation: somebody else's is never replaced unasked. */
import { edit, leave } from "@/lib/model/want";
import { ruleGone } from "./journal-rule-gone";
import { defineStep, type Evidence, type Field } from "./shape";
import { knownOf, UNDELIVERABLE_GUARDS, undeliverableChecks } from "./undeliverable-reports-checks";
import { presentIn, type UndeliverableReading, undeliverableQueries } from "./undeliverable-reports-reading";
import { holderOf, kindOf } from "./undeliverable-reports-recipient";
import { type UndeliverableSettings, undeliverableAtFirst, undeliverableSettings } from "./undeliverable-reports-settings";
import { undeliverableTexts } from "./undeliverable-reports-texts";

function fieldsFor(reading: UndeliverableReading, chosen: UndeliverableSettings): readonly Field[] {
  const { now } = presentIn(reading, []);
  const isAnother = now !== null && now !== chosen.address;
  return [
    {
      name: "address",
      type: "text",
      label: "Address for undeliverable reports",
      hint: now === null ? "A mail contact, a mail user, or an address outside." : `${now} is set now. Leave it here to keep it.`,
      placeholder: "journal-reports@company.com",
      value: chosen.address || (now ?? ""),
    },
    ...(isAnother || chosen.replace !== ""
      ? [
          {
            name: "replace",
            type: "text" as const,
            label: "Address that may be replaced",
            hint: "Enter the address that is set now, when whoever uses it agrees.",
            value: chosen.replace,
          },
        ]
      : []),
  ];
}

function tables(reading: UndeliverableReading, chosen: UndeliverableSettings): readonly Evidence[] {
  const { now } = presentIn(reading, []);
  const line = (which: string, address: string): readonly string[] => {
    const known = knownOf(address, reading, chosen);
    const holder = holderOf(address, known.recipient);
    return [
      which,
      address,
      holder ? holder.Name : "",
      holder ? kindOf(holder) : known.recipient?.ok ? "not in your organisation" : "not read",
    ];
  };
  const rows = [
    ...(now === null ? [] : [line("Set now", now)]),
    ...(chosen.address === "" || chosen.address === now ? [] : [line("Yours", chosen.address)]),
  ];
  const all: readonly Evidence[] = [
    { title: "Addresses for undeliverable reports", columns: ["Which", "Address", "Name", "Is"], rows },
    {
      title: "Journal rules, whose undeliverable reports come to it",
      columns: ["Name", "Sends reports to", "About", "Turned on"],
      rows: reading.rules.map((rule) => [rule.Name, rule.JournalEmailAddress, rule.Recipient ?? "Everyone", rule.Enabled ? "Yes" : "No"]),
    },
  ];
  return all.filter((table) => table.rows.length > 0);
}

export const undeliverableReports = defineStep({
  id: "undeliverable-reports",
  needs: ["choose-domains"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: { access: "connect-tenant", domains: "choose-domains" },
  guards: UNDELIVERABLE_GUARDS,
  undoGuard: ruleGone,
  ways: { us: true, script: true, hand: true },
  texts: undeliverableTexts,
  settings: undeliverableSettings,
  atFirst: undeliverableAtFirst,
  queries: undeliverableQueries,
  checks: (reading, chosen, _profile, _now, mine) => undeliverableChecks(reading, chosen, mine),
  changes(reading, chosen, _profile, mine) {
    const { theirs } = presentIn(reading, mine);
    // An address of others in another spelling is the same address.
    if (chosen.address === theirs) return leave("TransportConfig", reading.config, mine);
    return reading.config.flatMap((row) => edit("TransportConfig", row, { JournalingReportNdrTo: chosen.address }, mine));
  },
  fields: fieldsFor,
  evidence: tables,
});
