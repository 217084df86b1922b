/** Let the organisation be customised: Microsoft refuses most settings in a tenant that nobody has customised yet. */
import { z } from "zod";
import { pass } from "@/lib/model/check";
import { ask } from "@/lib/model/query";
import { edit } from "@/lib/model/want";
import { defineStep, type Texts } from "./shape";

const texts = (): Texts => ({
  title: "Allow your organisation to be customised",
  hint: "Needed once, in tenants that were never changed",
  why: [
    "Microsoft keeps tenants that nobody has customised in a compact form, and refuses most mail settings in them.",
    "Allowing customisation is done once for a tenant and changes nothing about your mail.",
    "It may take up to a day before Microsoft accepts settings, so it is best done first.",
  ],
  should: "Your organisation can be customised.",
  role: "Exchange Administrator",
  takes: "Often half an hour, up to 24 hours. You can close this page: Cutover looks again by itself.",
  undo: "This cannot be undone, and nothing is lost by it.",
  fails: [
    {
      when: "“This operation is not required. Organization is already enabled for customization.”",
      remedy: "It was done already. Nothing more to do here.",
    },
    {
      when: "It is done, and Microsoft still asks for it in a later step",
      remedy: "Microsoft has not finished. The later step waits, and is tried again by itself for up to 24 hours.",
    },
    {
      when: "The first try shows an error",
      remedy: "At times it works all the same. Look again after a few minutes before you try once more.",
    },
  ],
  byHand: [
    {
      say: "No page of Microsoft's portals does this. Open Windows PowerShell or PowerShell 7.",
      copy: ["Install-Module ExchangeOnlineManagement -Scope CurrentUser"],
    },
    { say: "Sign in as Exchange Administrator.", copy: ["Connect-ExchangeOnline"] },
    { say: "See whether it is needed. “True” means that it is.", copy: ["Get-OrganizationConfig | Format-List IsDehydrated"] },
    { say: "If it is, allow it. Answer Yes when you are asked.", copy: ["Enable-OrganizationCustomization"] },
    { say: "Come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: Enable-OrganizationCustomization",
      href: "https://learn.microsoft.com/powershell/module/exchange/enable-organizationcustomization",
    },
  ],
});

export const organizationCustomization = defineStep({
  id: "organization-customization",
  needs: ["connect-tenant"],
  isSkippedEnough: true,
  canSkip: true,
  inherits: {},
  ways: { us: true, script: true, hand: true },
  texts,
  settings: z.object({}),
  atFirst: {},
  queries: () => ({ config: ask("OrganizationConfig") }),
  // While it is not customised, the change says so; waiting for Microsoft after our own change is the engine's.
  checks: ({ config }) =>
    config.every((c) => !c.IsDehydrated) ? [pass("customised", "Your organisation can be customised already. Nothing to do here.")] : [],
  changes: ({ config }, _settings, _profile, mine) => config.flatMap((c) => edit("OrganizationConfig", c, { IsDehydrated: false }, mine)),
});
