/** Tell Microsoft which servers bring the mail: a partner connector by sender address, TLS required, that shuts nobody out yet. */
import { z } from "zod";
import { type Check, fail, pass, warn } from "@/lib/model/check";
import { ask, type Reading } from "@/lib/model/query";
import { ensure, leave } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { inboundConnectorTexts } from "./inbound-connector-texts";
import { gateCheck, gateQueries } from "./lock-down-gate";
import { mailGone } from "./mail-gone";
import { defineStep, type Evidence } from "./shape";
import { listed } from "./spans";
import {
  type Connector,
  connectorWant,
  doesTheJob,
  isForEverySender,
  isLockDown,
  locksToVendor,
  missingAddresses,
  namedAmong,
  ourAddresses,
} from "./vendor-connector";

const queries = () => ({ connectors: ask("InboundConnector"), ...gateQueries() });
type InboundReading = Reading<ReturnType<typeof queries>>;

const names = (rows: readonly Connector[]): string => listed(rows.map((c) => `“${c.Name}”`));

/** An OnPremises connector with shared addresses takes other customers' mail for the tenant's own. */
function onPremisesCheck(connectors: readonly Connector[], profile: Profile): Check {
  const about = "On-premises connectors";
  const wrong = connectors.filter((c) => c.ConnectorType === "OnPremises" && ourAddresses(c, profile).length > 0);
  if (wrong.length === 0)
    return pass("not-on-premises", `No connector of the type “Your organization's email server” names ${profile.vendor}'s servers.`, {
      about,
    });
  return fail(
    "not-on-premises",
    `${names(wrong)} is of the type “Your organization's email server” and names ${profile.vendor}'s servers. Other customers' mail from these servers would count as yours, and loop.`,
    `Take ${profile.vendor}'s addresses out of it in Exchange admin center > Mail flow > Connectors, then look again.`,
    { about },
  );
}

const notAll = (c: Connector, profile: Profile): boolean => ourAddresses(c, profile).length > 0 && missingAddresses(c, profile).length > 0;

/** Our own lock-down is right once its gate is met; any other, or one before its time, loses mail of the domains that have yet to move. */
function lockDownCheck(reading: InboundReading, profile: Profile, now: number): Check {
  const about = "Locked already";
  const { connectors } = reading;
  const locked = connectors.filter(isLockDown);
  if (locked.length === 0)
    return pass("no-lock-down", "No connector refuses mail from other servers, so mail keeps arriving during the move.", { about });
  if (locked.every((c) => locksToVendor(c, profile))) {
    const gate = gateCheck("no-lock-down", reading, profile, now);
    const lock = `${names(locked)} refuses mail that does not come from ${profile.vendor}.`;
    return { ...gate, saw: `${lock} ${gate.saw}`, ...(gate.fix ? { fix: `${gate.fix} Or turn the connector off until then.` } : {}) };
  }
  const short = locked.filter((c) => notAll(c, profile));
  if (short.length > 0)
    return fail(
      "no-lock-down",
      `${names(short)} refuses mail from everybody but its own servers, and leaves ${Math.max(...short.map((c) => missingAddresses(c, profile).length))} entries of ${profile.vendor} outside: their mail bounces (550 5.7.51).`,
      "Add the missing addresses: the plan of the step about locking the door does it. Or turn the connector off.",
      { about, step: "lock-down" },
    );
  return fail(
    "no-lock-down",
    `${names(locked)} refuses mail of every sender that does not come from its own servers. Mail of a domain that is not moved yet bounces.`,
    "Turn it off until every domain has moved: Exchange admin center > Mail flow > Connectors. Leave it only if all of them have, and tell support.",
    { about },
  );
}

/** An earlier attempt, or somebody's second try while the first did not show yet. */
function lookAlikes(connectors: readonly Connector[], profile: Profile): readonly Check[] {
  const doing = connectors.find((c) => doesTheJob(c, profile)) ?? connectors.find((c) => c.Name === profile.inboundConnector.value.name);
  const alike = connectors.filter((c) => c.Guid !== doing?.Guid && c.ConnectorType === "Partner" && !isLockDown(c) && isAlike(c, profile));
  return alike.map((c) =>
    warn(
      `look-alike/${c.Guid}`,
      `“${c.Name}” looks like an earlier attempt: ${ourAddresses(c, profile).length} of its addresses are ${profile.vendor}'s, ${missingAddresses(c, profile).length} are missing, and it is turned ${c.Enabled ? "on" : "off"}.`,
      "Find out who made it. If nobody needs it, turn it off, wait a day, and delete it. Cutover leaves it alone.",
      { about: `Look-alike “${c.Name}”` },
    ),
  );
}

/** The lock-down's own connector is none, whether it is on or not. */
const isAlike = (c: Connector, profile: Profile): boolean =>
  !c.RestrictDomainsToIPAddresses &&
  ((isForEverySender(c) && ourAddresses(c, profile).length > 0) ||
    c.Name.toLowerCase().startsWith(profile.inboundConnector.value.name.toLowerCase()));

/** Addresses beside the vendor's stay: they are somebody's. They are said, because this connector vouches for them. */
function strangersCheck(connectors: readonly Connector[], profile: Profile): readonly Check[] {
  const serving = connectors.filter((c) => c.Name === profile.inboundConnector.value.name || doesTheJob(c, profile));
  return serving.flatMap((c) => {
    const strange = c.SenderIPAddresses.filter((ip) => !ourAddresses(c, profile).includes(ip));
    if (strange.length === 0) return [];
    const saw = `“${c.Name}” also names ${listed(strange)}, not ${profile.vendor}'s.`;
    return [
      warn(`strangers/${c.Guid}`, saw, "Find out whose they are, and take them out if nobody needs them. Cutover leaves them in.", {
        about: "Other addresses",
      }),
    ];
  });
}

const table = (connectors: readonly Connector[], profile: Profile): Evidence => ({
  title: "Inbound connectors found",
  columns: [
    "Name",
    "From",
    "Turned on",
    "Sender domains",
    "Addresses",
    `${profile.vendor}'s missing`,
    "TLS",
    "Refuses others",
    "Does the job",
  ],
  rows: connectors.map((c) => [
    c.Name,
    c.ConnectorType === "Partner" ? "Partner organization" : "Your organization's email server",
    c.Enabled ? "Yes" : "No",
    c.SenderDomains.join(", "),
    String(c.SenderIPAddresses.length),
    String(missingAddresses(c, profile).length),
    c.RequireTls ? "Required" : "Not required",
    isLockDown(c) ? "Yes" : "No",
    doesTheJob(c, profile) ? "Yes" : "No",
  ]),
});

export const inboundConnector = defineStep({
  id: "inbound-connector",
  needs: ["choose-domains", "organization-customization"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {},
  undoGuard: mailGone,
  guards: ["not-on-premises", "no-lock-down"],
  ways: { us: true, script: true, hand: true },
  texts: inboundConnectorTexts,
  settings: z.object({}),
  atFirst: {},
  queries,
  checks: (reading, _settings, profile, now) => [
    onPremisesCheck(reading.connectors, profile),
    lockDownCheck(reading, profile, now),
    ...lookAlikes(reading.connectors, profile),
    ...strangersCheck(reading.connectors, profile),
  ],
  changes({ connectors }, _settings, profile, mine) {
    const { comment } = profile.inboundConnector.value;
    const want = { ...connectorWant(profile), Name: namedAmong(connectors, "inboundConnector", profile) };
    const ensured = ensure("InboundConnector", connectors, [want], mine, () => ({ Comment: comment }));
    const used = ensured.map((e) => e.key);
    return [...ensured.flatMap((e) => e.changes), ...leave("InboundConnector", connectors, mine, used)];
  },
  evidence: ({ connectors }, _settings, profile) => (connectors.length > 0 ? [table(connectors, profile)] : []),
});
