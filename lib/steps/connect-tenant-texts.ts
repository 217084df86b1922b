/** What the guide says about connecting a tenant. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const connectTexts = ({ product }: Profile): Texts => ({
  title: "Connect your Microsoft 365 tenant",
  hint: "Sign in, grant access, and see whether this tenant can do it",
  why: [
    `Putting ${product} in front of your mail means changing settings of your Microsoft 365 tenant (Office 365 is the same thing by its older name).`,
    "Cutover reads what is there, shows every change before it is made, and changes only what you agree to.",
    "At Microsoft it cannot read anybody's mail: it asks for no permission that would let it.",
  ],
  should: "Every permission is granted, Cutover holds the Exchange Administrator role, and nothing about the tenant stands in the way.",
  role: "Global Administrator or Privileged Role Administrator, once, to grant access",
  takes: "A few minutes. A permission or role that was just granted works after up to a quarter of an hour.",
  undo: "Remove Cutover in Microsoft Entra admin center > Enterprise applications > Cutover > Properties > Delete. Settings it made stay; undo those first.",
  fails: [
    {
      when: "You cancelled on Microsoft's page",
      remedy: "Nothing was granted. Choose “Give access at Microsoft” again when you are ready, or go on without access.",
    },
    {
      when: "“Need admin approval”",
      remedy: "Your account may not grant this. Send the link to a Global Administrator or Privileged Role Administrator.",
    },
    {
      when: "Consent was given in another tenant",
      remedy: "Sign out at Microsoft, then sign in with an account of the tenant that has your mailboxes.",
    },
    {
      when: "Access was granted and is refused now",
      remedy: "Somebody revoked it, or it is too fresh. Look again in ten minutes; then grant it again.",
    },
    {
      when: "Exchange refuses although everything is consented",
      remedy: "The Exchange Administrator role is missing: consent alone does not give it. Assign it as the finding says.",
    },
  ],
  byHand: [
    {
      say: "Open the Microsoft Entra admin center and sign in as Global Administrator or Privileged Role Administrator.",
      copy: ["https://entra.microsoft.com"],
    },
    { say: "Go to Enterprise applications > Cutover > Permissions and choose Grant admin consent. Agree on the page that opens." },
    { say: "Go to Roles & admins, search for the role, choose Add assignments and select Cutover.", copy: ["Exchange Administrator"] },
    { say: "Come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Microsoft: grant tenant-wide admin consent to an application",
      href: "https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent",
    },
    {
      title: "Microsoft: application access to Exchange Online",
      href: "https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2",
    },
  ],
});
