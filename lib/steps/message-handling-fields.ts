/** The form: first the three questions, then the use case with what it would do here, then the details. */
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS, type UseCaseId } from "@/lib/profiles/use-cases";
import { shortsOf, USE_CASES } from "./message-handling-evidence";
import { blockers } from "./message-handling-order";
import { actsOf } from "./message-handling-rules";
import { FREQUENCIES, type HandlingSettings, LEAST_DAYS, MOST_DAYS } from "./message-handling-settings";
import { toEnter } from "./message-handling-tags";
import type { HandlingReading } from "./message-handling-wants";
import type { Field } from "./shape";

const EITHER = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** 3 and 5 read alike: what differs is who is told and who may ask. */
const DIFFERS: Readonly<Partial<Record<UseCaseId, string>>> = {
  "3": "The recipient is told of a held message and may ask for its release.",
  "5": "Nobody is told of a held message, and nobody may ask: only administrators see it.",
};

const CADENCES = { "4h": "Every 4 hours", "1d": "Once a day", "7d": "Once a week" } as const;

const questions = (): readonly Field[] => [
  {
    name: "plan",
    type: "choice",
    label: "Which plan did you buy?",
    hint: "It decides what is done with links in SUSPICIOUS mail.",
    options: [
      { value: "Advantage", label: "Advantage", hint: "Links are made unusable (URL defang)." },
      { value: "Enterprise", label: "Enterprise", hint: "Links open in an isolated browser (Email Link Isolation)." },
    ],
  },
  {
    name: "spoofClean",
    type: "choice",
    label: "Are your SPOOF detections clean, and is the allow list well kept?",
    hint: "No, if you begin now: services that send in your name are not in the allow list yet. With yes, SPOOF is quarantined.",
    options: EITHER,
  },
  {
    name: "enhancedDetections",
    type: "choice",
    label: "Are Enhanced Detections set up?",
    hint: "That is the list of people who are likely to be imitated, and added detections. If SPOOF is not clean: with yes it is handled as SPAM, with no as BULK.",
    options: EITHER,
  },
];

function casesField(reading: HandlingReading, settings: HandlingSettings, profile: Profile): Field {
  return {
    name: "useCase",
    type: "choice",
    label: "What should happen to mail of each disposition?",
    hint: "Computed from your own policies. The tables below say it for everybody, and who is told.",
    options: USE_CASES.map((useCase) => {
      const places = shortsOf(reading, { ...settings, useCase }, profile);
      const said = DISPOSITIONS.map((d, i) => `${d}: ${places[i] ?? ""}`).join(" · ");
      const differs = DIFFERS[useCase];
      return { value: useCase, label: `${useCase} ${profile.useCases.value[useCase].title}`, hint: differs ? `${said}. ${differs}` : said };
    }),
  };
}

function cadenceField({ notifications }: HandlingReading): Field {
  const now = notifications[0]?.EndUserSpamNotificationFrequency;
  const known = (["4h", "1d", "7d"] as const).find((c) => FREQUENCIES[c] === now);
  return {
    name: "cadence",
    type: "choice",
    label: "How often are people told about held mail?",
    hint: "For the whole organisation; use case 5 tells nobody. The first such setting of an organisation can be changed later, but never removed.",
    options: [
      { value: "keep", label: "As it is now", ...(known ? { hint: CADENCES[known] } : {}) },
      ...(["4h", "1d", "7d"] as const).map((value) => ({ value, label: CADENCES[value] })),
    ],
  };
}

function moveField(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Field[] {
  const rules = blockers(reading, settings, profile);
  const ticked = reading.flow.filter((r) => settings.moveRules.includes(r.Guid) && !rules.includes(r));
  const options = [...rules, ...ticked].map((r) => ({ value: r.Guid, label: r.Name, hint: actsOf(r) }));
  if (options.length === 0) return [];
  return [
    {
      name: "moveRules",
      type: "choices",
      label: "Put the rules of this step before these?",
      hint: "They end the processing of mail that they match. Without a tick, the rules of this step come last.",
      options,
    },
  ];
}

export function handlingFields(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Field[] {
  return [
    ...questions(),
    casesField(reading, settings, profile),
    cadenceField(reading),
    {
      name: "retention",
      type: "number",
      label: "Days in quarantine",
      hint: `${LEAST_DAYS} to ${MOST_DAYS}. After that a held message is deleted.`,
      value: String(settings.retention),
    },
    ...moveField(reading, settings, profile),
    {
      name: "entered",
      type: "choices",
      label: `What have you entered at ${profile.vendor}?`,
      hint: "No API sets or shows these. Tick what is done; it is kept with your name.",
      options: toEnter(settings),
    },
  ];
}
