/** Whether reports arrive: the rules are on, and something proves that what they send comes in. */
import { type Check, fail, onWord, pass, unknown, wait, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import {
  type FlowReading,
  growthSince,
  isInline,
  isOnFor,
  ndrOf,
  onSince,
  type Point,
  reportsSince,
  sightings,
  targetsOf,
  vendorCount,
} from "./journal-flow-reading";
import type { FlowSettings } from "./journal-flow-settings";
import { listed, moment, span } from "./spans";

/** Microsoft says minutes; half an hour is what is waited before somebody is asked to look. */
export const FIRST_REPORT_MS = 30 * 60_000;
const AGAIN_MS = 60_000;
/** A long weekend. */
const QUIET_MS = 96 * 3_600_000;
const MINUTE_MS = 60_000;

const FLOW = "Reports";
const minutes = (ms: number): string => span(Math.max(1, Math.round(ms / MINUTE_MS)) * 60);

function offCheck(id: string, about: string, address: string, { rules, rulesBefore }: FlowReading): Check {
  const more = { about, step: "journal-rule" };
  const off = rules.find((rule) => rule.JournalEmailAddress === address);
  if (!off) {
    const other = rules.find((rule) => rule.Enabled && rule.JournalEmailAddress.split("@")[1] === address.split("@")[1]);
    const saw = other
      ? `“${other.Name}” sends reports to ${other.JournalEmailAddress}, and the address you entered is ${address}.`
      : `No journal rule sends reports to ${address}.`;
    return fail(
      id,
      saw,
      other ? "Compare both with the address in the dashboard, letter by letter, and correct the wrong one." : "Make the rule first.",
      more,
    );
  }
  const wasOn = rulesBefore.findLast(({ rows }) => isOnFor(rows, address));
  const saw = wasOn
    ? `“${off.Name}” was on until ${moment(wasOn.last)}, and is off. Microsoft turns a rule off by itself when nobody takes its reports for two days.`
    : `“${off.Name}” is off.`;
  return fail(id, saw, wasOn ? `Look whether ${address} is spelt right, then turn the rule on again.` : "Turn it on.", more);
}

function ruleChecks(reading: FlowReading, chosen: FlowSettings, profile: Profile): readonly Check[] {
  const targets = targetsOf(chosen, profile);
  if (targets.length === 0)
    return [
      fail("rule", "No journaling region is chosen yet.", "Choose where reports are processed first.", {
        about: "Journal rule",
        step: "journal-connector",
      }),
    ];
  return targets.map(({ region, address }) => {
    const id = `rule/${region.id}`;
    const about = targets.length === 1 ? "Journal rule" : `Journal rule for ${region.title}`;
    if (address === null)
      return fail(id, "The journaling address is not entered yet.", "Enter it where the connector is made.", {
        about,
        step: "journal-connector",
      });
    return isOnFor(reading.rules, address)
      ? pass(id, `A rule sends reports to ${address}, and is on.`, { about })
      : offCheck(id, about, address, reading);
  });
}

const LOOK_IN_ORDER = "Look at the points under “When nothing arrives”, in that order.";

/** Nothing seen yet: waited for, then somebody has to look. */
function nothingYet(since: number, now: number, saw: string): Check {
  const until = since + FIRST_REPORT_MS;
  if (now < until)
    return wait("flow", `${saw} The rule has been on since ${moment(since)}.`, Math.min(until, now + AGAIN_MS), {
      about: FLOW,
      fix: "Wait, or send a test message below.",
    });
  return fail("flow", `${saw} The rule has been on for ${span(Math.floor((now - since) / MINUTE_MS) * 60)}.`, LOOK_IN_ORDER, {
    about: FLOW,
  });
}

function came(since: number, first: number, saw: string): Check {
  return pass("flow", `${saw} ${first > since ? `The first was seen ${minutes(first - since)} after the rule was on.` : ""}`.trim(), {
    about: FLOW,
  });
}

/** By the numbers alone. */
function countCheck(points: readonly Point[], since: number, now: number, inline: boolean): Check {
  const growth = growthSince(points, since);
  if (!growth)
    return nothingYet(since, now, points.length === 0 ? "Nothing was counted yet." : "The number of processed messages has not grown yet.");
  const saw = `The number of processed messages grew from ${growth.from} to ${growth.to}.`;
  if (!inline) return came(since, growth.first, saw);
  return nothingYet(since, now, `${saw} Your mail records send mail there as well, so that proves nothing: no report was seen yet.`);
}

function typedCheck(
  points: readonly Point[],
  since: number,
  now: number,
  inline: boolean,
  { addresses }: Profile["journaling"]["value"],
): Check {
  const where = addresses.split(" > ")[0] ?? "dashboard";
  if (inline)
    return fail(
      "flow",
      "Mail also goes there by your mail records, so a typed number proves nothing, and Cutover has no API token to look for reports.",
      "Enter a token on the Cloudflare page, or search the dashboard for a message with delivery mode Journal, and skip this step with that as the reason.",
      { about: FLOW },
    );
  const growth = growthSince(points, since);
  if (growth)
    return onWord(
      "flow",
      `By your word, the number grew from ${growth.from} to ${growth.to}.`,
      "To see it for yourself at any time, enter a token on the Cloudflare page.",
      { about: FLOW },
    );
  if (points.length < 2)
    return fail(
      "flow",
      "Cutover has no API token that it can use, so it cannot see whether reports arrive.",
      `Type the number of processed messages that the ${where} shows, now and again after some mail; or enter a token, with its account, on the Cloudflare page.`,
      { about: FLOW },
    );
  return nothingYet(since, now, "By your word, the number has not grown yet.");
}

function flowCheck(reading: FlowReading, chosen: FlowSettings, profile: Profile, since: number, now: number): Check {
  const vendor = vendorCount(reading, chosen);
  const reports = [...reportsSince(reading, since), ...sightings(reading, since).filter(isReport)];
  const [first] = reports;
  if (first)
    return came(since, Math.min(...reports.map((r) => r.scannedAt)), `${profile.vendor} has messages that came as journal reports.`);
  if (vendor.is === "unread") return unknown("flow", vendor.problem, { about: FLOW });
  const inline = isInline(reading, chosen);
  // A number proves something only where no other mail is counted with it.
  if (!inline.ok) return unknown("flow", inline.problem, { about: FLOW });
  return vendor.is === "typed"
    ? typedCheck(vendor.points, since, now, inline.value, profile.journaling.value)
    : countCheck(vendor.points, since, now, inline.value);
}

const isReport = ({ deliveryMode }: Row<"journaled">): boolean => deliveryMode === "JOURNAL";

/** The message that somebody had us send. */
function testChecks(reading: FlowReading, { sent }: FlowSettings, since: number | null, now: number): readonly Check[] {
  if (!sent || sent.messageIds.length === 0) return [];
  const about = "Test message";
  if (sent.to.toLowerCase() === ndrOf(reading)?.toLowerCase())
    return [
      fail(
        "test",
        `It went to ${sent.to}, which takes undeliverable reports. Mail to that mailbox is never journaled.`,
        "Send one to another mailbox.",
        { about },
      ),
    ];
  const answers = Object.values(reading.sent);
  const failed = answers.find((answer) => !answer.ok);
  const seen = sightings(reading, since ?? 0);
  const report = seen.find(isReport);
  if (report) return [pass("test", `Its report came ${minutes(report.scannedAt - sent.at)} after it was sent.`, { about })];
  if (failed && !failed.ok) return failed.problem.code === "not-asked" ? [] : [unknown("test", failed.problem, { about })];
  const until = Math.max(sent.at, since ?? sent.at) + FIRST_REPORT_MS;
  const saw = seen.length > 0 ? "It came by your mail records; its report has not come yet." : "No report of it has come yet.";
  if (now < until) return [wait("test", saw, Math.min(until, now + AGAIN_MS), { about, fix: "Wait." })];
  return [
    warn(
      "test",
      saw.replace(" yet.", "."),
      "Look whether it was delivered, and whether the mailbox is in a list where you use lists. Then send another.",
      {
        about,
        step: "journal-regions",
      },
    ),
  ];
}

/** The vendor counts by domain: of one that it was not told of, the number stays where it is. */
function knownCheck({ processed }: FlowReading, { domains }: FlowSettings, { vendor, journaling }: Profile): readonly Check[] {
  const rows = processed["account"];
  if (!rows?.ok) return [];
  const missing = domains.filter((domain) => !rows.value.some((row) => row.domain === domain));
  if (missing.length === 0) return [];
  const dashboard = journaling.value.addresses.split(" > ")[0] ?? "dashboard";
  return [
    warn(
      "known",
      `${vendor} does not know ${listed(missing)}, so no report about ${missing.length === 1 ? "it" : "them"} is counted.`,
      `Add ${missing.length === 1 ? "it" : "them"} to the domains in the ${dashboard}, then look again.`,
      { about: "Domains at the vendor" },
    ),
  ];
}

/** It did flow, and has stopped. */
function quietCheck(reading: FlowReading, chosen: FlowSettings, since: number, now: number): readonly Check[] {
  const vendor = vendorCount(reading, chosen);
  if (vendor.is !== "read") return [];
  const growth = growthSince(vendor.points, since);
  const last = Math.max(growth?.last ?? 0, ...reportsSince(reading, since).map((r) => r.scannedAt));
  if (last === 0 || now - last < QUIET_MS) return [];
  return [
    warn(
      "quiet",
      `Nothing new was counted since ${moment(last)}.`,
      `Send a test message. If nothing comes of it: ${LOOK_IN_ORDER.toLowerCase()}`,
      {
        about: "Quiet for days",
      },
    ),
  ];
}

export function flowChecks(reading: FlowReading, chosen: FlowSettings, profile: Profile, now: number): readonly Check[] {
  const since = onSince(reading, chosen, profile, now);
  return [
    ...ruleChecks(reading, chosen, profile),
    ...knownCheck(reading, chosen, profile),
    ...(since === null ? [] : [flowCheck(reading, chosen, profile, since, now), ...quietCheck(reading, chosen, since, now)]),
    ...testChecks(reading, chosen, since, now),
  ];
}
