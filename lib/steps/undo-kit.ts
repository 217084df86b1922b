/** What an undo kit has to put back: of each kind of object what the steps may change, and the names they give to new ones. */

import { type Mine, markOf } from "@/lib/model/mine";
import type { Kind, Row } from "@/lib/model/nouns";
import { UNTOUCHED_GLOBAL_POLICY } from "@/lib/model/nouns/quarantine-policy";
import type { KitOrder, Was } from "@/lib/model/powershell/kit";
import { type Props, propsOf } from "@/lib/model/props";
import { answer, ask, type Known } from "@/lib/model/query";
import { beforeUs } from "@/lib/model/want";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { isVendorAddress } from "./journal-connector-addresses";
import { nameFor } from "./journal-connector-names";

/** Whoever switches products leaves objects under the older names. */
const everyProfile: readonly Profile[] = Object.values(profiles);
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

const lockDownNames = unique(everyProfile.map((p) => p.lockDownConnector.value.name));
const connectorNames = unique(everyProfile.map((p) => p.inboundConnector.value.name));
const ruleNames = unique(everyProfile.flatMap((p) => Object.values(p.useCases.value).flatMap((one) => one.rules.map((rule) => rule.name))));
const headers = everyProfile.map((p) => p.dispositionHeader.value.toLowerCase());
/** Names are unique in a tenant: a second of a kind adds its region. */
const regional = (names: readonly string[]): readonly string[] =>
  unique(
    names.flatMap((name) => [name, ...everyProfile.flatMap((p) => p.journaling.value.regions.map(({ id }, i) => nameFor(name, id, i)))]),
  );
const QUARANTINE_POLICIES = ["UserNotifyAdminRelease", "UserNotifyUserRelease"];

type Spec<K extends Kind> = {
  readonly kind: K;
  readonly names: readonly string[];
  readonly touched: readonly string[];
  /** Lists into which more goes than the vendor's addresses: such as servers in between that an admin names later. */
  readonly asWere?: readonly string[];
  readonly isTouched: (row: Row<K>) => boolean;
};
const spec = <K extends Kind>(one: Spec<K>): Spec<K> => one;

const lockDown = spec({
  kind: "InboundConnector",
  names: lockDownNames,
  touched: ["RestrictDomainsToIPAddresses", "Enabled"],
  isTouched: (row) => row.ConnectorType === "Partner",
});
const rules = spec({
  kind: "TransportRule",
  names: ruleNames,
  touched: ["HeaderContainsMessageHeader", "HeaderContainsWords", "SenderIpRanges", "SetSCL", "Quarantine", "Mode", "Enabled"],
  isTouched: (row) => headers.includes(row.HeaderContainsMessageHeader?.toLowerCase() ?? ""),
});
const antiSpam = spec({
  kind: "HostedContentFilterPolicy",
  names: [],
  touched: [
    "MarkAsSpamSpfRecordHardFail",
    "SpamAction",
    "HighConfidenceSpamAction",
    "PhishSpamAction",
    "HighConfidencePhishAction",
    "SpamQuarantineTag",
    "HighConfidenceSpamQuarantineTag",
    "PhishQuarantineTag",
    "HighConfidencePhishQuarantineTag",
    "QuarantineRetentionPeriod",
  ],
  isTouched: (row) => row.Name === "Default",
});
const quarantine = spec({
  kind: "QuarantinePolicy",
  names: QUARANTINE_POLICIES,
  touched: ["EndUserQuarantinePermissionsValue", "ESNEnabled"],
  isTouched: (row) => QUARANTINE_POLICIES.includes(row.Name),
});
const notices = spec({
  kind: "GlobalQuarantinePolicy",
  names: [],
  touched: ["EndUserSpamNotificationFrequency"],
  isTouched: (row) => row.Name !== UNTOUCHED_GLOBAL_POLICY,
});
const connectors = spec({
  kind: "InboundConnector",
  names: connectorNames,
  touched: ["Enabled", "RequireTls", "SenderIPAddresses", "EFSkipLastIP", "EFSkipIPs", "EFUsers", "EFTestMode"],
  asWere: ["EFSkipIPs"],
  isTouched: (row) => row.ConnectorType === "Partner" && row.SenderDomains.includes("*"),
});
const allowed = spec({
  kind: "HostedConnectionFilterPolicy",
  names: [],
  touched: ["IPAllowList"],
  isTouched: (row) => row.Name === "Default",
});

const journalRules = spec({
  kind: "JournalRule",
  names: regional(everyProfile.map((p) => p.journaling.value.rule)),
  touched: ["JournalEmailAddress", "Recipient", "Scope", "Enabled"],
  isTouched: (row) => isVendorAddress(row.JournalEmailAddress),
});
const undeliverable = spec({ kind: "TransportConfig", names: [], touched: ["JournalingReportNdrTo"], isTouched: () => true });
const journalConnectors = spec({
  kind: "OutboundConnector",
  names: regional(everyProfile.map((p) => p.journaling.value.connector.name)),
  touched: ["Enabled", "RecipientDomains", "SmartHosts", "UseMXRecord", "TlsSettings"],
  isTouched: (row) => row.ConnectorType === "Partner" && row.RecipientDomains.some((domain) => isVendorAddress(`any@${domain}`)),
});

/** What has to be read for a kit. */
export const kitQueries = {
  journalRules: ask("JournalRule"),
  undeliverable: ask("TransportConfig"),
  journalConnectors: ask("OutboundConnector"),
  connectors: ask("InboundConnector"),
  rules: ask("TransportRule"),
  antiSpam: ask("HostedContentFilterPolicy"),
  quarantine: ask("QuarantinePolicy"),
  notices: ask("GlobalQuarantinePolicy"),
  allowed: ask("HostedConnectionFilterPolicy"),
};

/** As it was before us: what we made was not there, what we put was something else. */
function wasOf<K extends Kind>({ kind, names, touched, asWere = [], isTouched }: Spec<K>, known: Known, mine: Mine): Was | null {
  const rows = answer(ask(kind), known);
  if (!rows.ok) return null;
  const there = rows.value.filter((row) => markOf(mine, kind, row.Guid)?.made !== true);
  return {
    kind,
    names,
    touched,
    asWere,
    there: there.map((row) => row.Guid),
    rows: there.filter(isTouched).map((row) => ({ ...propsOf(row), ...beforeUs(propsOf(row), markOf(mine, kind, row.Guid)) })),
  };
}

/** What lets mail in goes first, and nothing else: a lock that was turned off is turned off again, no other connector is touched yet. */
function doorOf(was: Was | null): Was | null {
  const isLockThatWasOff = (row: Props) => row["RestrictDomainsToIPAddresses"] === true && row["Enabled"] === false;
  return (
    was && {
      ...was,
      rows: was.rows.map((row) => {
        const { Enabled, ...others } = row;
        return isLockThatWasOff(row) && Enabled !== undefined ? { ...others, Enabled } : others;
      }),
    }
  );
}

/** @returns null while one of the kinds could not be read: half a kit is none. */
export function kitOf(known: Known, mine: Mine): Pick<KitOrder, "first" | "rest" | "added"> | null {
  const first = doorOf(wasOf(lockDown, known, mine));
  const all = [
    // Reports go before the way that they take.
    wasOf(journalRules, known, mine),
    wasOf(undeliverable, known, mine),
    wasOf(journalConnectors, known, mine),
    wasOf(rules, known, mine),
    wasOf(antiSpam, known, mine),
    wasOf(quarantine, known, mine),
    wasOf(notices, known, mine),
    wasOf(connectors, known, mine),
    wasOf(allowed, known, mine),
  ];
  const rest = all.flatMap((one) => one ?? []);
  if (first === null || rest.length < all.length) return null;
  return { first, rest, added: unique(everyProfile.flatMap((p) => p.egress.value)) };
}
