/** Area 1 as its own documents have it: names, hosts and words from before it became Cloudflare Email Security. */
import { EGRESS } from "./egress";
import type { Fact, MailHost, Profile } from "./profile";
import { LEAST_TO_RETRACT, MORE_FOR_DIRECTORY, supportMessage } from "./retraction";
import { fiveCases } from "./use-cases";

const READ = "2026-08-20";
const fact = <T>(page: string, value: T): Fact<T> => ({ value, source: `developers.cloudflare.com (Area 1): ${page}`, date: READ });

const MX = "Deploy and configure Microsoft Office 365 with Area 1 as the MX Record";
const JOURNALING = "Deploy and configure Microsoft Office 365 journaling with Area 1";
const alone = (host: string): readonly MailHost[] => [{ preference: 5, host }];

export const area1: Profile = {
  id: "area1",
  product: "Area 1 Email Security",
  vendor: "Area 1",
  egress: fact("Egress IPs, last version", EGRESS),
  egressPage: "https://developers.cloudflare.com/email-security/deployment/inline/reference/egress-ips/",
  formerEgress: fact("Egress IPs (no address was taken off the list so far)", []),
  inboundConnector: fact(MX, { name: "Area 1 Inbound Connector", comment: "Inbound connector for Enhanced Filtering" }),
  lockDownConnector: fact(MX, { name: "Secure O365 Inbound", comment: "Only accept inbound email from Area 1" }),
  retraction: fact("Retraction guide for Microsoft Office 365; Office 365 Graph API (permissions)", {
    application: "Area 1 Security Synchronator",
    permissions: LEAST_TO_RETRACT,
    morePermissions: MORE_FOR_DIRECTORY,
    authorize: {
      place: "Area 1 dashboard > Settings (the gear icon) > Email Configuration > RETRACT SETTINGS",
      clicks: ["Select Authorize. The dashboard sends you to Microsoft's sign-in page."],
      after: "The dashboard says that the authorization completed successfully. Select Dismiss.",
    },
    autoMoves: {
      place: "Area 1 dashboard > Settings (the gear icon) > Email Configuration > RETRACT SETTINGS > Auto-Retract",
      open: "Select Edit.",
      save: "Select Update Auto-retract Settings.",
    },
    menu: "RETRACT SETTINGS",
    choices: [
      { choice: "none", label: "No Action", folder: null, says: "The message stays where it is." },
      { choice: "junk", label: "Junk Email", folder: "JunkEmail", says: "It goes to the person's Junk Email folder." },
      {
        choice: "trash",
        label: "Trash",
        folder: "DeletedItems",
        says: "It goes to the person's Deleted Items. Soft Delete ends in the same place.",
      },
      {
        choice: "soft",
        label: "Soft Delete — user recoverable (Microsoft only)",
        folder: "DeletedItems",
        says: "It goes to the person's Deleted Items, where they can recover it. Trash ends in the same place.",
      },
      {
        choice: "hard",
        label: "Hard Delete — admin recoverable (Microsoft and Google)",
        folder: "RecoverableItemsPurges",
        says: "It is gone for the person. In Microsoft 365 only eDiscovery brings it back.",
      },
    ],
    trace: "Area 1 dashboard > the search bar > Mail Trace",
    support: { place: "support@area1security.com", message: supportMessage("RETRACT SETTINGS", "Settings > Email Configuration") },
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
        smartHosts: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
      },
      {
        id: "eu",
        title: "European Union",
        hint: "Reports are processed in Germany.",
        domain: "mailstream-eu-primary.journaling.mxrecord.io",
        smartHosts: ["mailstream-eu1.mxrecord.io"],
      },
    ],
    anyRegion: [],
    addresses: "Area 1 dashboard > Support > Service Addresses",
  }),
  dispositionHeader: fact("Dispositions and attributes", "X-Area1Security-Disposition"),
  useCases: fact("Office 365 use cases (1 to 5)", fiveCases("Area 1", "Area 1", ["SUSPICIOUS", "BULK"])),
  dashboard: fact("Admin quarantine; Text add-ons; Link actions", {
    quarantine: "Area 1 dashboard > Email > Admin Quarantine",
    tags: "Area 1 dashboard > Settings > Email Configuration > Email Policies > Text Add-Ons",
    links: "Area 1 dashboard > Settings > Email Configuration > Email Policies > Link Actions",
  }),
  regions: fact(MX, [
    {
      id: "us",
      title: "United States",
      hint: "All mail is processed in the US.",
      hosts: [
        { preference: 5, host: "mailstream-central.mxrecord.mx" },
        { preference: 10, host: "mailstream-east.mxrecord.io" },
        { preference: 10, host: "mailstream-west.mxrecord.io" },
      ],
    },
    {
      id: "eu",
      title: "European Union",
      hint: "Germany first, the US when Germany cannot be reached.",
      hosts: [
        { preference: 5, host: "mailstream-eu1.mxrecord.io" },
        { preference: 10, host: "mailstream-central.mxrecord.mx" },
        { preference: 20, host: "mailstream-east.mxrecord.io" },
        { preference: 20, host: "mailstream-west.mxrecord.io" },
      ],
    },
    {
      id: "eu1",
      title: "European Union, one host alone",
      hint: "The host itself falls back to the US: no host for the EU alone is documented.",
      hosts: alone("mailstream-eu1.mxrecord.io"),
    },
    {
      id: "in",
      title: "India only",
      hint: "No second host: mail waits at the sender while it is down.",
      hosts: alone("mailstream-bom.mxrecord.mx"),
    },
    {
      id: "in-us",
      title: "India, with the US behind it",
      hint: "Mail may be processed in the US.",
      hosts: alone("mailstream-india-primary.mxrecord.mx"),
    },
    { id: "asia", title: "Asia", hint: "For companies with a broader presence in Asia.", hosts: alone("mailstream-asia.mxrecord.mx") },
    {
      id: "au",
      title: "Australia only",
      hint: "No second host: mail waits at the sender while it is down.",
      hosts: alone("mailstream-syd.area1.cloudflare.net"),
    },
    {
      id: "au-backup",
      title: "Australia, with India and the US behind it",
      hint: "Mail may be processed in India or the US.",
      hosts: alone("mailstream-australia-primary.area1.cloudflare.net"),
    },
  ]),
  defaultRegion: "",
  mxSuffixes: fact(MX, ["mxrecord.io", "mxrecord.mx", "area1.cloudflare.net"]),
  lowTtl: fact(MX, 300),
  dnsSpreadMs: fact(MX, 3_600_000),
  lockDownWaitMs: fact("Office 365 with Area 1 as the MX record, last version", 24 * 3_600_000),
};
