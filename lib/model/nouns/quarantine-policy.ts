/** Quarantine policy: what people may do with their own quarantined mail, and how often they are told. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, type Facts, noun } from "../noun";
import { flag } from "../spelling";

const facts = {
  permission: EXCHANGE,
  place: "Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Quarantine policies",
  link: "https://security.microsoft.com/quarantinePolicies",
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
} satisfies Partial<Facts>;

/** Bits of EndUserQuarantinePermissionsValue by their name in what is read. Source: New-QuarantinePolicy. */
export const PERMISSION_BITS: Readonly<Record<string, number>> = {
  PermissionToViewHeader: 128,
  PermissionToDownload: 64,
  PermissionToAllowSender: 32,
  PermissionToBlockSender: 16,
  PermissionToRequestRelease: 8,
  PermissionToRelease: 4,
  PermissionToPreview: 2,
  PermissionToDelete: 1,
};

/** It is written as a number and reads back as lines of `Name: True`. */
const permissions = z.preprocess((v) => {
  if (typeof v !== "string") return v;
  return [...v.matchAll(/(\w+)\s*:\s*(true|false)/gi)].reduce(
    (sum, [, name = "", said = ""]) => sum + (said.toLowerCase() === "true" ? (PERMISSION_BITS[name] ?? 0) : 0),
    0,
  );
}, z.number());

export const quarantinePolicyNoun = noun({
  ...facts,
  title: "Quarantine policy",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-QuarantinePolicy",
    parameters: {},
    select: ["Guid", "Name", "EndUserQuarantinePermissions", "ESNEnabled"],
  },
  labels: {
    EndUserQuarantinePermissionsValue: "Recipient message access (sum of the permissions)",
    ESNEnabled: "Enable quarantine notification",
  },
  toggles: ["ESNEnabled"],
  readAs: { EndUserQuarantinePermissionsValue: "EndUserQuarantinePermissions" },
  isRemovedUnasked: true,
  shape: z
    .object({ Guid: z.string(), Name: z.string(), EndUserQuarantinePermissions: permissions, ESNEnabled: flag })
    .transform(({ Guid, EndUserQuarantinePermissions, ...row }) => ({
      // Built-in policies have a Guid of zeros: their name is the only thing that tells them apart.
      Guid: /^[0-]*$/.test(Guid) ? row.Name : Guid,
      ...row,
      EndUserQuarantinePermissionsValue: EndUserQuarantinePermissions,
    })),
});

/** Written `1.00:00:00`, read `P1D`. */
const FREQUENCIES: Readonly<Record<string, string>> = { PT4H: "04:00:00", P1D: "1.00:00:00", P7D: "7.00:00:00", PT24H: "1.00:00:00" };

/** Before anybody customised it there is only a stand-in of this name, which cannot be edited: the first one is made. */
export const UNTOUCHED_GLOBAL_POLICY = "DefaultGlobalPolicy";

export const globalQuarantinePolicyNoun = noun({
  ...facts,
  title: "Quarantine notification settings",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-QuarantinePolicy",
    parameters: { QuarantinePolicyType: "GlobalQuarantinePolicy" },
    select: ["Guid", "Name", "EndUserSpamNotificationFrequency"],
  },
  cmdletNoun: "QuarantinePolicy",
  bornWith: { QuarantinePolicyType: "GlobalQuarantinePolicy" },
  isBornForGood: true,
  finality: "The first notification settings of an organization cannot be removed again, only changed.",
  place: `${facts.place} > Global settings`,
  labels: { EndUserSpamNotificationFrequency: "Send end-user spam notifications every" },
  shape: z
    .object({ Guid: z.string(), Name: z.string(), EndUserSpamNotificationFrequency: z.preprocess((v) => v ?? "PT4H", z.string()) })
    .transform(({ Guid, EndUserSpamNotificationFrequency: said, ...row }) => ({
      Guid: /^[0-]*$/.test(Guid) ? row.Name : Guid,
      ...row,
      EndUserSpamNotificationFrequency: FREQUENCIES[said] ?? said,
    })),
});
