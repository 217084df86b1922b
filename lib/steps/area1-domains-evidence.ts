/** The vendor's form with the values to enter, and the records that prove a domain. */
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS } from "@/lib/profiles/use-cases";
import type { VendorReading } from "./area1-domains-reading";
import type { VendorSettings } from "./area1-domains-settings";
import { quarantineFor } from "./area1-domains-want";
import { nextHop } from "./next-hop";
import type { Evidence, Field } from "./shape";
import { listed } from "./spans";

const NOTHING = "nothing ticked";

export function vendorEvidence(reading: VendorReading, chosen: VendorSettings, profile: Profile): readonly Evidence[] {
  const account = reading.account["account"];
  const rows = account?.ok ? account.value.filter((row) => chosen.domains.includes(row.Name)) : [];
  const tables: readonly Evidence[] = [
    {
      title: `The form at ${profile.vendor}, with the values to enter`,
      columns: ["Domain", "Configured as", "Forwarding to", "IP Restrictions", "Outbound TLS", "Quarantine Policy"],
      rows: chosen.domains.map((domain) => [
        domain,
        "MX Records",
        nextHop(domain, reading, chosen)?.host ?? "not known",
        "leave empty",
        "Forward all messages over TLS",
        listed(quarantineFor(domain, chosen, profile)) || NOTHING,
      ]),
    },
    {
      title: `As ${profile.vendor} has it now`,
      columns: ["Domain", "Configured as", "Forwarding to", "IP Restrictions", "Outbound TLS", "Quarantine Policy", "Status"],
      rows: rows.map((row) => [
        row.Name,
        `${row.deliveryModes.join(", ")}, ${row.hops ?? 1} hop${row.hops === null || row.hops === 1 ? "" : "s"}`,
        row.forwardingTo ?? "nothing",
        row.ipRestrictions.join(", ") || "none",
        row.tlsOutbound ? "All messages" : "Opportunistic",
        listed(row.quarantined) || NOTHING,
        row.status ?? "not said",
      ]),
    },
    {
      title: "Records that prove a domain",
      columns: ["Domain", "Type", "Name", "Value"],
      rows: rows.flatMap(({ Name, challengeName, challengeValue }) =>
        challengeName !== null && challengeValue !== null ? [[Name, "TXT", challengeName, challengeValue]] : [],
      ),
    },
  ];
  return tables.filter((table) => table.rows.length > 0);
}

export function vendorFields(reading: VendorReading, chosen: VendorSettings, profile: Profile): readonly Field[] {
  const account = reading.account["account"];
  const isByHand = !account?.ok && (account === undefined || account.problem.code === "not-asked");
  const boxes = chosen.domains.map((domain) => ({ value: domain, label: domain }));
  if (boxes.length === 0) return [];
  const entered: Field = {
    name: "entered",
    type: "choices",
    label: `Which domains have you entered in ${profile.vendor}'s form?`,
    hint: "It is kept as your word, with your name.",
    options: boxes,
  };
  const own: Field = {
    name: "ownChoice",
    type: "choices",
    label: "Which domains have another quarantine than the use case?",
    hint: "None, as a rule. Tick and save, then choose for each.",
    options: boxes,
  };
  const each = chosen.domains
    .filter((domain) => chosen.ownChoice.includes(domain))
    .map(
      (domain): Field => ({
        name: `quarantined.${domain}`,
        type: "choices",
        label: `What should ${profile.vendor} hold back for ${domain}?`,
        options: DISPOSITIONS.map((disposition) => ({ value: disposition, label: disposition })),
      }),
    );
  return [...(isByHand ? [entered] : []), own, ...each];
}
