/** Cloudflare Email Security as published today. */
import { EGRESS } from "./egress";
import type { Fact, Profile } from "./profile";
import { LEAST_TO_RETRACT, MORE_FOR_DIRECTORY, supportMessage } from "./retraction";
import { fiveCases } from "./use-cases";

const READ = "2026-08-20";
const fact = <T>(page: string, value: T): Fact<T> => ({ value, source: `developers.cloudflare.com: ${page}`, date: READ });

const SETUP = "Deploy and configure Microsoft 365 with Email Security as the MX record";
const JOURNALING = "Microsoft 365 journaling";
const FROM_DASHBOARD = "Its hosts are shown for each domain in the Cloudflare dashboard.";

export const cloudflare: Profile = {
  id: "cloudflare",
  product: "Cloudflare Email Security",
  vendor: "Cloudflare",
  egress: fact("Egress IPs", EGRESS),
  egressPage: "https://developers.cloudflare.com/cloudflare-one/email-security/setup/pre-delivery-deployment/egress-ips/",
  formerEgress: fact("Egress IPs (no address was taken off the list so far)", []),
  inboundConnector: fact(SETUP, { name: "Email Security Inbound Connector", comment: "Inbound connector for Enhanced Filtering" }),
  lockDownConnector: fact(SETUP, { name: "Secure M365 Inbound", comment: "Only accept inbound email from Email Security" }),
  retraction: fact("Auto-move events; Manually add domains (Enable auto-moves); Search email; Office 365 Graph API (permissions)", {
    application: "Email Security Synchronator",
    permissions: LEAST_TO_RETRACT,
    morePermissions: MORE_FOR_DIRECTORY,
    authorize: {
      place: "Cloudflare dashboard > Zero Trust > Email security > Settings > Domain management > Domains > View",
      clicks: [
        "Select the three dots beside your domain, then Associate an integration, then Connect an integration.",
        "Name the integration and select Continue, then Authorize. The dashboard sends you to Microsoft's sign-in page.",
      ],
      after: "Review the details and select Continue to Email security. Then associate the integration with each of your domains.",
    },
    autoMoves: {
      place: "Cloudflare dashboard > Zero Trust > Email security > Settings > Moves",
      open: "Under Auto-moves, select Configure.",
      save: "Select Save.",
    },
    menu: "Moves",
    choices: [
      {
        choice: "none",
        label: "No action",
        folder: null,
        says: "The message stays where it is. Its disposition is recorded all the same.",
      },
      { choice: "junk", label: "Move to junk", folder: "JunkEmail", says: "It goes to the person's Junk Email folder." },
      {
        choice: "trash",
        label: "Move to trash",
        folder: "DeletedItems",
        says: "It goes to the person's Deleted Items. The dashboard offers this for Google Workspace only.",
        isGoogleOnly: true,
      },
      // Of moves by hand, "Search email" says Deleted Items; of auto-moves, "Auto-move events" says what stands here.
      {
        choice: "soft",
        label: "Soft delete - user recoverable",
        folder: "RecoverableItemsDeletions",
        says: "It goes to Recoverable Items - Deleted. The person finds it with “Recover items deleted from this folder”.",
      },
      {
        choice: "hard",
        label: "Hard delete - admin recoverable",
        folder: "RecoverableItemsPurges",
        says: "It is gone for the person. In Microsoft 365 only eDiscovery brings it back.",
      },
    ],
    trace: "Cloudflare dashboard > Zero Trust > Email security > Investigation",
    support: {
      place: "Cloudflare dashboard > Support > Contact support",
      message: supportMessage("Moves", "Zero Trust > Email security > Settings"),
    },
  }),
  journaling: fact(JOURNALING, {
    connector: { name: "Deliver journal directly to Area 1", comment: "Deliver journal directly to Area 1" },
    rule: "Journal Messages to CloudflareArea 1",
    regions: [
      {
        id: "us",
        title: "United States and everybody else",
        hint: "Reports are processed in the US.",
        domain: "journaling.mxrecord.io",
        smartHosts: ["journaling.mxrecord.io"],
      },
      {
        id: "eu",
        title: "European Union",
        hint: "Reports are processed in Germany.",
        domain: "journaling.mailstream-eu-primary.mxrecord.io",
        smartHosts: ["mailstream-eu1.mxrecord.io"],
      },
    ],
    anyRegion: ["cf-emailsecurity.com"],
    addresses: "Cloudflare dashboard > Zero Trust > Email security > Settings > Service addresses",
  }),
  dispositionHeader: fact("Dispositions and attributes", "X-CFEmailSecurity-Disposition"),
  useCases: fact("Microsoft 365 use cases (1 to 5)", fiveCases("Email Security", "Cloudflare", ["BULK"])),
  dashboard: fact("Admin quarantine; Text add-ons; Link actions", {
    quarantine: "Cloudflare dashboard > Zero Trust > Email security > Admin quarantine",
    tags: "Cloudflare dashboard > Zero Trust > Email security > Settings > Text add-ons",
    links: "Cloudflare dashboard > Zero Trust > Email security > Settings > Link actions",
  }),
  regions: fact("Regional processing", [
    {
      id: "global",
      title: "Global",
      hint: "The default.",
      hosts: [
        { preference: 10, host: "mxa.global.inbound.cf-emailsecurity.net" },
        { preference: 10, host: "mxb.global.inbound.cf-emailsecurity.net" },
      ],
    },
    { id: "us", title: "United States", hint: FROM_DASHBOARD, hosts: [] },
    { id: "de", title: "Germany", hint: FROM_DASHBOARD, hosts: [] },
    { id: "in", title: "India", hint: FROM_DASHBOARD, hosts: [] },
    { id: "au", title: "Australia", hint: FROM_DASHBOARD, hosts: [] },
  ]),
  defaultRegion: "global",
  mxSuffixes: fact("MX deployment prerequisites", ["inbound.cf-emailsecurity.net"]),
  lowTtl: fact("MX deployment prerequisites", 300),
  dnsSpreadMs: fact(SETUP, 3_600_000),
  lockDownWaitMs: fact(SETUP, 72 * 3_600_000),
};
