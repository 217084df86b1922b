/** The order of mail flow rules: ours among the tenant's own, and which of those keep mail from ours or have the last word. */
import { type Check, fail, warn } from "@/lib/model/check";
import { nothingIsMine } from "@/lib/model/mine";
import type { Profile } from "@/lib/profiles/profile";
import { actsOf, endsProcessing, type FlowRule, isVendors, isWorking } from "./message-handling-rules";
import type { HandlingSettings } from "./message-handling-settings";
import { type HandlingReading, handlingOf } from "./message-handling-wants";
import type { Evidence } from "./shape";

/** facts/exchange-mapping.md 10: Exchange Online limits. */
const MOST_RULES = 300;

type Placed = {
  readonly others: readonly FlowRule[];
  readonly isAbove: (rule: FlowRule) => boolean;
  readonly isOurs: (rule: FlowRule) => boolean;
};

/** Ours that are there keep their place, new ones come last: so every other rule is above those. */
function placed(reading: HandlingReading, settings: HandlingSettings, profile: Profile): Placed {
  const { rules } = handlingOf(reading, settings, profile, nothingIsMine);
  const isOurs = (rule: FlowRule) => rules.some((ours) => ours.key === rule.Guid);
  const there = reading.flow.filter(isOurs).map((r) => r.Priority);
  const last = there.length < rules.length ? Number.POSITIVE_INFINITY : Math.max(...there);
  return { others: reading.flow.filter((r) => isWorking(r) && !isOurs(r)), isOurs, isAbove: (rule) => rule.Priority < last };
}

/** Rules of the tenant's own before which ours can be put. */
export function blockers(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly FlowRule[] {
  const { others, isAbove } = placed(reading, settings, profile);
  return others.filter((r) => endsProcessing(r) && isAbove(r));
}

function blockedCheck(rule: FlowRule, { moveRules }: HandlingSettings): readonly Check[] {
  if (moveRules.includes(rule.Guid)) return [];
  return [
    warn(
      `above/${rule.Guid}`,
      `“${rule.Name}” comes before the rules of this step and ends the processing of mail that it matches (${actsOf(rule)}). That mail never reaches them.`,
      "If that is not meant so, tick it below: ours are put before it. A rule that somebody else made is not moved; move that one by hand in Exchange admin center > Mail flow > Rules.",
      { about: `Rule “${rule.Name}”` },
    ),
  ];
}

function sclCheck(rule: FlowRule, isAbove: boolean): Check {
  const isBypass = rule.SetSCL === -1 ? " Microsoft's spam filter then does not look at it at all." : "";
  const order = isAbove
    ? `It comes before the rules of this step: what they match gets their SCL, all other mail keeps this one.${isBypass}`
    : `It comes after the rules of this step and has the last word: what they marked is marked anew.${isBypass}`;
  return warn(
    `scl/${rule.Guid}`,
    `“${rule.Name}” sets SCL ${rule.SetSCL ?? ""}. ${order}`,
    "Turn it off if it was for another gateway. If it is needed, narrow it to the mail it is meant for: Exchange admin center > Mail flow > Rules.",
    { about: `Rule “${rule.Name}”` },
  );
}

export function orderChecks(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Check[] {
  const { others, isAbove } = placed(reading, settings, profile);
  const setsScl = others.filter((r) => r.SetSCL !== null && !endsProcessing(r) && !isVendors(r)); // of the vendor's old ones more is said elsewhere
  const fresh = handlingOf(reading, settings, profile, nothingIsMine).rules.filter((r) => r.key === "").length;
  const over = reading.flow.length + fresh - MOST_RULES;
  return [
    ...blockers(reading, settings, profile).flatMap((r) => blockedCheck(r, settings)),
    ...setsScl.map((r) => sclCheck(r, isAbove(r))),
    ...(over > 0
      ? [
          fail(
            "room",
            `There are ${reading.flow.length} mail flow rules, and ${fresh} are to be added. Microsoft takes at most ${MOST_RULES}.`,
            `Delete at least ${over} that nobody needs any more.`,
            { about: "Room for rules" },
          ),
        ]
      : []),
  ];
}

const row = (rule: FlowRule, whose: string): readonly string[] => [
  String(rule.Priority),
  rule.Name,
  isWorking(rule) ? "Yes" : rule.Enabled ? `No, ${rule.Mode}` : "No",
  actsOf(rule),
  whose,
];

/** Rules that matter here one by one; runs of others as one row, so that 250 of them stay readable. */
export function orderTable(reading: HandlingReading, settings: HandlingSettings, profile: Profile): Evidence {
  const { rules } = handlingOf(reading, settings, profile, nothingIsMine);
  const isOurs = (rule: FlowRule) => rules.some((ours) => ours.key === rule.Guid);
  const matters = (rule: FlowRule) => isOurs(rule) || rule.SetSCL !== null || endsProcessing(rule);
  const rows: (readonly string[])[] = [];
  let run: readonly FlowRule[] = [];
  const flush = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last)
      rows.push(
        run.length === 1
          ? row(first, "Your own")
          : [`${first.Priority} to ${last.Priority}`, `${run.length} other rules`, "", "Neither set SCL nor end processing", "Your own"],
      );
    run = [];
  };
  for (const rule of reading.flow.toSorted((a, b) => a.Priority - b.Priority)) {
    if (!matters(rule)) run = [...run, rule];
    else {
      flush();
      rows.push(row(rule, isOurs(rule) ? "This step's" : "Your own"));
    }
  }
  flush();
  const fresh = rules.filter((r) => r.key === "").map((r) => ["new", r.name, "Yes", "As in the plan", "This step's"]);
  return {
    title: "Mail flow rules in their order",
    columns: ["Priority", "Rule", "Works", "What it does", "Whose"],
    rows: [...rows, ...fresh],
  };
}
