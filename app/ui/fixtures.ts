/** What the gallery shows: one of everything, in every state. */
import { fail, pass, unknown, wait, warn } from "@/lib/model/check";
import type { MailPath } from "@/lib/model/mail-proof-path";
import type { Status, StatusCode } from "@/lib/model/status";
import type { ChangeView, EventView, Evidence, PeopleView, RunLine, TenantHead, TrackView, Visitor } from "@/lib/usecases/views";

export const NOW = Date.UTC(2026, 4, 3, 12, 4);
const MINUTE = 60_000;

export const visitor: Visitor = {
  tenant: "t",
  oid: "o",
  name: "Fabrikam admin",
  upn: "admin@fabrikam.example",
  isStaff: false,
  hasRole: true,
  hasMailRole: false,
};
export const head: TenantHead = {
  id: "t",
  name: "Fabrikam",
  access: "consent",
  isVisit: true,
  visitor: { ...visitor, name: "Support agent", isStaff: true },
};

const SAYS: Readonly<Record<StatusCode, string>> = {
  "cannot-start": "Cannot start yet: needs “Choose the domains”",
  "not-started": "Not started",
  "needs-you": "Needs you",
  "in-progress": "In progress",
  waiting: "Waiting",
  done: "Done",
  "done-on-word": "Done, on their word",
  changed: "Changed since 2026-05-01",
  problem: "There is a problem",
  skipped: "Skipped by Fabrikam admin",
  "not-needed": "Not needed",
};
const CODES = [
  "done",
  "done-on-word",
  "not-started",
  "in-progress",
  "needs-you",
  "waiting",
  "changed",
  "problem",
  "skipped",
  "not-needed",
  "cannot-start",
] as const satisfies readonly StatusCode[];
export const statuses: readonly Status[] = CODES.map((code) => ({
  code,
  say: SAYS[code],
  ...(code === "waiting" || code === "changed" ? { at: NOW + 36 * MINUTE } : {}),
}));

const TITLES = [
  "Connect your tenant",
  "Choose the domains",
  "Allow settings to be customised",
  "Lower the TTL of your MX records",
  "Let Cloudflare’s servers in",
  "Don’t mark SPF hard fails as spam",
  "Add the inbound connector",
  "Look past Cloudflare for the real sender",
  "Decide what happens to bad mail",
  "Tell Area 1 your domains",
  "Lock the back door",
];
export const track: TrackView = {
  id: "inline",
  title: "Prepare Microsoft 365 for the MX switch",
  done: 3,
  steps: statuses.map((status, i) => ({
    id: `s${i}`,
    track: "inline",
    title: TITLES[i] ?? "",
    hint: "What must be right before mail takes the new way",
    status,
    href: `#s${i}`,
  })),
};

export const checks = [
  fail("settled", "One setting is not as it should be.", "Look at the plan and agree to it, or make the change by hand."),
  unknown(
    "dns",
    {
      code: "unreachable",
      say: "ns2.host.example did not answer.",
      fix: "Look again; if it stays, ask your DNS host.",
      retryAt: NOW + 5 * MINUTE,
    },
    { about: "MX of shop.fabrikam.example" },
  ),
  wait("ttl", "The old TTL of 86,400 s was first seen lowered today at 09:00.", NOW + 21 * 60 * MINUTE, {
    about: "TTL of fabrikam.example",
  }),
  warn(
    "scl",
    "The rule “Newsletter bypass” sets SCL −1 for two senders.",
    "Read what it does to filtering; change it yourself if you agree.",
    { about: "Transport rules", step: "spf" },
  ),
  ...["a", "b", "c", "d", "e"].map((n) => pass(n, "60 s on all four authoritative servers.", { about: `TTL of ${n}.fabrikam.example` })),
];

export const evidence: Evidence = {
  title: "MX records as we read them",
  columns: ["Name", "Value", "Priority", "TTL", "Server"],
  rows: [
    ["fabrikam.example", "fabrikam-example.mail.protection.outlook.com", "0", "3600", "ns1.host.example"],
    ["fabrikam.example", "fabrikam-example.mail.protection.outlook.com", "0", "86400", "ns2.host.example"],
  ],
};

const base = {
  place: "Defender portal › Anti-spam policies",
  link: "https://security.microsoft.com/antispam",
  hands: "us",
  byHand: "Open the connection filter policy, choose Edit connection filter policy, and add the addresses.",
  cannotBeUndone: false,
} as const;
export const changes: readonly ChangeView[] = [
  {
    ...base,
    key: "allow",
    do: "set",
    noun: "Connection filter policy",
    name: "Default",
    rows: [
      {
        form: "list",
        label: "Allowed IP addresses",
        add: ["104.30.32.0/24", "104.30.33.0/24", "134.195.26.0/24", "158.51.64.0/26", "52.11.209.211", "52.89.255.11"],
        remove: ["203.0.113.9"],
        kept: 42,
        more: 0,
      },
    ],
    command: "Set-HostedConnectionFilterPolicy -Identity 'Default' -IPAllowList @{Add='104.30.32.0/24'}",
  },
  {
    ...base,
    key: "connector",
    do: "new",
    noun: "Inbound connector",
    name: "Area 1 Inbound Connector",
    place: "Exchange admin centre › Connectors",
    rows: [
      { form: "value", label: "Type", now: "", after: "Partner" },
      { form: "value", label: "TLS required", now: "", after: "Yes" },
      { form: "list", label: "Sender addresses", add: ["52.11.209.211", "52.89.255.11"], remove: [], kept: 0, more: 0 },
    ],
    command: "New-InboundConnector -Name 'Area 1 Inbound Connector'",
  },
  {
    ...base,
    key: "spf",
    do: "set",
    noun: "Anti-spam policy",
    name: "Default",
    hands: "person",
    rows: [
      { form: "value", label: "Mark SPF hard fails as spam", now: "On", after: "Off" },
      { form: "value", label: "Comment", now: "", after: "Area 1 judges SPF now" },
    ],
    command: "",
    cannotBeUndone: true,
  },
];

const STATES: readonly RunLine["state"][] = ["done", "found", "doing", "waiting", "asked", "problem", "unsure"];
export const lines: readonly RunLine[] = STATES.map((state, i) => ({
  key: state,
  title: `Change connection filter policy “Default”, part ${i + 1}`,
  state,
  at: state === "waiting" ? null : NOW - i * MINUTE,
  byHand: "In the Defender portal, open Anti-spam policies and choose Connection filter policy.",
  command: i === 0 ? (changes[0]?.command ?? "") : "",
}));

export const events: readonly EventView[] = [
  {
    id: "3",
    at: NOW - 14_000,
    who: "Support agent",
    isStaff: true,
    say: "agreed to 2 changes",
    step: "Let Cloudflare’s servers in",
    href: "#",
    detail: null,
  },
  {
    id: "2",
    at: NOW - 50 * MINUTE,
    who: "Fabrikam admin",
    isStaff: false,
    say: "skipped the step: another team owns this",
    step: "Lock the back door",
    href: "#",
    detail: null,
  },
  {
    id: "1",
    at: NOW - 3 * 24 * 60 * MINUTE,
    who: "Fabrikam admin",
    isStaff: false,
    say: "began the setup",
    step: null,
    href: null,
    detail: null,
  },
];

export const people: PeopleView["people"] = [
  { name: "Fabrikam admin", upn: "admin@fabrikam.example", why: "Global Administrator", at: NOW - 60 * MINUTE, isInvited: false },
  {
    name: "helpdesk@fabrikam.example",
    upn: "helpdesk@fabrikam.example",
    why: "invited by Fabrikam admin",
    at: NOW - 9 * 24 * 60 * MINUTE,
    isInvited: true,
  },
];

const stop = (
  name: string,
  note: string,
  state: MailPath["stops"][number]["state"],
  says: readonly string[] = [],
  at: number | null = null,
) => ({
  ...{ name, note, state, says, at, delayMs: at === null ? null : 2_000, isOurs: false },
});
const us = stop("Cutover", "cutover@support.example", "passed", [], NOW - MINUTE);
const gateway = (state: MailPath["stops"][number]["state"]) =>
  stop("Cloudflare Email Security", "mxa.global.inbound.cf-emailsecurity.net", state, ["It said: 250 2.0.0 Ok: queued"], NOW - MINUTE);
const microsoft = "fabrikam-example.mail.protection.outlook.com";
export const paths: readonly MailPath[] = [
  {
    ...{ leg: "mx", title: "By your mail records", end: "delivered", word: "Delivered", tone: "good" },
    stops: [
      ...[us, gateway("passed"), stop("Microsoft 365", microsoft, "passed", ["“Email Security Inbound Connector” took it."])],
      stop("The mailbox", "admin@fabrikam.example", "here", ["Folder Inbox"], NOW),
    ],
  },
  {
    ...{ leg: "direct", title: "Straight at Microsoft", end: "refused-rightly", word: "Refused, as it should be", tone: "good" },
    stops: [
      us,
      stop("Microsoft 365", microsoft, "refused", ["It said: 550 5.7.51 TenantInboundAttribution; Rejecting."]),
      stop("The mailbox", "admin@fabrikam.example", "ahead"),
    ],
  },
  {
    ...{ leg: "mx", title: "By your mail records", end: "on-its-way", word: "On its way", tone: "going" },
    stops: [us, gateway("here"), stop("Microsoft 365", microsoft, "ahead"), stop("The mailbox", "admin@fabrikam.example", "ahead")],
  },
  {
    ...{
      leg: "direct",
      title: "Straight at Microsoft",
      end: "delivered-wrongly",
      word: "Accepted, though it should be refused",
      tone: "bad",
    },
    stops: [us, stop("Microsoft 365", microsoft, "passed"), stop("The mailbox", "admin@fabrikam.example", "here", ["Folder Inbox"])],
  },
  {
    ...{ leg: "mx", title: "By your mail records", end: "unsure", word: "Not sure whether it was sent", tone: "look" },
    stops: [
      { ...us, state: "here" },
      { ...gateway("unknown"), says: [] },
      stop("Microsoft 365", microsoft, "unknown"),
      stop("The mailbox", "", "unknown"),
    ],
  },
];
