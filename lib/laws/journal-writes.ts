/** Rules of Exchange for journaling and distribution lists, as published: without any code of lib/model. */
import { type Obj, objects, type State, withObject } from "./state";

type Parameters = Readonly<Record<string, unknown>>;
type Refusal = { readonly code: "rejected" | "exists" | "gone"; readonly say: string };

export const JOURNAL_DEFAULTS: Readonly<Record<string, Parameters>> = {
  JournalRule: { Recipient: null, Scope: "Global", Enabled: false },
  OutboundConnector: {
    Comment: null,
    Enabled: true,
    ConnectorType: "Partner",
    RecipientDomains: [],
    SmartHosts: [],
    UseMXRecord: true,
    TlsSettings: null,
    TlsDomain: null,
    AllAcceptedDomains: false,
    IsTransportRuleScoped: false,
    TestMode: false,
    RouteAllMessagesViaOnPremises: false,
    IsValidated: false,
    LastValidationTimestamp: null,
    ValidationRecipients: [],
    WhenChangedUTC: "2026-08-20T00:00:00Z",
  },
  DistributionGroup: { IsDirSynced: false, RecipientTypeDetails: "MailUniversalDistributionGroup", Members: [] },
};

const MOST_MEMBERS = 10_000;
const strings = (v: unknown): readonly string[] => (Array.isArray(v) ? v.map(String) : []);

/** Rules of journaling are not made before there is an address for what cannot be delivered. */
export function whyNoJournal(state: State, kind: string, verb: string, p: Parameters): string | null {
  if (kind === "OutboundConnector" && p["UseMXRecord"] === false && verb === "New" && strings(p["SmartHosts"]).length === 0)
    return "You must specify at least one smart host.";
  if (kind === "DistributionGroup" && strings(p["Members"]).length > MOST_MEMBERS) return "Too many members.";
  if (kind !== "JournalRule" || verb !== "New") return null;
  return objects(state, "TransportConfig")[0]?.["JournalingReportNdrTo"] ? null : "You must specify an address for undeliverable reports.";
}

/** Who is in a list is written by cmdlets of its own. */
export function membersAfter(state: State, cmdlet: string, p: Parameters): { readonly state: State; readonly guid: string } | Refusal {
  const held = objects(state, "DistributionGroup").find((o) => o.Guid === p["Identity"] || o.Name === p["Identity"]);
  if (!held) return { code: "gone", say: `The object '${String(p["Identity"])}' couldn't be found.` };
  if (held["IsDirSynced"] === true) return { code: "rejected", say: "The object is synchronized from your on-premises organization." };
  const now = strings(held["Members"]);
  const member = String(p["Member"]);
  const put = (Members: readonly string[]) => ({
    state: withObject(state, "DistributionGroup", held.Guid, (o: Obj) => ({ ...o, Members: [...Members] })),
    guid: held.Guid,
  });
  if (cmdlet.startsWith("Update-")) {
    const all = strings(p["Members"]);
    return all.length > MOST_MEMBERS ? { code: "rejected", say: "Too many members." } : put(all);
  }
  return put(cmdlet.startsWith("Add-") ? [...new Set([...now, member])] : now.filter((one) => one !== member));
}
