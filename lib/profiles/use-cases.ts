/** What the five use cases do with each disposition, as the vendor's use case pages have it. The two profiles differ in names and in the words of the Junk rule. */

/** What the vendor thinks of a message; every other message is clean and carries no header. */
export type Disposition = "MALICIOUS" | "SUSPICIOUS" | "SPOOF" | "SPAM" | "BULK";
export const DISPOSITIONS: readonly Disposition[] = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK"];

export type UseCaseId = "1" | "2" | "3" | "4" | "5";
/** Where Microsoft's anti-spam policy puts a kind of spam: Junk, or quarantine under one of three quarantine policies. */
export type Held = "junk" | "asks" | "releases" | "admin-only";
/** What a mail flow rule does: asks for a spam verdict (5), for a high-confidence one (9), or holds the message in hosted quarantine. */
export type RuleAct = 5 | 9 | "hosted";
export type UseCaseRule = { readonly name: string; readonly dispositions: readonly Disposition[]; readonly act: RuleAct };
export type UseCase = {
  readonly title: string;
  /** What the vendor's own quarantine keeps. */
  readonly atVendor: readonly Disposition[];
  /** In this order: spam, high-confidence spam, phishing, high-confidence phishing. */
  readonly held: readonly [Held, Held, Held, Held];
  readonly rules: readonly UseCaseRule[];
};
export type UseCases = Readonly<Record<UseCaseId, UseCase>>;

/** SPAM is written UCE in the header, all others by their own name. Source: "Dispositions and attributes". */
export const HEADER_WORDS: Readonly<Record<Disposition, string>> = {
  MALICIOUS: "MALICIOUS",
  SUSPICIOUS: "SUSPICIOUS",
  SPOOF: "SPOOF",
  SPAM: "UCE",
  BULK: "BULK",
};

const ASKS = ["junk", "asks", "asks", "asks"] as const;

/**
 * @param prefix how the vendor's rules begin: "Area 1", "Email Security".
 * @param vendor short name, for the titles.
 * @param junk what goes to Junk in the cases 2, 3 and 5; case 1 has both in either profile.
 */
export function fiveCases(prefix: string, vendor: string, junk: readonly Disposition[]): UseCases {
  const toJunk = (dispositions: readonly Disposition[]): UseCaseRule => ({
    name: `${prefix} Deliver to Junk Email folder`,
    dispositions,
    act: 5,
  });
  const user = `${prefix} User Quarantine Message`;
  return {
    "1": {
      title: `Junk folder and ${vendor}'s Admin Quarantine (recommended)`,
      atVendor: ["MALICIOUS", "SPOOF", "SPAM"],
      held: ASKS,
      rules: [toJunk(["SUSPICIOUS", "BULK"])],
    },
    "2": {
      title: `Junk folder and user quarantine (MALICIOUS must be quarantined at ${vendor})`,
      atVendor: ["MALICIOUS"],
      held: ["junk", "releases", "asks", "asks"],
      rules: [toJunk(junk), { name: user, dispositions: ["SPOOF", "SPAM"], act: 9 }],
    },
    "3": {
      title: "Junk folder and administrative quarantine",
      atVendor: [],
      held: ASKS,
      rules: [toJunk(junk), { name: user, dispositions: ["MALICIOUS", "SPOOF", "SPAM"], act: 9 }],
    },
    "4": {
      title: "User quarantine and administrative quarantine",
      atVendor: [],
      held: ["releases", "asks", "asks", "asks"],
      rules: [
        { name: user, dispositions: ["SPOOF", "SPAM"], act: 5 },
        { name: `${user} Admin Release`, dispositions: ["MALICIOUS"], act: 9 },
      ],
    },
    "5": {
      title: "Junk folder and administrative quarantine, hosted",
      atVendor: [],
      held: ["junk", "admin-only", "admin-only", "admin-only"],
      rules: [
        toJunk(junk),
        { name: `${prefix} Admin Managed Host Quarantine`, dispositions: ["MALICIOUS", "SPOOF", "SPAM"], act: "hosted" },
      ],
    },
  };
}

/** Microsoft's quarantine policies of the use cases: permissions as the sum of their bits. Source: New-QuarantinePolicy, use case pages. */
export const QUARANTINE_POLICIES = {
  asks: { Name: "UserNotifyAdminRelease", EndUserQuarantinePermissionsValue: 8 + 2 + 1, ESNEnabled: true },
  releases: { Name: "UserNotifyUserRelease", EndUserQuarantinePermissionsValue: 4 + 2 + 1, ESNEnabled: true },
} as const;
