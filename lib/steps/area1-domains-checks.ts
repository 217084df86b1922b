/** What is true of a domain at the vendor: its next hop, its settings, whether it is proved to be the customer's. */
import { type Check, fail, onWord, pass, unknown, wait, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import { sinceWhen } from "@/lib/model/query";
import { does } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import type { VendorReading } from "./area1-domains-reading";
import type { VendorSettings } from "./area1-domains-settings";
import { isStillNeeded, quarantineFor, securedWant } from "./area1-domains-want";
import { isMicrosoft } from "./gateways";
import { vendorQuarantine } from "./message-handling-settings";
import { listed } from "./spans";
import { isVendorHost } from "./vendor-hosts";

type Secured = Row<"EmailSecurityDomain">;
const BY_PLAN = "Look at the plan and agree to it.";
const DAY_MS = 86_400_000;
const AGAIN_MS = 5 * 60_000;

/** Where Microsoft or DNS should have said the next hop, and did not. */
function hopMissing(domain: string, { records }: VendorReading, { access }: VendorSettings): Check {
  const about = domain;
  const seen = records[domain];
  if (access === "consent" && !seen?.ok)
    return unknown(domain, seen?.problem ?? { code: "not-asked", say: "What Microsoft expects has not been read yet." }, { about });
  if (access === "consent")
    return fail(
      domain,
      "Microsoft names no mail host for it, so it is not known where mail should go on to.",
      "Look at the domain in Microsoft 365 admin center > Settings > Domains > DNS records.",
      { about },
    );
  return fail(
    domain,
    "It is not known which host of Microsoft's mail should go on to.",
    "Look up the MX value in Microsoft 365 admin center > Settings > Domains > DNS records, and enter it where you chose your domains.",
    { about, step: "choose-domains" },
  );
}

/** The two ways to lose mail at this place, named by how they show. */
function wrongHop(row: Secured, hop: string): string | null {
  const held = row.forwardingTo;
  if (held === hop) return null;
  if (held === null) return "It has no next hop: the vendor does not know where to hand its mail on to.";
  if (isVendorHost(held))
    return `It forwards to ${held}, the vendor's own mail host: mail would go round in a loop (5.4.14 “hop count exceeded”). It should be ${hop}.`;
  const region = isMicrosoft(held)
    ? "a host of Microsoft's that is not yours (451 4.4.62 “wrong Office 365 region”)"
    : "not your tenant's host";
  return `It forwards to ${held}, ${region}. Microsoft expects ${hop}.`;
}

/** A day without proof: the record is not where it is looked for. */
function pendingSince(domain: string, { earlier }: VendorReading): number | null {
  const held = earlier["account"];
  return sinceWhen(held?.ok ? held.value : [], ({ rows }) => rows.find((r) => r.Name === domain)?.status === "PENDING");
}

function statusCheck(domain: string, row: Secured, reading: VendorReading, { vendor }: Profile, now: number): Check {
  const about = domain;
  const proof =
    row.challengeName !== null && row.challengeValue !== null
      ? `Set a TXT record named ${row.challengeName} with the value ${row.challengeValue} at your DNS host.`
      : "Open the domain in the vendor's dashboard: it says what proves that it is yours.";
  if (row.status === null || row.status === "ACTIVE")
    return pass(domain, `${vendor} takes its mail, and hands it on to ${row.forwardingTo}.`, { about });
  if (row.status !== "PENDING")
    return fail(
      domain,
      `${vendor} could not verify that it is yours (${row.status.toLowerCase()}).`,
      `${proof} Then have it verified again.`,
      { about },
    );
  const since = pendingSince(domain, reading) ?? now;
  if (now - since > DAY_MS)
    return fail(domain, "It has not been verified for more than a day.", `${proof} If it is there, ask ${vendor}'s support.`, { about });
  return wait(
    domain,
    `${vendor} has not verified yet that it is yours. It takes up to 24 hours once the record is there.`,
    now + AGAIN_MS,
    {
      about,
      fix: proof,
    },
  );
}

function readCheck(
  domain: string,
  rows: readonly Secured[],
  reading: VendorReading,
  chosen: VendorSettings,
  profile: Profile,
  now: number,
): Check {
  const about = domain;
  const want = securedWant(domain, reading, chosen, profile);
  if (want === null) return hopMissing(domain, reading, chosen);
  const row = rows.find((r) => r.Name === domain);
  if (!row) return fail(domain, `${profile.vendor} does not know it yet.`, BY_PLAN, { about });
  const wrong = wrongHop(row, want.forwardingTo);
  if (wrong !== null) return fail(domain, wrong, BY_PLAN, { about });
  if (!row.tlsOutbound)
    return fail(
      domain,
      "Outbound TLS is opportunistic, and the connector at Microsoft takes mail over TLS alone: some would be delayed or bounce.",
      BY_PLAN,
      {
        about,
      },
    );
  if (!does("EmailSecurityDomain", row, want)) return fail(domain, "Its settings differ from what was chosen.", BY_PLAN, { about });
  return statusCheck(domain, row, reading, profile, now);
}

/** Without a token: a person's word, and what can be seen from outside. */
function wordCheck(domain: string, reading: VendorReading, chosen: VendorSettings, { vendor }: Profile): Check {
  const about = domain;
  if (!chosen.entered.includes(domain))
    return fail(
      domain,
      `Cutover can't see what ${vendor} knows of it.`,
      "Enter the values of the table below in the vendor's form, then tick the domain below. Or give Cutover an API token.",
      { about },
    );
  const seen = Object.entries(reading.taken).find(([at]) => at.startsWith(`${domain}@`))?.[1];
  const row = seen?.ok ? seen.value[0] : undefined;
  const outside =
    row && row.stage === "rcpt" && !row.refused
      ? `Seen from outside: ${row.host} takes mail for it.`
      : row
        ? `From outside, ${row.host} did not take mail for it (${row.code ?? ""} ${row.text}), which may have another reason.`
        : "It could not be looked at from outside.";
  return onWord(domain, `Entered at ${vendor}, by your word. ${outside}`, "Compare the form with the table below once more.", { about });
}

export function vendorDomainCheck(domain: string, reading: VendorReading, chosen: VendorSettings, profile: Profile, now: number): Check {
  const account = reading.account["account"];
  if (account?.ok) return readCheck(domain, account.value, reading, chosen, profile, now);
  if (account && account.problem.code !== "not-asked") return unknown(domain, account.problem, { about: domain });
  return securedWant(domain, reading, chosen, profile) === null
    ? hopMissing(domain, reading, chosen)
    : wordCheck(domain, reading, chosen, profile);
}

/** A domain that hands unknown recipients on sends them out again: back to the vendor, round and round. */
export function relayChecks({ accepted }: VendorReading, { domains }: VendorSettings): readonly Check[] {
  const all = accepted["tenant"];
  const relays = all?.ok ? all.value.filter((row) => row.DomainType !== "Authoritative" && domains.includes(row.Name)) : [];
  return relays.map((row) =>
    warn(
      `relay/${row.Name}`,
      `${row.Name} is ${row.DomainType === "InternalRelay" ? "an internal relay" : "an external relay"}: Microsoft hands mail to people it does not know on, to whoever the mail records name. After the switch that is the vendor, and such mail goes round (5.4.14).`,
      "Make it Authoritative in Exchange admin center > Mail flow > Accepted domains, or give the other server a connector of its own.",
      { about: `Accepted domain ${row.Name}` },
    ),
  );
}

/** Microsoft first, out to the vendor and back: Microsoft does not support it, and with the switch it becomes a loop. The journaling connector is none. */
export function hairpinChecks({ outbound }: VendorReading, { domains }: VendorSettings, { vendor }: Profile): readonly Check[] {
  const all = outbound["tenant"];
  const isForAll = (recipients: readonly string[]) => recipients.length === 0 || recipients.some((d) => d === "*" || domains.includes(d));
  const back = all?.ok ? all.value.filter((c) => c.Enabled && c.SmartHosts.some(isVendorHost) && isForAll(c.RecipientDomains)) : [];
  return back.map((c) =>
    fail(
      `hairpin/${c.Guid}`,
      `The outbound connector “${c.Name}” sends mail from Microsoft 365 out to ${vendor} (${listed(c.SmartHosts)}), which hands it back. Microsoft does not support that way, and after the switch it goes round.`,
      "Turn it off in Exchange admin center > Mail flow > Connectors, with the mail flow rule that uses it.",
      { about: `Connector “${c.Name}”` },
    ),
  );
}

/** Its last page on Microsoft 365 says so of both; the current one says nothing. */
const ALWAYS_HELD = ["MALICIOUS", "SPAM"];

export function heldChecks(chosen: VendorSettings, profile: Profile): readonly Check[] {
  const others = chosen.ownChoice.filter((domain) => chosen.domains.includes(domain));
  const held = vendorQuarantine(chosen, profile);
  const anyway = ALWAYS_HELD.filter((disposition) => !held.some((one) => one === disposition));
  return [
    ...(anyway.length > 0
      ? [
          warn(
            "held-anyway",
            `${profile.vendor} may hold ${listed(anyway)} back in its own quarantine whatever is chosen: one of its pages says so for domains with MX records.`,
            "Leave your choice as it is. Look at a test message, and search for held mail in both places.",
            { about: "Held whatever you choose" },
          ),
        ]
      : []),
    ...others.map((domain) =>
      warn(
        `own/${domain}`,
        `For ${domain} the vendor holds ${listed(quarantineFor(domain, chosen, profile)) || "nothing"}, not what the use case says (${listed(held) || "nothing"}).`,
        "Leave it so if it is meant. Else take the tick away.",
        { about: `Quarantine of ${domain}` },
      ),
    ),
  ];
}

/** Ours, no longer chosen, and mail still comes through it. */
export function keptChecks(reading: VendorReading, { domains }: VendorSettings, profile: Profile): readonly Check[] {
  const account = reading.account["account"];
  const rows = account?.ok ? account.value.filter((row) => !domains.includes(row.Name)) : [];
  const kept = rows.map((row) => row.Name).filter((name) => reading.accountMx[name]?.ok && isStillNeeded(name, reading, profile));
  if (kept.length === 0) return [];
  return [
    warn(
      "not-chosen",
      `${listed(kept)}: at ${profile.vendor}, with mail coming through it, and not chosen here. Cutover leaves it as it is.`,
      "Choose it as well, if it is this tenant's.",
      { about: "Others in the account", step: "choose-domains" },
    ),
  ];
}
