/** From a verdict to a place: the recipient's anti-spam policy says what is done with which kind of spam. */
import type { ExchangeObject, ExchangeState } from "../tenant";
import { listIn } from "./connectors";
import type { Header } from "./headers";
import type { Place, QuarantineType } from "./message";
import { held } from "./policies";
import type { Ruled } from "./rules";
import type { Verdict } from "./verdict";

export type Placed = { place: Place; added: Header[]; prefix: string; redirect: string[] };

const settings: Partial<Record<QuarantineType, string>> = {
  Spam: "Spam",
  HighConfSpam: "HighConfidenceSpam",
  Phish: "PhishSpam",
  HighConfPhish: "HighConfidencePhish",
  Bulk: "BulkSpam",
};

/** `PhishSpamAction` goes with `PhishQuarantineTag`: the names differ by a word. */
const tagOf = (setting: string) => `${setting.replace(/^(Phish|Bulk)Spam$/, "$1")}QuarantineTag`;

export function placeOf(state: ExchangeState, policy: ExchangeObject | undefined, verdict: Verdict, ruled: Ruled, to: string): Placed {
  const none = { added: [], prefix: "", redirect: [] };
  if (ruled.end) return { ...none, place: ended(ruled.end) };
  if (verdict.type === null) return { ...none, place: { kind: "folder", folder: "Inbox" }, redirect: ruled.redirect };
  // Malware is the anti-malware policy's; its default holds for administrators only.
  if (verdict.type === "Malware") return { ...none, place: held(state, "AdminOnlyAccessPolicy", "Malware", verdict.why, to) };
  const setting = settings[verdict.type] ?? "Spam";
  return acted(state, policy, { verdict, setting, to, redirect: ruled.redirect });
}

function ended({ kind, rule, text }: NonNullable<Ruled["end"]>): Place {
  if (kind === "reject") return { kind: "refused", reply: { code: 550, text } };
  if (kind === "delete") return { kind: "gone", why: `Deleted by the mail flow rule '${rule}'.` };
  if (kind === "route") return { kind: "gone", why: `Sent out again through the connector '${text}' by the mail flow rule '${rule}'.` };
  // Hosted quarantine knows no quarantine policy: administrators only, and nobody is told (defender-docs, quarantine policies).
  const reason = `Quarantined by the mail flow rule '${rule}'.`;
  return { kind: "quarantine", by: "microsoft", type: "TransportRule", policy: null, reason, release: "admin", notified: [] };
}

type Acting = { verdict: Verdict; setting: string; to: string; redirect: string[] };

function acted(state: ExchangeState, policy: ExchangeObject | undefined, { verdict, setting, to, redirect }: Acting): Placed {
  const type = verdict.type ?? "Spam";
  const action = actionOf(type, String(policy?.[`${setting}Action`] ?? "MoveToJmf"));
  const inbox: Placed = { place: { kind: "folder", folder: "Inbox" }, added: [], prefix: "", redirect };
  switch (action) {
    case "Quarantine":
      return {
        ...inbox,
        place: held(state, String(policy?.[tagOf(setting)] ?? "AdminOnlyAccessPolicy"), type, verdict.why, to),
        redirect: [],
      };
    case "MoveToJmf":
      return { ...inbox, place: { kind: "folder", folder: "Junk" } };
    case "Delete":
      return { ...inbox, place: { kind: "gone", why: `Deleted by the anti-spam policy '${policy?.Name}'.` }, redirect: [] };
    case "Redirect":
      return { ...inbox, redirect: policy ? listIn(policy, "RedirectToRecipients") : [] };
    case "AddXHeader":
      return { ...inbox, added: [{ name: String(policy?.["AddXHeaderValue"]), value: "This message appears to be spam." }] };
    case "ModifySubject":
      return { ...inbox, prefix: `${policy?.["ModifySubjectValue"]} ` };
    default:
      return inbox;
  }
}

/** High-confidence phish goes to no Junk folder, whatever the policy says. */
const actionOf = (type: QuarantineType, action: string) => (type === "HighConfPhish" && action !== "Redirect" ? "Quarantine" : action);
