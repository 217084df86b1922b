/** The way of journal reports, now and after the track, as stations in order: drawn from the rules and connectors that were read. */
import { answer, ask, type Known } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { isVendorAddress } from "./journal-connector-addresses";
import { isNeeded, leavingBy } from "./journal-connector-gateway";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { jobsOf, takersOf } from "./journal-connector-want";
import type { MailWay, Station } from "./mail-way";
import { listed } from "./spans";

const MICROSOFT = "Microsoft 365";
const GATEWAY: Station = { name: "Your outgoing gateway", note: "would get the reports, and need not send them on" };

/** @returns null while rules or connectors were not read. */
export function journalWayOf(chosen: JournalConnectorSettings, known: Known, profile: Profile): MailWay | null {
  const [rules, outbound, flow] = [
    answer(ask("JournalRule"), known),
    answer(ask("OutboundConnector"), known),
    answer(ask("TransportRule"), known),
  ];
  if (!rules.ok || !outbound.ok || !flow.ok) return null;
  const jobs = jobsOf(chosen, profile);
  const isGated = isNeeded(leavingBy(outbound.value, flow.value), chosen.gateway);
  const ours = rules.value.filter((rule) => rule.Enabled && isVendorAddress(rule.JournalEmailAddress));
  const isCovered = jobs.every(({ domain }) => takersOf(domain, outbound.value).length > 0);
  const regions = listed(jobs.map(({ region }) => region.title));
  const vendor: Station = { name: profile.product, note: `looks at the report. Regions: ${regions}`, isOurs: true };
  const past: Station = { name: "A connector of its own", note: "takes the reports past your gateway" };
  const nobody: Station = { name: MICROSOFT, note: `delivers your mail, and reports nothing to ${profile.vendor} yet` };
  const reporter: Station = { name: MICROSOFT, note: "delivers your mail, and reports each message from or to outside" };
  const between = isGated ? [isCovered ? past : GATEWAY] : [];
  return {
    now: ours.length > 0 ? [reporter, ...between, vendor] : [nobody],
    after: [reporter, ...(isGated ? [past] : []), vendor],
  };
}
