/** Findings about the address for undeliverable reports: whether it may receive them, whether it is itself journaled, and what it would replace. */
import { type Check, fail, pass, warn } from "@/lib/model/check";
import { domainIn } from "@/lib/model/mail-address";
import type { Mine } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import { combined } from "./combined";
import { isVendorAddress } from "./journal-connector-addresses";
import { listed } from "./spans";
import { presentIn, type UndeliverableReading } from "./undeliverable-reports-reading";
import { holderOf, type Known, recipientCheck } from "./undeliverable-reports-recipient";
import type { UndeliverableSettings } from "./undeliverable-reports-settings";

type Rule = Row<"JournalRule">;
export const UNDELIVERABLE_GUARDS = ["usable", "replace"] as const;

const about = "Address for undeliverable reports";

/** Rules of other archives. Their undeliverable reports come to the same address: there is one in an organisation. */
export const otherArchives = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter((rule) => rule.Enabled && !isVendorAddress(rule.JournalEmailAddress));

const named = (rules: readonly Rule[]): string => listed(rules.map((rule) => `“${rule.Name}” (to ${rule.JournalEmailAddress})`));

/** What is known of an address that is typed. */
export function knownOf(address: string, reading: UndeliverableReading, { domains }: UndeliverableSettings): Known {
  const domain = domainIn(address);
  return {
    recipient: reading.recipient[address],
    own: [...reading.accepted.map((row) => row.Name), ...domains],
    targets: reading.targets[domain],
  };
}

/** Nothing that is sent to the address is journaled: a loss where it is somebody's mailbox. */
function journaledCheck(address: string, reading: UndeliverableReading, known: Known): readonly Check[] {
  const holder = holderOf(address, known.recipient);
  const own = new Set([address, ...(holder ? [holder.PrimarySmtpAddress, ...holder.EmailAddresses] : [])]);
  const isAbout = ({ Recipient }: Rule) => (Recipient === null ? holder !== null : own.has(Recipient));
  const rules = reading.rules.filter((rule) => rule.Enabled && isAbout(rule));
  if (rules.length === 0) return [];
  return [
    warn(
      "journaled",
      `${address} is itself journaled, by ${named(rules)}. Microsoft journals nothing that is sent to the address for undeliverable reports, so that mail is missing there.`,
      "Take an address that is used for nothing else.",
      { about },
    ),
  ];
}

function sharedCheck(now: string | null, chosen: string, reading: UndeliverableReading): readonly Check[] {
  const others = otherArchives(reading.rules);
  if (now !== chosen || others.length === 0) return [];
  return [
    warn(
      "shared",
      `There is one address in an organisation, so undeliverable reports of ${named(others)} come to ${now} too.`,
      "Tell whoever looks at it that there will be reports of two kinds.",
      { about },
    ),
  ];
}

function replaceGuard(theirs: string | null, { address, replace }: UndeliverableSettings, { rules }: UndeliverableReading): Check {
  const id = "replace";
  const heading = "The address that is there";
  if (theirs === null) return pass(id, "None is set yet: nothing is replaced.", { about: heading });
  if (address === "" || address === theirs) return pass(id, `${theirs} is set, and stays.`, { about: heading });
  const others = otherArchives(rules);
  const users = others.length > 0 ? ` ${named(others)} seems to use it.` : " No other journal rule that is turned on seems to use it.";
  if (replace === theirs) return pass(id, `${theirs} may be replaced, as you entered.${users}`, { about: heading });
  return fail(
    id,
    `${theirs} is set already, and there is one address in an organisation.${users}`,
    `Keep it: enter it below as your address. Or, when whoever uses it agrees, enter ${theirs} below as the address that may be replaced.`,
    { about: heading },
  );
}

/** An address that is there is looked at, and kept, when somebody says so: it is one for the whole organisation. */
const missing = (now: string | null): Check =>
  fail(
    "usable",
    now === null
      ? "No address is set. Microsoft makes no journal rule without one, and reports that can't be delivered would be lost."
      : `${now} is set already. Nobody has said yet whether it stays.`,
    now === null ? "Enter an address below." : "To keep it, save it below as it is. It is looked at then.",
    { about },
  );

export function undeliverableChecks(reading: UndeliverableReading, chosen: UndeliverableSettings, mine: Mine): readonly Check[] {
  const { now, theirs } = presentIn(reading, mine);
  const guard = replaceGuard(theirs, chosen, reading);
  const { address } = chosen;
  if (address === "") return [missing(now), guard];
  const known = knownOf(address, reading, chosen);
  const judged = recipientCheck("recipient", address, known);
  return [
    combined("usable", [judged], judged.verdict === "pass" ? judged.saw : `${address} can be used.`, about),
    ...(judged.verdict === "warn" ? [judged] : []),
    guard,
    ...journaledCheck(address, reading, known),
    ...sharedCheck(now, address, reading),
  ];
}
