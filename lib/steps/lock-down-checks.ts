/** What is to be known around the lock: other connectors, who may be shut out, and whether the door is really locked. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, onWord, pass, unknown, wait, warn } from "@/lib/model/check";
import { isLockRefusal } from "@/lib/model/mail-proof-refusals";
import { EXCHANGE_WORKS_MS } from "@/lib/model/noun";
import type { Row } from "@/lib/model/nouns";
import { type Moment, sinceWhen } from "@/lib/model/query";
import { readSpf } from "@/lib/model/trace-spf";
import type { Profile } from "@/lib/profiles/profile";
import { isInitialDomain } from "./lock-down-gate";
import { listed } from "./spans";
import { type Connector, isForEverySender, isLockDown, locksToVendor, missingAddresses, ourAddresses } from "./vendor-connector";

/** Connectors beside the lock, and what the lock does to their mail. */
export function besideChecks(connectors: readonly Connector[], profile: Profile): readonly Check[] {
  return connectors.filter((c) => c.Enabled).flatMap((c) => besideCheck(c, profile));
}

function besideCheck(c: Connector, profile: Profile): readonly Check[] {
  const about = `Connector “${c.Name}”`;
  if (c.ConnectorType === "OnPremises")
    return [
      warn(
        `on-premises/${c.Guid}`,
        `“${c.Name}” brings mail of servers of your own. That mail keeps arriving, as far as it matches this connector.`,
        "Make sure that it names every server of yours that sends straight to Microsoft.",
        { about },
      ),
    ];
  if (isLockDown(c) && !locksToVendor(c, profile) && ourAddresses(c, profile).length === 0)
    return [
      fail(
        `other-lock/${c.Guid}`,
        `“${c.Name}” accepts mail of every sender from somebody else's servers alone, so mail from ${profile.vendor} is refused.`,
        "Turn it off in Exchange admin center > Mail flow > Connectors when the other gateway is no longer needed.",
        { about },
      ),
    ];
  if (isForEverySender(c) || c.SenderDomains.length === 0) return [];
  return [
    warn(
      `partner/${c.Guid}`,
      `“${c.Name}” is for mail of ${listed(c.SenderDomains)}. The lock comes before it: that mail is refused unless it comes through ${profile.vendor}.`,
      "Ask that partner to send to your domain's mail records, not straight to Microsoft.",
      { about },
    ),
  ];
}

/** The vendor's list grew, and the lock does not know it. */
export function staleCheck(connectors: readonly Connector[], profile: Profile): readonly Check[] {
  const short = connectors.filter((c) => isLockDown(c) && ourAddresses(c, profile).length > 0 && missingAddresses(c, profile).length > 0);
  return short.map((c) =>
    fail(
      `stale/${c.Guid}`,
      `“${c.Name}” leaves ${listed(missingAddresses(c, profile).slice(0, 5))} of ${profile.vendor} outside: mail from there is refused (550 5.7.51).`,
      "Look at the plan and agree to it: it adds them.",
      { about: `Connector “${c.Name}”` },
    ),
  );
}

/** Its MX is Microsoft's and stays so. */
export function initialCheck(accepted: Result<readonly Row<"AcceptedDomain">[]> | undefined): readonly Check[] {
  const names = accepted?.ok ? accepted.value.map((row) => row.Name).filter(isInitialDomain) : [];
  if (names.length === 0) return [];
  return [
    warn(
      "initial",
      `Mail from outside to addresses at ${listed(names)} is refused once the door is locked: its mail records are Microsoft's.`,
      "Look in forwardings, sign-ups and address books for addresses there, and give people their address at a domain of yours.",
      { about: "Addresses at onmicrosoft.com" },
    ),
  ];
}

/** What a domain's SPF record lets send in its name, beside Microsoft. */
function otherSenders({ records }: Row<"spf">): readonly string[] {
  const { includes, networks } = readSpf(records);
  return [...includes, ...networks];
}

export function senderChecks(spf: Readonly<Record<string, Result<readonly Row<"spf">[]>>>): readonly Check[] {
  const found = Object.entries(spf).flatMap(([domain, seen]) => {
    const others = seen.ok ? seen.value.flatMap(otherSenders) : [];
    return others.length > 0 ? [`${domain}: ${listed(others)}`] : [];
  });
  if (found.length === 0) return [];
  return [
    warn(
      "senders",
      `Others may send in your name, says SPF. ${found.join("; ")}.`,
      "Find out whether one of them delivers straight to Microsoft (HR, CRM, simulations, printers): the report of what would be refused shows it.",
      { about: "Who else sends as you" },
    ),
  ];
}

/** Since when the door has been locked, as far as we saw. */
export const lockedSince = (moments: readonly Moment<"InboundConnector">[], profile: Profile): number | null =>
  sinceWhen(moments, ({ rows }) => rows.some((c) => locksToVendor(c, profile)));

type Direct = Result<readonly Row<"directDelivery">[]>;
/** After the lock, mail straight at the tenant's own host must be refused. */
export function directCheck(at: string, seen: Direct, since: number | null, isWord: boolean, now: number): Check {
  const id = `direct/${at}`;
  const about = `Straight to ${at.split("@").at(-1) ?? at}`;
  if (!seen.ok) {
    if (isWord && seen.problem.code === "unreachable")
      return onWord(
        id,
        "We can't look: no way out on port 25 from here. You decided to go on.",
        "Try it from outside, with any mail server of your own.",
        {
          about,
        },
      );
    return unknown(id, seen.problem, { about });
  }
  const [row] = seen.value;
  if (!row) return unknown(id, { code: "unreadable", say: "The mail server gave no answer that we know." }, { about });
  const answer = `${row.code ?? ""} ${row.text}`.trim();
  if (row.refused && isLockRefusal(row.text)) return pass(id, `Mail from outside is refused: ${answer}.`, { about });
  const saw = row.refused ? `Mail from outside is refused, but for another reason: ${answer}.` : "Mail from outside is still accepted.";
  const until = (since ?? now) + EXCHANGE_WORKS_MS;
  if (now < until) return wait(id, `${saw} Microsoft may take up to an hour.`, until, { about, fix: "Wait." });
  if (row.refused)
    return warn(
      id,
      `${saw} So this does not show whether the door is locked.`,
      "Send the test messages: they go to a mailbox of yours, and only a locked door refuses the one that goes straight to Microsoft.",
      { about },
    );
  return fail(
    id,
    `${saw} The door is not locked, although the connector is turned on.`,
    "Look at the connector: it must be for all senders (*), turned on, and restricted to the addresses. If it is, tell Microsoft's support.",
    { about },
  );
}
