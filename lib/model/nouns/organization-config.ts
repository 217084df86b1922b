/** The Exchange organisation: "dehydrated" until it was customised for the first time, which nobody can take back. */
import { z } from "zod";
import { EXCHANGE, noun } from "../noun";
import { flag } from "../spelling";

export const organizationConfigNoun = noun({
  title: "Organisation",
  asked: { cloud: "exchange", cmdlet: "Get-OrganizationConfig", parameters: {}, select: ["IsDehydrated"] },
  permission: EXCHANGE,
  place: "Exchange Online PowerShell",
  labels: { IsDehydrated: "Waiting to be customised (IsDehydrated)" },
  verbs: { IsDehydrated: ["", "Enable-OrganizationCustomization"] },
  isSingle: true,
  forGood: ["IsDehydrated"],
  finality: "That your organization can be customized stays so: Microsoft has no way back.",
  // Observed: minutes to half an hour, up to 24 hours (facts/exchange-mapping.md 0).
  shownMs: 24 * 3_600_000,
  worksMs: 24 * 3_600_000,
  shape: z.object({ IsDehydrated: flag }).transform((row) => ({ Guid: "OrganizationConfig", Name: "OrganizationConfig", ...row })),
});
