/** Outcomes in words, for tables, hints and findings. */
import type { Profile } from "@/lib/profiles/profile";
import type { Mail, Outcome, Place } from "./message-handling-outcomes";
import { listed } from "./spans";

const MAIL_WORDS: Readonly<Partial<Record<Mail, string>>> = {
  NONE: "Clean mail",
  HPHISH: "High-confidence phishing, by Microsoft's own judgement",
};
export const mailWords = (mail: Mail): string => MAIL_WORDS[mail] ?? mail;

const OTHER_ACTIONS: Readonly<Record<string, string>> = {
  AddXHeader: "Inbox, with a header added",
  ModifySubject: "Inbox, with a changed subject",
  Redirect: "Redirected to somebody else",
  Delete: "Deleted",
};

export function placeWords(place: Place, { vendor }: Profile): string {
  switch (place.at) {
    case "vendor":
      return `Held at ${vendor}`;
    case "hosted":
      return "Hosted quarantine";
    case "junk":
      return "Junk Email folder";
    case "inbox":
      return "Inbox";
    case "quarantine":
      return `Quarantine with ${place.policy}`;
    case "other":
      return OTHER_ACTIONS[place.action] ?? place.action;
    case "unknown":
      return "Not known: Microsoft does not show this policy";
  }
}

export const toldWords = ({ place, isTold }: Outcome): string =>
  place.at === "junk" || place.at === "inbox" ? "Not held" : isTold ? "The recipient" : "Nobody";

export function releaseWords({ place, release }: Outcome, { vendor }: Profile): string {
  if (release === null) return "Not held";
  if (release === "user") return "The recipient";
  if (release === "user-asks") return "The recipient asks, an administrator decides";
  return place.at === "vendor" ? `An administrator, at ${vendor}` : "An administrator";
}

/** Groups of people for whom the same happens, as one: outcomes of one kind of mail. */
export function together(same: readonly Outcome[], profile: Profile): readonly { readonly people: string; readonly outcome: Outcome }[] {
  const key = (o: Outcome) => [placeWords(o.place, profile), toldWords(o), releaseWords(o, profile)].join("|");
  const firsts = same.filter((o, i) => same.findIndex((other) => key(other) === key(o)) === i);
  return firsts.map((outcome) => {
    const alike = same.filter((o) => key(o) === key(outcome));
    return { outcome, people: alike.length === same.length ? "everybody" : listed(alike.map((o) => o.group.people)) };
  });
}
