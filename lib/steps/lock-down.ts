/** Lock the door: Microsoft takes mail from the vendor's servers alone. Made turned off, turned on when every domain has been moved long enough. */
import { z } from "zod";
import { type Check, fail, pass } from "@/lib/model/check";
import { isLockRefusal } from "@/lib/model/mail-proof-refusals";
import { type Mine, markOf } from "@/lib/model/mine";
import { ask, each, past, per, type Reading } from "@/lib/model/query";
import { ensure, leave } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { access } from "./access";
import { domainList, domainName } from "./domain-name";
import { filteringWant } from "./enhanced-filtering";
import { hopList } from "./hops";
import { besideChecks, directCheck, initialCheck, lockedSince, senderChecks, staleCheck } from "./lock-down-checks";
import { gateCheck, gateQueries, gateTable } from "./lock-down-gate";
import { lockDownTexts } from "./lock-down-texts";
import { recordsQuery } from "./next-hop";
import { defineStep, type Evidence, type Field } from "./shape";
import { listed } from "./spans";
import { ticked } from "./ticked";
import { type Connector, isLockDown, lockJob, locksToVendor, namedAmong, ourAddresses } from "./vendor-connector";

const YES: readonly unknown[] = [true, "true", "yes"];

const settings = z.object({
  access,
  domains: domainList.default([]),
  nextHops: z.record(z.string(), domainName).default({}),
  /** What is between the vendor and Microsoft, as chosen for enhanced filtering. */
  hop: z.enum(["last", "list"]).default("last"),
  hops: hopList.default([]),
  /** First the connector is made and stays off; then it is turned on. */
  turnOn: z.preprocess((said) => YES.includes(said), z.boolean()).default(false),
  /** The day on which somebody looked at what would be refused. */
  reviewed: z.string().trim().max(40, "Enter a day, such as 2026-05-03.").default(""),
  /** No way out on port 25: go on by word. */
  port25Word: ticked.default([]),
});
type Settings = z.infer<typeof settings>;

const hosts = ({ access: chosen, domains, nextHops }: Settings) =>
  chosen === "consent"
    ? each(
        per(domains, (d) => ask("serviceRecord", d)),
        "directDelivery",
        (row, domain) =>
          row["recordType"] === "mx" && typeof row["mailExchange"] === "string" ? `${domain}@${row["mailExchange"]}` : null,
      )
    : per(
        domains.flatMap((d) => (nextHops[d] ? [`${d}@${nextHops[d]}`] : [])),
        (at) => ask("directDelivery", at),
      );

const queries = (chosen: Settings) => ({
  connectors: ask("InboundConnector"),
  earlier: past(ask("InboundConnector")),
  ...gateQueries(),
  spf: per(chosen.domains, (d) => ask("spf", d)),
  records: recordsQuery(chosen),
  direct: hosts(chosen),
});
type LockReading = Reading<ReturnType<typeof queries>>;

/** Turning it off again is always allowed: then the gate is a finding, not a guard. */
const isLocked = (connectors: readonly Connector[], profile: Profile): boolean => connectors.some((c) => locksToVendor(c, profile));

function doorCheck(connectors: readonly Connector[], { turnOn }: Settings, profile: Profile): Check {
  const about = "The door";
  const locked = connectors.filter((c) => locksToVendor(c, profile));
  if (locked.length > 0) return pass("door", `Locked by ${listed(locked.map((c) => `“${c.Name}”`))}.`, { about });
  const fix = turnOn
    ? "Look at the plan and agree to it."
    : "Make the connector first. Then choose “On” below, save, and look at the plan.";
  return fail("door", `Mail that does not come through ${profile.vendor} is accepted.`, fix, { about });
}

function reviewedCheck({ turnOn, reviewed }: Settings, isLockedNow: boolean): readonly Check[] {
  const about = "What would be refused";
  if (!turnOn || isLockedNow) return [];
  if (reviewed !== "") return [pass("reviewed", `Somebody looked at it: ${reviewed}.`, { about })];
  return [
    fail(
      "reviewed",
      "Nobody has looked at the mail that would be refused: printers, applications and services that send straight to Microsoft.",
      "Look at the report of what would be refused, find a way for each sender, and enter the day below.",
      { about },
    ),
  ];
}

/** A lock that was there before us, or that we only put right, stays on whatever was chosen. */
const isTheirs = (c: Connector, mine: Mine, profile: Profile): boolean => {
  const mark = markOf(mine, "InboundConnector", c.Guid);
  return isLockDown(c) && ourAddresses(c, profile).length > 0 && !mark?.made && mark?.values["Enabled"] === undefined;
};

/** Enhanced filtering of a lock that others made is the step's about it: it is on, so it is seen there. */
function wantFor(connectors: readonly Connector[], chosen: Settings, profile: Profile, mine: Mine) {
  const own = connectors.find((c) => markOf(mine, "InboundConnector", c.Guid)?.made);
  const theirs = own ? undefined : connectors.find((c) => isTheirs(c, mine, profile));
  if (theirs) return { ...lockJob(profile), Name: theirs.Name, Enabled: true };
  const Name = own?.Name ?? namedAmong(connectors, "lockDownConnector", profile);
  return { ...lockJob(profile), ...filteringWant(chosen, profile), Name, Enabled: chosen.turnOn };
}

function fieldsFor({ turnOn, reviewed }: Settings): readonly Field[] {
  return [
    {
      name: "turnOn",
      type: "choice",
      label: "Should the connector be on?",
      hint: "Make it first, turned off. Turn it on as a second change, when you have looked at what would be refused.",
      value: String(turnOn),
      options: [
        { value: "false", label: "Off", hint: "It is there and does nothing." },
        { value: "true", label: "On", hint: "Mail that comes past the vendor is refused." },
      ],
    },
    {
      name: "reviewed",
      type: "text",
      label: "Day on which you looked at what would be refused",
      hint: "Needed before the connector is turned on.",
      placeholder: "2026-05-03",
      value: reviewed,
    },
  ];
}

const directTable = ({ direct }: LockReading): readonly Evidence[] => {
  const rows = Object.entries(direct).map(([at, seen]) => {
    const row = seen.ok ? seen.value[0] : undefined;
    const said = row ? `${row.code ?? ""} ${row.text}`.trim() : "not known";
    return [
      at.split("@").at(-1) ?? at,
      at.split("@")[0] ?? "",
      row ? (row.refused ? (isLockRefusal(row.text) ? "Refused, as it should be" : "Refused for another reason") : "Accepted") : "Not read",
      said,
    ];
  });
  return rows.length > 0 ? [{ title: "Mail straight to Microsoft", columns: ["Host", "For", "From outside", "It said"], rows }] : [];
};

export const lockDown = defineStep({
  id: "lock-down",
  needs: ["mx-records"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {
    access: "connect-tenant",
    domains: "choose-domains",
    nextHops: "choose-domains",
    hop: "enhanced-filtering",
    hops: "enhanced-filtering",
    port25Word: "mx-records",
  },
  guards: ["gate", "reviewed"],
  ways: { us: true, script: true, hand: true },
  texts: lockDownTexts,
  settings,
  atFirst: { access: "consent", domains: [], nextHops: {}, hop: "last", hops: [], turnOn: false, reviewed: "", port25Word: [] },
  queries,
  checks(reading, chosen, profile, now) {
    const { connectors, earlier, accepted, spf, direct } = reading;
    const isLockedNow = isLocked(connectors, profile);
    const gateId = isLockedNow && !chosen.turnOn ? "domains" : "gate";
    const since = lockedSince(earlier, profile);
    return [
      gateCheck(gateId, reading, profile, now),
      ...reviewedCheck(chosen, isLockedNow),
      doorCheck(connectors, chosen, profile),
      ...staleCheck(connectors, profile),
      ...besideChecks(connectors, profile),
      ...initialCheck(accepted["tenant"]),
      ...senderChecks(spf),
      ...(isLockedNow ? Object.entries(direct).map(([at, seen]) => directCheck(at, seen, since, chosen.port25Word.length > 0, now)) : []),
    ];
  },
  changes({ connectors }, chosen, profile, mine) {
    const { comment } = profile.lockDownConnector.value;
    const ensured = ensure("InboundConnector", connectors, [wantFor(connectors, chosen, profile, mine)], mine, () => ({
      Comment: comment,
    }));
    const used = ensured.map((e) => e.key);
    return [...ensured.flatMap((e) => e.changes), ...leave("InboundConnector", connectors, mine, used)];
  },
  fields: (_reading, chosen) => fieldsFor(chosen),
  evidence: (reading, _chosen, profile) => [...gateTable(reading, profile), ...directTable(reading)],
});
