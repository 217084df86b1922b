/** The vendor's best practices by disposition, and where the chosen settings depart from them. Source: seed, "Message handling". */
import { type Check, fail, warn } from "@/lib/model/check";
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS, type Disposition } from "@/lib/profiles/use-cases";
import { isHeld, type Outcome } from "./message-handling-outcomes";
import { type HandlingSettings, spoofAs } from "./message-handling-settings";
import { placeWords } from "./message-handling-words";
import { listed } from "./spans";

const AS_SPOOF = {
  quarantine: "Quarantined, because its detections are clean and the allow list is well kept.",
  SPAM: "As SPAM, because Enhanced Detections are set up.",
  BULK: "As BULK, because its detections are not clean and Enhanced Detections are not set up.",
} as const;

/** The table of the guide, in our words, with SPOOF's branch chosen by the three questions. */
export const practiceOf = (settings: HandlingSettings): Readonly<Record<Disposition, string>> => ({
  MALICIOUS: "Always quarantined; no release without an administrator. Tagged in subject and body.",
  SUSPICIOUS: `Not quarantined: Inbox or Junk. Tagged in subject and body. ${settings.plan === "Enterprise" ? "Email Link Isolation always on." : "Links defanged."}`,
  SPOOF: `${AS_SPOOF[spoofAs(settings)]} Tagged in subject and body.`,
  SPAM: "Always quarantined; release with or without an administrator. Tagged in the subject.",
  BULK: "Not quarantined: Inbox or Junk. Tagged in the subject.",
});

const isQuarantined = (disposition: Disposition, settings: HandlingSettings): boolean =>
  disposition === "MALICIOUS" || disposition === "SPAM" || (disposition === "SPOOF" && spoofAs(settings) !== "BULK");

/** Outcomes of a disposition that are not as the table asks. What is not known departs from nothing. */
export const departures = (all: readonly Outcome[], disposition: Disposition, settings: HandlingSettings): readonly Outcome[] =>
  all.filter((o) => o.mail === disposition && o.place.at !== "unknown" && isHeld(o) !== isQuarantined(disposition, settings));

/** People who may let MALICIOUS mail go by themselves. */
export const selfReleasing = (all: readonly Outcome[]): readonly Outcome[] =>
  all.filter((o) => o.mail === "MALICIOUS" && o.release === "user");

function departureCheck(disposition: Disposition, some: readonly Outcome[], settings: HandlingSettings, profile: Profile): Check {
  const where = listed(some.map((o) => `${placeWords(o.place, profile)} for ${o.group.people} (policy “${o.group.name}”)`));
  return warn(
    `practice/${disposition}`,
    `${disposition} mail goes to: ${where}. The vendor's best practice: ${practiceOf(settings)[disposition]}`,
    some.some((o) => !o.group.isDefault)
      ? "Change that anti-spam policy or for whom it is, choose another use case, or leave it so on purpose."
      : "Choose another use case, or leave it so on purpose.",
    { about: `${disposition}: not as advised` },
  );
}

export function practiceChecks(all: readonly Outcome[], settings: HandlingSettings, profile: Profile): readonly Check[] {
  const free = selfReleasing(all);
  const departing = DISPOSITIONS.flatMap((d) => {
    const some = departures(all, d, settings);
    return some.length > 0 ? [departureCheck(d, some, settings, profile)] : [];
  });
  if (free.length === 0) return departing;
  const who = listed(free.map((o) => `${o.group.people} (policy “${o.group.name}”)`));
  return [
    fail(
      "malicious-release",
      `MALICIOUS mail could be released without an administrator by ${who}: that policy's quarantine policy lets people release it themselves.`,
      `Give high confidence spam in that policy a quarantine policy without release, such as UserNotifyAdminRelease. A preset cannot be edited: leave those people out of it, or choose use case 1 or 2, which hold MALICIOUS at ${profile.vendor}.`,
      { about: "MALICIOUS: released by its recipient" },
    ),
    ...departing,
  ];
}
