/** The catalogue: every step and every track in order. To add a step: its file, and its line here. */

import type { Known } from "@/lib/model/query";
import { isProfileId } from "@/lib/profiles/all";
import type { Profile, ProfileId } from "@/lib/profiles/profile";
import type { Access } from "./access";
import { allowList } from "./allow-list";
import { area1Domains } from "./area1-domains";
import { autoRetract } from "./auto-retract";
import { chooseDomains, domainsOf, tracksOf } from "./choose-domains";
import { connectTenant } from "./connect-tenant";
import { enhancedFiltering } from "./enhanced-filtering";
import { inboundConnector } from "./inbound-connector";
import { journalConnector } from "./journal-connector";
import { journalConnectorSettings } from "./journal-connector-settings";
import { journalFlow } from "./journal-flow";
import { journalRegions } from "./journal-regions";
import { journalRule } from "./journal-rule";
import { journalWayOf } from "./journal-way";
import { lockDown } from "./lock-down";
import type { MailWay } from "./mail-way";
import { messageHandling } from "./message-handling";
import { mxRecords } from "./mx-records";
import { mxTtl } from "./mx-ttl";
import { organizationCustomization } from "./organization-customization";
import { retractionAuthorization } from "./retraction-authorization";
import type { Step } from "./shape";
import { spfHardFail } from "./spf-hard-fail";
import { undeliverableReports } from "./undeliverable-reports";

const afterConnecting: readonly Step[] = [
  chooseDomains,
  organizationCustomization,
  mxTtl,
  allowList,
  spfHardFail,
  inboundConnector,
  enhancedFiltering,
  messageHandling,
  area1Domains,
  mxRecords,
  lockDown,
  journalConnector,
  undeliverableReports,
  journalRegions,
  journalRule,
  journalFlow,
  retractionAuthorization,
  autoRetract,
];

/** In the order in which they are done; every step comes after those it needs. */
export const catalogue: readonly Step[] = [
  connectTenant((chosen) => afterConnecting.filter((step) => isChosen(step.id, chosen))),
  ...afterConnecting,
];

/** An ordered list of step ids; steps have ids, never numbers. */
export type Track = { readonly id: string; readonly title: string; readonly hint: string; readonly steps: readonly string[] };

const connect: Track = {
  id: "connect",
  title: "Connect",
  hint: "See what is there, and whether it can be done",
  steps: ["connect-tenant", "choose-domains", "organization-customization"],
};
const inline: Track = {
  id: "inline",
  title: "Put the gateway in front of your mail",
  hint: "Prepare Microsoft 365, switch the mail records, lock the door behind",
  steps: [
    "mx-ttl",
    "allow-list",
    "spf-hard-fail",
    "inbound-connector",
    "enhanced-filtering",
    "message-handling",
    "area1-domains",
    "mx-records",
    "lock-down",
  ],
};
const journaling: Track = {
  id: "journaling",
  title: "Send copies by journaling",
  hint: "Microsoft sends a report of each outside message, your mail keeps its way",
  steps: ["journal-connector", "undeliverable-reports", "journal-regions", "journal-rule", "journal-flow"],
};
const retraction: Track = {
  id: "retraction",
  title: "Move messages after delivery",
  hint: "What turns out bad later is taken out of mailboxes",
  steps: ["retraction-authorization", "auto-retract"],
};
export const tracks: readonly Track[] = [connect, inline, journaling, retraction];

/** Connecting is for everybody; the other tracks are chosen. */
const isTrackChosen = ({ id }: Track, chosen: readonly string[]): boolean => id === connect.id || chosen.includes(id);
function isChosen(stepId: string, chosen: readonly string[]): boolean {
  return isTrackChosen(trackOf(stepId), chosen);
}

export const stepOf = (id: string): Step | undefined => catalogue.find((step) => step.id === id);
/** Every step of the catalogue is in a track. */
export const trackOf = (stepId: string): Track => tracks.find((track) => track.steps.includes(stepId)) ?? connect;

/** The tracks that the tenant's people chose, and their steps in the order in which they are done. */
export function chosenIn(settings: (step: Step) => unknown): { readonly tracks: readonly Track[]; readonly steps: readonly Step[] } {
  const chosen = tracksOf(settings(chooseDomains));
  return {
    tracks: tracks.filter((track) => isTrackChosen(track, chosen)),
    steps: catalogue.filter((step) => isChosen(step.id, chosen)),
  };
}

type Saved = (step: string) => Readonly<Record<string, unknown>>;
/** The profile that the tenant's people chose; null while nobody has. */
export function profileIn(saved: Saved): ProfileId | null {
  const chosen = saved("choose-domains")["profile"];
  return isProfileId(chosen) ? chosen : null;
}

/** The domains that the tenant's people chose. */
export const domainsIn = (settings: (step: Step) => unknown): readonly string[] => domainsOf(settings(chooseDomains));

/** The way of journal reports, as far as it was read. */
export const reportWayIn = (settings: (step: Step) => unknown, known: Known, profile: Profile): MailWay | null =>
  journalWayOf(journalConnectorSettings.parse(settings(journalConnector)), known, profile);

/** The setting that keeps how Cutover may work with the tenant, and whose it is. */
export const chooseAccess = (access: Access): { readonly step: string; readonly value: Readonly<Record<string, unknown>> } => ({
  step: "connect-tenant",
  value: { access },
});
