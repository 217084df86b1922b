/** Let the vendor's servers in: the connection filter's allow list holds every egress address; everybody else's entries stay. */
import { z } from "zod";
import { coversIp, overlaps } from "@/lib/model/addresses";
import { type Check, fail, pass, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { edit } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { allowListTexts } from "./allow-list-texts";
import { mailGone } from "./mail-gone";
import { defineStep, type Evidence } from "./shape";
import { listed } from "./spans";

type Policy = Row<"HostedConnectionFilterPolicy">;

/** Microsoft: "Configure connection filtering", entries in one list. */
const MOST_ENTRIES = 1273;

const missingFrom = (list: readonly string[], profile: Profile): readonly string[] =>
  profile.egress.value.filter((ours) => !list.some((held) => coversIp(held, ours)));

const entries = (count: number): string => `${count} ${count === 1 ? "entry" : "entries"}`;

function roomCheck({ IPAllowList: list }: Policy, profile: Profile): Check {
  const about = "Room in the list";
  const after = list.length + missingFrom(list, profile).length;
  const over = after - MOST_ENTRIES;
  if (over <= 0) return pass("room", `${after} of at most ${MOST_ENTRIES} entries, ours included.`, { about });
  return fail(
    "room",
    `The list holds ${entries(list.length)} of others, and ${entries(after - list.length)} of ${profile.vendor} are missing. Microsoft takes at most ${MOST_ENTRIES}.`,
    `Take out at least ${entries(over)} that nobody needs any more, or join single addresses to networks (up to /24). Cutover never takes out what others put there.`,
    { about },
  );
}

function formerCheck({ IPAllowList: list }: Policy, { formerEgress, vendor }: Profile): readonly Check[] {
  const former = list.filter((held) => formerEgress.value.some((gone) => overlaps(held, gone)));
  if (former.length === 0) return [];
  const about = "Former addresses";
  return [
    warn(
      "former",
      `${listed(former)}: once ${vendor}'s, not any more. Whoever has such an address now skips your spam filter.`,
      "Take them out of the list.",
      { about },
    ),
  ];
}

/** 158.51.64.0/24 lets in three quarters that are somebody else's. */
function widerCheck({ IPAllowList: list }: Policy, profile: Profile): readonly Check[] {
  const { value: egress } = profile.egress;
  const wider = list.filter((held) => egress.some((ours) => coversIp(held, ours)) && !egress.some((ours) => coversIp(ours, held)));
  if (wider.length === 0) return [];
  const about = "Wider than needed";
  return [
    warn(
      "wider",
      `${listed(wider)} also cover addresses that are not ${profile.vendor}'s: their mail skips your spam filter.`,
      `Write ${profile.vendor}'s own networks in their place.`,
      { about },
    ),
  ];
}

const listTable = ({ IPAllowList: list }: Policy, profile: Profile): Evidence => {
  const missing = missingFrom(list, profile);
  const there = profile.egress.value.filter((ours) => !missing.includes(ours));
  const others = list.filter((held) => !profile.egress.value.some((ours) => overlaps(held, ours)));
  return {
    title: "Entries of the allow list",
    columns: ["Whose", "How many", "Which"],
    rows: [
      [`${profile.vendor}'s, in the list`, String(there.length), there.join(", ")],
      [`${profile.vendor}'s, missing`, String(missing.length), missing.join(", ")],
      [
        "Of others, they stay as they are",
        String(others.length),
        others.length > 20 ? `${others.slice(0, 20).join(", ")} and ${others.length - 20} more` : others.join(", "),
      ],
    ],
  };
};

/** ORCA's check 114 and Secure Score ask for an empty list. */
const auditorNote = ({ egress, egressPage, product, vendor }: Profile): Evidence => ({
  title: "A note for your auditor",
  columns: ["Question", "Answer"],
  rows: [
    [
      "What is it?",
      `The connection filter's allow list names the ${egress.value.length} entries that stand for the servers of ${product}, which checks all mail before Microsoft does.`,
    ],
    [
      "Why do scanners complain?",
      "ORCA (check 114) and Microsoft Secure Score advise an empty list, because listed servers skip the spam filter, and a list often outlives its reason.",
    ],
    [
      "What is given up?",
      `Microsoft's spam filter does not judge mail from these servers by itself. Malware and high-confidence phishing are still checked. ${vendor} has judged the mail before.`,
    ],
    [
      "And enhanced filtering?",
      "It shows Microsoft the real sender behind these servers, so that it can judge it. The vendor's guide asks for both. How much the list takes away from that judgement is not documented.",
    ],
    ["Where does the list come from?", `${egressPage}, as read on ${egress.date}.`],
  ],
});

export const allowList = defineStep({
  id: "allow-list",
  needs: ["choose-domains", "organization-customization"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: {},
  undoGuard: mailGone,
  guards: ["room"],
  ways: { us: true, script: true, hand: true },
  texts: allowListTexts,
  settings: z.object({}),
  atFirst: {},
  queries: () => ({ policies: ask("HostedConnectionFilterPolicy") }),
  checks({ policies }, _settings, profile) {
    const policy = policies.find((p) => p.Name === "Default");
    if (!policy)
      return [
        fail(
          "room",
          "Microsoft shows no connection filter policy called Default.",
          "Look again in a few minutes. If it stays, send the details to support.",
        ),
      ];
    return [roomCheck(policy, profile), ...formerCheck(policy, profile), ...widerCheck(policy, profile)];
  },
  changes: ({ policies }, _settings, { egress }, mine) =>
    policies
      .filter((p) => p.Name === "Default")
      .flatMap((p) => edit("HostedConnectionFilterPolicy", p, { IPAllowList: { including: egress.value, covers: coversIp } }, mine)),
  evidence({ policies }, _settings, profile) {
    const policy = policies.find((p) => p.Name === "Default");
    return [...(policy ? [listTable(policy, profile)] : []), auditorNote(profile)];
  },
});
